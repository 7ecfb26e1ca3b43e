import type { scheduler } from "@pulumi/aws";
import type { AnyBehaviour, Context, Plain } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { roleOf, trusts } from "./iam/grants.ts";
import { toServiceRole } from "./iam/references.ts";
import { refuseFirst } from "./refuse-first.ts";
import type { Rule } from "./refuse-first.ts";
import { isClock } from "./schedules.ts";

const scheduleToken = "aws:scheduler/schedule:Schedule";
const untrusting = "The execution role you provide must allow AWS EventBridge Scheduler to assume the role.";

/** Once, at a rate, or by the clock: https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html */
function isTimetable(expression: string): boolean {
  return (
    /^at\(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\)$/.test(expression) ||
    /^rate\([1-9]\d* (?:minutes?|hours?|days?)\)$/.test(expression) ||
    isClock(expression)
  );
}

type Inputs = Plain<scheduler.ScheduleArgs>;

interface Asked extends Pick<Context<Inputs>, "inputs" | "account" | "region"> {
  readonly isNew: boolean;
}

function idOf({ groupName, name }: Inputs): string {
  return `${groupName ?? "default"}/${name ?? ""}`;
}

/** Codes: https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html#API_CreateSchedule_Errors */
const rules: readonly Rule<Asked>[] = [
  {
    when: ({ inputs, account, region, isNew }) =>
      isNew && account.find(scheduleToken, idOf(inputs), region) !== undefined,
    code: "ConflictException",
    says: ({ inputs }) => `Schedule ${inputs.name ?? ""} already exists.`,
  },
  {
    when: ({ inputs }) => !isTimetable(inputs.scheduleExpression),
    code: "ValidationException",
    says: ({ inputs }) => `Invalid Schedule Expression ${inputs.scheduleExpression}.`,
  },
  {
    when: ({ inputs, account }) => {
      const role = roleOf(account, inputs.target.roleArn);
      return role !== undefined && !trusts(role, "scheduler.amazonaws.com");
    },
    code: "ValidationException",
    says: untrusting,
  },
];

/** https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html */
const schedule = behaviour<scheduler.ScheduleArgs, scheduler.ScheduleState>(scheduleToken, {
  autoname: { property: "name", max: 64 },
  references: {
    groupName: {
      to: "aws:scheduler/scheduleGroup:ScheduleGroup",
      missing: { code: "ResourceNotFoundException", message: "Schedule group {value} does not exist." },
      foreign: /^default$/,
    },
    "target.roleArn": toServiceRole("ValidationException", untrusting),
  },
  id: ({ inputs, name }) => idOf({ ...inputs, name: inputs.name ?? name }),
  outputs: ({ id, accountId, region }) => ({
    arn: `arn:aws:scheduler:${region}:${accountId}:schedule/${id}`,
    groupName: "default",
  }),
  refuses: ({ inputs, account, region }, before) => {
    refuseFirst(rules, { inputs, account, region, isNew: before === undefined });
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** What is done at a time. */
export const schedules: readonly AnyBehaviour[] = [schedule];
