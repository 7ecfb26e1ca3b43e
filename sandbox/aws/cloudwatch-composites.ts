import type { cloudwatch } from "@pulumi/aws";
import type { AnyBehaviour, Plain } from "./behaviour.ts";
import { refined } from "./specification/refined.ts";
import type { Request } from "./specification/refined.ts";
import { compositeToken, keepNamed, namesIn } from "./cloudwatch-rules.ts";

const alarmTokens = ["aws:cloudwatch/metricAlarm:MetricAlarm", compositeToken];

/** Alarms that a rule names and that are not there, as names or ARNs. */
function unknownIn({
  inputs,
  account,
  region,
}: Request<Plain<cloudwatch.CompositeAlarmArgs>>): readonly string[] {
  return namesIn(inputs.alarmRule).filter((name) =>
    alarmTokens.every((token) => account.find(token, name, region) === undefined),
  );
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
const composite = refined<cloudwatch.CompositeAlarmArgs, cloudwatch.CompositeAlarmState>(compositeToken, {
  id: ({ inputs }) => inputs.alarmName,
  outputs: ({ id, accountId, region }) => ({
    arn: `arn:aws:cloudwatch:${region}:${accountId}:alarm:${id}`,
  }),
  rules: [
    {
      when: ({ inputs }) =>
        namesIn(inputs.alarmRule).length === 0 && !/\b(?:TRUE|FALSE)\b/.test(inputs.alarmRule),
      code: "ValidationError",
      says: "AlarmRule must contain at least one state function",
    },
    {
      when: (asked) => unknownIn(asked).length > 0,
      code: "ValidationError",
      says: (asked) =>
        `Could not save the composite alarm as alarms [${unknownIn(asked).join(", ")}] in the alarm rule do not exist`,
    },
  ],
  keeps: keepNamed,
  seconds: { create: 2, update: 2, delete: 2 },
});

/** Alarms on other alarms. */
export const compositeAlarms: readonly AnyBehaviour[] = [composite];
