import type { AccountView, Stored } from "../model.ts";
import { Refusal } from "../model.ts";
import { text } from "../values.ts";

export const compositeToken = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

/** Alarms that a rule such as `ALARM("a") OR NOT OK(b)` names: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
export function namesIn(rule: string): readonly string[] {
  const found = rule.matchAll(/\b(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]+)"|([^)\s]+))\s*\)/g);
  return [...found].map(([, quoted, bare]) => quoted ?? bare ?? "");
}

/** An alarm stays while another one's rule names it: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarms.html */
export function keepNamed({ id, state, scope }: Stored, _: readonly Stored[], account: AccountView): void {
  const names = [id, text(state.arn)];
  const isNamed = account
    .all(compositeToken, scope)
    .some(
      (other) =>
        other.id !== id && namesIn(text(other.state.alarmRule) ?? "").some((name) => names.includes(name)),
    );
  if (!isNamed) return;
  throw new Refusal(
    "ValidationError",
    `Cannot delete ${id} as there are composite alarm(s) depending on it.`,
  );
}
