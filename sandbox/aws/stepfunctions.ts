import type { sfn } from "@pulumi/aws";
import type { AccountView, Properties, Stored } from "../model.ts";
import { Refusal } from "../model.ts";
import { at, isRecord, list, text } from "../values.ts";
import type { AnyBehaviour, Context } from "./behaviour.ts";
import { ABSENT, behaviour } from "./behaviour.ts";
import { grants, roleOf, trusts } from "./iam/grants.ts";
import { toServiceRole } from "./iam/references.ts";
import { uuidOf } from "./uuid.ts";

const token = "aws:sfn/stateMachine:StateMachine";

/** What each kind of state must say of itself: https://states-language.net/spec.html#state-types */
const required: Readonly<Record<string, readonly string[]>> = {
  Choice: ["Choices"],
  Fail: [],
  Map: [],
  Parallel: ["Branches"],
  Pass: [],
  Succeed: [],
  Task: ["Resource"],
  Wait: [],
};

/** Kinds that neither go on nor end by a word of their own. */
const terminal: ReadonlySet<string> = new Set(["Choice", "Fail", "Succeed"]);

/** What is wrong with a definition, each as Step Functions points at it. */
export function mistakesIn(definition: string): readonly string[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(definition);
  } catch {
    return ["INVALID_JSON_DESCRIPTION: The definition is not valid JSON"];
  }
  return isRecord(parsed)
    ? mistakesOf(parsed)
    : ["INVALID_JSON_DESCRIPTION: The definition is not an object"];
}

/** Of the machine at a path: a definition, a branch, or what a map does with each item. */
function mistakesOf({ StartAt, States }: Properties, above = ""): readonly string[] {
  const place = above === "" ? "/" : above;
  if (!isRecord(States))
    return [`SCHEMA_VALIDATION_FAILED: Field 'States' is required but was missing at ${place}`];
  const names = Object.keys(States);
  const start = text(StartAt);
  return [
    ...(start === undefined
      ? [`SCHEMA_VALIDATION_FAILED: Field 'StartAt' is required but was missing at ${place}`]
      : []),
    ...(start === undefined || names.includes(start)
      ? []
      : [`MISSING_TRANSITION_TARGET: Missing 'Next' target: ${start} at ${above}/StartAt`]),
    ...Object.entries(States).flatMap(([name, state]) =>
      mistakesOfState(`${above}/States/${name}`, state, names),
    ),
  ];
}

function mistakesOfState(path: string, state: unknown, names: readonly string[]): readonly string[] {
  const fields = isRecord(state) ? state : {};
  const type = text(fields.Type) ?? "";
  const needed = required[type];
  if (needed === undefined)
    return [`SCHEMA_VALIDATION_FAILED: The state type '${type}' is unknown at ${path}/Type`];
  const missing = needed.filter((field) => fields[field] === undefined);
  return [
    ...missing.map(
      (field) => `SCHEMA_VALIDATION_FAILED: Field '${field}' is required but was missing at ${path}`,
    ),
    ...mistakesOfTransition(fields, path, names),
    ...mistakesOfTurns(fields, path, names),
    ...within(fields).flatMap(([part, machine]) => mistakesOf(machine, `${path}/${part}`)),
  ];
}

/** The machines inside a state, by where they are. */
function within({
  Branches,
  ItemProcessor,
  Iterator,
}: Properties): readonly (readonly [string, Properties])[] {
  const parts: readonly (readonly [string, unknown])[] = [
    ...list(Branches).map((branch, index) => [`Branches[${String(index)}]`, branch] as const),
    ["ItemProcessor", ItemProcessor],
    ["Iterator", Iterator],
  ];
  return parts.flatMap(([part, machine]) => (isRecord(machine) ? [[part, machine] as const] : []));
}

