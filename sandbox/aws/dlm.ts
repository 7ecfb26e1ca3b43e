import type { dlm } from "@pulumi/aws";
import type { AnyBehaviour } from "./behaviour.ts";
import { toServiceRole } from "./iam/references.ts";
import { at, list } from "../values.ts";
import { refined } from "./specification/refined.ts";

const code = "InvalidRequestException";

/** Snapshots by schedule, and for how long: https://docs.aws.amazon.com/dlm/latest/APIReference/API_CreateLifecyclePolicy.html */
const lifecyclePolicy = refined<dlm.LifecyclePolicyArgs, dlm.LifecyclePolicyState>(
  "aws:dlm/lifecyclePolicy:LifecyclePolicy",
  {
    references: { executionRoleArn: toServiceRole(code, "Invalid role ARN: {value}") },
    rules: [
      {
        when: ({ inputs }) =>
          list(at(inputs, "policyDetails.schedules")).some(
            (schedule) =>
              at(schedule, "retainRule.count") !== undefined &&
              at(schedule, "retainRule.interval") !== undefined,
          ),
        code,
        says: "A retention rule is by count or by interval, not by both",
      },
    ],
    seconds: { create: 2, update: 2, delete: 2 },
  },
);

/** Snapshots by schedule. */
export const snapshotLifecycles: readonly AnyBehaviour[] = [lifecyclePolicy];
