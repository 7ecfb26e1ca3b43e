import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { attempt } from "../../kernel/read.ts";

interface Alarm {
  readonly alarmActions?: readonly unknown[] | undefined;
  readonly actionsEnabled?: boolean | undefined;
}

/** Whom it tells may not be known yet; that it tells somebody is. */
function notifies(alarm: Alarm): Findings {
  return (
    attempt(() => alarm.alarmActions?.length ?? 0) === 0 &&
    "alarmActions is empty, so nobody is told: name a topic."
  );
}

function isAwake({ actionsEnabled }: Alarm): Findings {
  return actionsEnabled === false && "actionsEnabled is false, so nobody is told: leave it unset.";
}

export const alarmHasAction = define({
  name: "alarm-has-action",
  description: "Alarms tell somebody.",
  severity: "low",
  controls: { ckv: ["CKV_AWS_319"] },
  remediation: "Give the alarm the topic of the Observability component.",
  checks: {
    "aws:cloudwatch/metricAlarm:MetricAlarm": [notifies, isAwake],
    "aws:cloudwatch/compositeAlarm:CompositeAlarm": [notifies, isAwake],
  },
});
