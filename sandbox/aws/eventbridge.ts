import type { cloudwatch } from "@pulumi/aws";
import type { AccountView } from "../model.ts";
import { Refusal } from "../model.ts";
import { text } from "../values.ts";
import type { AnyBehaviour, Context, Plain } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { complaintAboutPattern } from "./event-patterns.ts";
import { refuseFirst } from "./refuse-first.ts";
import type { Rule } from "./refuse-first.ts";
import { isClock, isRate } from "./schedules.ts";

const busToken = "aws:cloudwatch/eventBus:EventBus";
const ruleToken = "aws:cloudwatch/eventRule:EventRule";
const targetToken = "aws:cloudwatch/eventTarget:EventTarget";

/** Targets of one rule: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const targetQuota = 5;

/** The name of a bus, which a rule may tell by its ARN as well. */
function busOf(eventBusName: unknown): string {
  return (text(eventBusName) ?? "default").replace(/^arn:.*:event-bus\//, "");
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html. A second rule of a name replaces the first. */
const eventRule = behaviour<cloudwatch.EventRuleArgs, cloudwatch.EventRuleState>(ruleToken, {
  autoname: { property: "name", max: 64 },
  references: {
    eventBusName: {
      to: busToken,
      missing: { code: "ResourceNotFoundException", message: "Event bus {value} does not exist." },
      holds: false,
      foreign: /^(?:arn:.*:event-bus\/)?(?:default|aws\.partner\/.*)$/,
      anyAccount: true,
    },
  },
  id: ({ inputs, hex }) => {
    const name = inputs.name ?? `${inputs.namePrefix ?? ""}${hex(26, "name")}`;
    return inputs.eventBusName === "default" ? name : `${inputs.eventBusName ?? ""}/${name}`;
  },
  outputs: ({ id, inputs, accountId, region }) => {
    const bus = busOf(inputs.eventBusName);
    const name = id.slice(id.lastIndexOf("/") + 1);
    const path = bus === "default" ? name : `${bus}/${name}`;
    return { arn: `arn:aws:events:${region}:${accountId}:rule/${path}`, name };
  },
  refuses: ({ inputs }) => {
    const { scheduleExpression, eventPattern } = inputs;
    if (scheduleExpression !== undefined && !isRate(scheduleExpression) && !isClock(scheduleExpression)) {
      throw new Refusal("ValidationException", "Parameter ScheduleExpression is not valid.");
    }
    if (scheduleExpression !== undefined && busOf(inputs.eventBusName) !== "default") {
      throw new Refusal(
        "ValidationException",
        "ScheduleExpression is supported only on the default event bus.",
      );
    }
    const complaint =
      eventPattern === undefined ? undefined : complaintAboutPattern(JSON.parse(eventPattern));
    if (complaint !== undefined) {
      throw new Refusal("InvalidEventPatternException", `Event pattern is not valid. Reason: ${complaint}`);
    }
  },
  keeps: ({ state }, holders) => {
    if (holders.length === 0 || state.forceDestroy === true) return;
    throw new Refusal("ValidationException", "Rule can't be deleted since it has targets.");
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

function othersOf(account: AccountView, rule: unknown, own: string | undefined) {
  return account.all(targetToken).filter(({ id, state }) => id !== own && state.rule === rule);
}

/** Rules are given by name: by then the SDK has put it in the place of a rule. */
function targetId({
  inputs,
  hex,
}: Pick<Context<{ targetId?: string | undefined }>, "inputs" | "hex">): string {
  return inputs.targetId ?? `terraform-${hex(26)}`;
}

/** What EventBridge calls as a role only: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-identity-based.html */
const calledAsRole: ReadonlySet<string> = new Set([
  "batch",
  "codebuild",
  "codepipeline",
  "ecs",
  "events",
  "firehose",
  "glue",
  "kinesis",
  "redshift",
  "sagemaker",
  "ssm",
  "states",
]);

/** The first placeholder of a template that no path fills, nor EventBridge itself: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html */
function unfilled({ inputTransformer }: Plain<cloudwatch.EventTargetArgs>): string | undefined {
  const { inputPaths = {}, inputTemplate = "" } = inputTransformer ?? {};
  const named = [...inputTemplate.matchAll(/<([A-Za-z0-9_.-]+)>/g)].map(([, name = ""]) => name);
  return named.find((name) => !(name in inputPaths) && !name.startsWith("aws.events."));
}

type Targeted = Context<Plain<cloudwatch.EventTargetArgs>>;

/** A bus of another account may let this one in itself: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_Target.html */
function isBusOfAnother({ inputs, accountId }: Targeted): boolean {
  return inputs.arn.includes(":event-bus/") && inputs.arn.split(":")[4] !== accountId;
}

const targetRules: readonly Rule<Targeted>[] = [
  {
    when: (context) =>
      calledAsRole.has(context.inputs.arn.split(":")[2] ?? "") &&
      context.inputs.roleArn === undefined &&
      !isBusOfAnother(context),
    code: "ValidationException",
    says: ({ inputs }) => `RoleArn is required for target ${inputs.arn}.`,
  },
  {
    when: ({ inputs }) => /^arn:aws:sqs:.*\.fifo$/.test(inputs.arn) && inputs.sqsTarget === undefined,
    code: "ValidationException",
    says: (context) => `Parameter(s) SqsParameters must be specified for target: ${targetId(context)}.`,
  },
  {
    when: ({ inputs }) => unfilled(inputs) !== undefined,
    code: "ValidationException",
    says: (context) =>
      `InputTemplate for target ${targetId(context)} contains invalid placeholder ${unfilled(context.inputs) ?? ""}.`,
  },
];

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutTargets.html */
const eventTarget = behaviour<cloudwatch.EventTargetArgs, cloudwatch.EventTargetState>(targetToken, {
  references: {
    rule: {
      to: ruleToken,
      missing: {
        code: "ResourceNotFoundException",
        message: "Rule {value} does not exist on EventBus default.",
      },
    },
  },
  id: (context) => `${text(context.inputs.rule) ?? ""}-${targetId(context)}`,
  outputs: (context) => ({ targetId: targetId(context) }),
  keys: () => [],
  refuses: (context, before) => {
    const { inputs, account } = context;
    refuseFirst(targetRules, context);
    if (othersOf(account, inputs.rule, before?.id).length < targetQuota) return;
    throw new Refusal("LimitExceededException", "The requested resource exceeds the maximum number allowed.");
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html */
const eventBus = behaviour<cloudwatch.EventBusArgs, cloudwatch.EventBusState>(busToken, {
  autoname: { property: "name", max: 256 },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, accountId, region }) => ({ arn: `arn:aws:events:${region}:${accountId}:event-bus/${id}` }),
  refuses: ({ inputs, account, region }, before) => {
    if (inputs.name === "default") throw new Refusal("ValidationException", "cannot be 'default'");
    if (before !== undefined || account.find(busToken, inputs.name ?? "", region) === undefined) return;
    throw new Refusal("ResourceAlreadyExistsException", `Event bus ${inputs.name ?? ""} already exists.`);
  },
  keeps: ({ id }, _, account) => {
    if (!account.all(ruleToken).some(({ state }) => busOf(state.eventBusName) === id)) return;
    throw new Refusal("ValidationException", `Event bus ${id} can't be deleted since it has rules.`);
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** What happens, and who is told. */
export const events: readonly AnyBehaviour[] = [eventBus, eventRule, eventTarget];
