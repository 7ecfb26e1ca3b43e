import type { fis } from "@pulumi/aws";
import { at, list, text } from "../values.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { toServiceRole } from "./iam/references.ts";
import { refined } from "./specification/refined.ts";

const code = "ValidationException";

/** The first action that names a target which the template does not have. */
function unknownTarget(actions: unknown, targets: unknown): string | undefined {
  const known = list(targets).map((target) => at(target, "name"));
  return list(actions)
    .flatMap((action) => text(at(action, "target.value")) ?? [])
    .find((name) => !known.includes(name));
}

/** What is broken on purpose: https://docs.aws.amazon.com/fis/latest/APIReference/API_CreateExperimentTemplate.html */
const experimentTemplate = refined<fis.ExperimentTemplateArgs, fis.ExperimentTemplateState>(
  "aws:fis/experimentTemplate:ExperimentTemplate",
  {
    references: {
      roleArn: toServiceRole(code, "The role {value} does not exist."),
      "stopConditions[].value": {
        to: ["aws:cloudwatch/metricAlarm:MetricAlarm", "aws:cloudwatch/compositeAlarm:CompositeAlarm"],
        missing: { code, message: "The alarm {value} does not exist." },
        anyRegion: true,
        holds: false,
      },
    },
    id: ({ hex }) => `EXT${hex(15)}`,
    rules: [
      {
        when: ({ inputs }) => unknownTarget(inputs.actions, inputs.targets) !== undefined,
        code,
        says: ({ inputs }) => `Target ${unknownTarget(inputs.actions, inputs.targets) ?? ""} is not defined`,
      },
      {
        when: ({ inputs }) =>
          list(inputs.stopConditions).some(
            (condition) => at(condition, "source") !== "none" && at(condition, "value") === undefined,
          ),
        code,
        says: "A stop condition of source aws:cloudwatch:alarm needs the ARN of an alarm",
      },
    ],
    seconds: { create: 2, update: 2, delete: 2 },
  },
);

/** What is broken on purpose. */
export const experiments: readonly AnyBehaviour[] = [experimentTemplate];
