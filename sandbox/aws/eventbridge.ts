import type { cloudwatch, scheduler } from "@pulumi/aws";
import type { AccountView } from "../model.ts";
import { Refusal } from "../model.ts";
import { text } from "../values.ts";
import type { AnyBehaviour, Context } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { roleOf, trusts } from "./iam/grants.ts";
import { toServiceRole } from "./iam/references.ts";

const busToken = "aws:cloudwatch/eventBus:EventBus";
const ruleToken = "aws:cloudwatch/eventRule:EventRule";
const targetToken = "aws:cloudwatch/eventTarget:EventTarget";

/** Targets of one rule: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const targetQuota = 5;

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html: one of a unit has no plural. */
function isSchedule(expression: string): boolean {
  return (
    /^rate\(1 (?:minute|hour|day)\)$/.test(expression) ||
    /^rate\((?:[2-9]|[1-9]\d+) (?:minutes|hours|days)\)$/.test(expression) ||
    /^cron\((?:\S+ ){5}\S+\)$/.test(expression)
  );
}

/** Patterns are objects, and whatever they match stands in a list: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns.html */
function isPattern(pattern: string): boolean {
  const parsed: unknown = JSON.parse(pattern);
  return isNode(parsed) && Object.keys(parsed).length > 0;
}

function isNode(value: unknown): value is object {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(
    ([key, inner]) => key === "$or" || Array.isArray(inner) || isNode(inner),
  );
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html. A second rule of a name replaces the first. */
const eventRule = behaviour<cloudwatch.EventRuleArgs, cloudwatch.EventRuleState>(ruleToken, {
  autoname: { property: "name", max: 64 },
  references: {
    eventBusName: {
      to: busToken,
      missing: { code: "ResourceNotFoundException", message: "Event bus {value} does not exist." },
      holds: false,
      foreign: /^(?:default|aws\.partner\/.*)$/,
    },
  },
  id: ({ inputs, hex }) => {
    const name = inputs.name ?? `${inputs.namePrefix ?? ""}${hex(26, "name")}`;
    return inputs.eventBusName === "default" ? name : `${inputs.eventBusName ?? ""}/${name}`;
  },
  outputs: ({ id, accountId, region }) => ({
    arn: `arn:aws:events:${region}:${accountId}:rule/${id}`,
    name: id.slice(id.lastIndexOf("/") + 1),
  }),
  refuses: ({ inputs }) => {
    const { scheduleExpression, eventPattern } = inputs;
    if (scheduleExpression !== undefined && !isSchedule(scheduleExpression)) {
      throw new Refusal("ValidationException", "Parameter ScheduleExpression is not valid.");
    }
    if (scheduleExpression !== undefined && inputs.eventBusName !== "default") {
      throw new Refusal(
        "ValidationException",
        "ScheduleExpression is supported only on the default event bus.",
      );
    }
    if (eventPattern !== undefined && !isPattern(eventPattern)) {
      throw new Refusal(
        "InvalidEventPatternException",
        "Event pattern is not valid. Reason: Event pattern must contain a JSON object of lists",
      );
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
  refuses: ({ inputs, account }, before) => {
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
    if (!account.all(ruleToken).some(({ state }) => state.eventBusName === id)) return;
    throw new Refusal("ValidationException", `Event bus ${id} can't be deleted since it has rules.`);
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** Once, at a rate, or by the clock: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
function isTimetable(expression: string): boolean {
  return (
    /^at\(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\)$/.test(expression) ||
    /^rate\([1-9]\d* (?:minutes?|hours?|days?)\)$/.test(expression) ||
    /^cron\((?:\S+ ){5}\S+\)$/.test(expression)
  );
}

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
const schedule = behaviour<scheduler.ScheduleArgs, scheduler.ScheduleState>(
  "aws:scheduler/schedule:Schedule",
  {
    autoname: { property: "name", max: 64 },
    references: {
      groupName: {
        to: "aws:scheduler/scheduleGroup:ScheduleGroup",
        missing: { code: "ResourceNotFoundException", message: "Schedule group {value} does not exist." },
        foreign: /^default$/,
      },
      "target.roleArn": toServiceRole(
        "ValidationException",
        "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
      ),
    },
    id: ({ inputs, name }) => `${inputs.groupName ?? "default"}/${inputs.name ?? name}`,
    outputs: ({ id, accountId, region }) => ({
      arn: `arn:aws:scheduler:${region}:${accountId}:schedule/${id}`,
      groupName: "default",
    }),
    refuses: ({ inputs, account }) => {
      if (!isTimetable(inputs.scheduleExpression)) {
        throw new Refusal("ValidationException", `Invalid Schedule Expression ${inputs.scheduleExpression}.`);
      }
      const role = roleOf(account, inputs.target.roleArn);
      if (role === undefined || trusts(role, "scheduler.amazonaws.com")) return;
      throw new Refusal(
        "ValidationException",
        "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.",
      );
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** What happens, and who is told. */
export const events: readonly AnyBehaviour[] = [eventBus, eventRule, eventTarget, schedule];
