import type { cloudformation } from "@pulumi/aws";
import { parse } from "yaml";
import type { ScalarTag } from "yaml";
import type { Properties } from "../model.ts";
import { isRecord, list, text } from "../values.ts";
import type { AnyBehaviour, Existing, Made, Plain } from "./behaviour.ts";
import { refined, taken } from "./specification/refined.ts";
import { uuidOf } from "./uuid.ts";

const token = "aws:cloudformation/stack:Stack";

type Inputs = Plain<cloudformation.StackArgs>;
type Stack = Existing<Inputs>;

/** Short forms of functions, such as `!Ref`: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html */
const functions = ["Base64", "FindInMap", "GetAtt", "ImportValue", "Join", "Select", "Split", "Sub"];

const tags: ScalarTag[] = [
  { tag: "!Ref", resolve: (name) => ({ Ref: name }) },
  ...functions.map((name) => ({ tag: `!${name}`, resolve: (value: string) => ({ [`Fn::${name}`]: value }) })),
];

function record(value: unknown): Properties {
  return isRecord(value) ? value : {};
}

/** Empty for one that cannot be read, and for one that lies in a bucket. */
function templateOf({ templateBody }: Inputs): Properties {
  try {
    return record(parse(templateBody ?? "", { customTags: tags, logLevel: "silent" }));
  } catch {
    return {};
  }
}

function resourcesOf(inputs: Inputs): readonly (readonly [name: string, resource: Properties])[] {
  return Object.entries(record(templateOf(inputs).Resources)).map(([name, one]) => [name, record(one)]);
}

/** Names that CloudFormation makes: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html */
function physicalName({ inputs, name, hex }: Stack, logical: string): string {
  return `${inputs.name ?? name}-${logical}-${hex(12, logical).toUpperCase()}`;
}

/** What a value of the template is, as far as it is plain or refers to a parameter or a resource; `undefined` for the rest. */
function resolved(stack: Stack, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => resolved(stack, one));
  if (!isRecord(value)) return value;
  const name = text(value.Ref);
  if (name === undefined) return undefined;
  const { accountId, region, inputs } = stack;
  const parameter = record(record(templateOf(inputs).Parameters)[name]);
  const known: Properties = {
    "AWS::AccountId": accountId,
    "AWS::Region": region,
    "AWS::StackName": inputs.name ?? stack.name,
    ...Object.fromEntries(resourcesOf(inputs).map(([one]) => [one, physicalName(stack, one)])),
  };
  return known[name] ?? inputs.parameters?.[name] ?? parameter.Default;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-autoscaling-autoscalinggroup.html */
function groupIn(stack: Stack, logical: string, { Properties: given }: Properties): Made {
  const said = Object.fromEntries(
    Object.entries(record(given)).map(([key, value]) => [key, resolved(stack, value)]),
  );
  const name = text(said.AutoScalingGroupName) ?? physicalName(stack, logical);
  const minSize = Number(said.MinSize);
  const { accountId, region, hex } = stack;
  const arn = `arn:aws:autoscaling:${region}:${accountId}:autoScalingGroup:${uuidOf(hex(32, logical))}:autoScalingGroupName/${name}`;
  return {
    token: "aws:autoscaling/group:Group",
    id: name,
    keys: [arn],
    state: {
      arn,
      name,
      minSize,
      maxSize: Number(said.MaxSize),
      desiredCapacity: Number(said.DesiredCapacity ?? minSize),
      launchConfiguration: said.LaunchConfigurationName,
      vpcZoneIdentifiers: said.VPCZoneIdentifier,
      tags: list(record(given).Tags)
        .filter(isRecord)
        .map(({ Key, Value, PropagateAtLaunch }) => ({
          key: Key,
          value: resolved(stack, Value),
          propagateAtLaunch: String(PropagateAtLaunch) === "true",
        })),
    },
  };
}

function outputsOf(stack: Stack): Readonly<Record<string, string>> {
  const outputs = Object.entries(record(templateOf(stack.inputs).Outputs)).map(
    ([name, output]) => [name, resolved(stack, record(output).Value)] as const,
  );
  return Object.fromEntries(
    outputs.flatMap(([name, value]) =>
      value === undefined ? [] : [[name, text(value) ?? JSON.stringify(value)]],
    ),
  );
}

/**
 * Of a template's resources only Auto Scaling groups come to be, as node groups of EKS have them; of its outputs those are known that are
 * plain or refer to a parameter or a resource.
 */
const stack = refined<cloudformation.StackArgs, cloudformation.StackState>(token, {
  autoname: { property: "name", max: 128 },
  id: ({ accountId, region, inputs, name, hex }) =>
    `arn:aws:cloudformation:${region}:${accountId}:stack/${inputs.name ?? name}/${uuidOf(hex(32, "id"))}`,
  outputs: (context) => ({ outputs: outputsOf(context) }),
  keys: (state) => [state.name],
  rules: [
    taken<Inputs>(token, ({ name }) => name, {
      code: "AlreadyExistsException",
      says: ({ inputs }) => `Stack [${inputs.name ?? ""}] already exists`,
    }),
    {
      when: ({ inputs }) => inputs.templateBody !== undefined && resourcesOf(inputs).length === 0,
      code: "ValidationError",
      says: "Template format error: At least one Resources member must be defined.",
    },
  ],
  makes: (context) =>
    resourcesOf(context.inputs)
      .filter(([, { Type }]) => Type === "AWS::AutoScaling::AutoScalingGroup")
      .map(([logical, resource]) => groupIn(context, logical, resource)),
  seconds: { create: 150, update: 180, delete: 120 },
});

/** Stacks of CloudFormation. */
export const stacks: readonly AnyBehaviour[] = [stack];