/** Where a choice or a caught error leads exists as well. */
function mistakesOfTurns(
  { Choices, Catch, Default }: Properties,
  path: string,
  names: readonly string[],
): readonly string[] {
  const turns: readonly (readonly [string, unknown])[] = [
    ...list(Choices).map((choice, index) => [`Choices[${String(index)}]/Next`, at(choice, "Next")] as const),
    ...list(Catch).map((caught, index) => [`Catch[${String(index)}]/Next`, at(caught, "Next")] as const),
    ["Default", Default],
  ];
  return turns.flatMap(([part, target]) => {
    const next = text(target);
    const known = next === undefined || names.includes(next);
    return known ? [] : [`MISSING_TRANSITION_TARGET: Missing 'Next' target: ${next} at ${path}/${part}`];
  });
}

/** Every state goes on to one that exists, or ends. */
function mistakesOfTransition(
  { Type, Next, End }: Properties,
  path: string,
  names: readonly string[],
): readonly string[] {
  const next = text(Next);
  if (next !== undefined) {
    const there = names.includes(next);
    return there ? [] : [`MISSING_TRANSITION_TARGET: Missing 'Next' target: ${next} at ${path}/Next`];
  }
  if (End === true || terminal.has(text(Type) ?? "")) return [];
  return [
    `SCHEMA_VALIDATION_FAILED: These fields are required, but one of them was missing: [Next, End] at ${path}`,
  ];
}

function refuse(
  {
    inputs,
    account,
    region,
  }: Pick<
    Context<{ name?: string | undefined; definition: string; roleArn: string }>,
    "inputs" | "account" | "region"
  >,
  before: Stored | undefined,
): void {
  const role = roleOf(account, inputs.roleArn);
  if (role === undefined || !trusts(role, "states.amazonaws.com")) {
    throw new Refusal(
      "AccessDeniedException",
      `Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.`,
    );
  }
  const mistakes = mistakesIn(inputs.definition);
  if (mistakes.length > 0)
    throw new Refusal("InvalidDefinition", `Invalid State Machine Definition: '${mistakes.join(", ")}'`);
  const arn = `arn:aws:states:${region}:${account.accountId}:stateMachine:${inputs.name ?? ""}`;
  if (before === undefined && account.find(token, arn, region) !== undefined)
    throw new Refusal("StateMachineAlreadyExists", `State Machine Already Exists: '${arn}'`);
}

interface Logged {
  readonly roleArn: string;
  readonly loggingConfiguration?:
    { readonly level?: string | undefined; readonly logDestination?: string | undefined } | undefined;
}

/** The machine's role sets up its log: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy */
function refuseLog({ roleArn, loggingConfiguration = {} }: Logged, account: AccountView): void {
  const { level = "OFF", logDestination } = loggingConfiguration;
  const role = roleOf(account, roleArn);
  if (level === "OFF" || logDestination === undefined || role === undefined) return;
  if (grants(account, role, "logs:CreateLogDelivery")) return;
  throw new Refusal(
    "AccessDeniedException",
    "The state machine IAM Role is not authorized to access the Log Destination",
  );
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
const stateMachine = behaviour<sfn.StateMachineArgs, sfn.StateMachineState>(token, {
  autoname: { property: "name", max: 80 },
  references: {
    roleArn: toServiceRole(
      "AccessDeniedException",
      "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.",
    ),
  },
  id: ({ inputs, name, accountId, region }) =>
    `arn:aws:states:${region}:${accountId}:stateMachine:${inputs.name ?? name}`,
  outputs: ({ id, inputs, created, hex, before }) => ({
    arn: id,
    creationDate: created,
    description: ABSENT,
    revisionId: before === undefined ? "" : uuidOf(hex(32, "revision")),
    stateMachineVersionArn: inputs.publish === true ? `${id}:1` : "",
    status: "ACTIVE",
    versionDescription: ABSENT,
  }),
  refuses: ({ inputs, account, region }, before) => {
    refuse({ inputs, account, region }, before);
    refuseLog(inputs, account);
  },
  seconds: { create: 3, update: 3, delete: 60 },
});

/** Steps that follow each other, and what decides between them. */
export const stateMachines: readonly AnyBehaviour[] = [stateMachine];
