import type { Operation } from "../../account.ts";
import { actionOf } from "./actions.ts";
import { exceptions } from "./actions-exceptions.ts";

/** Parts of `@pulumi/aws` whose name is not the prefix of their IAM actions: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html */
const prefixes: Readonly<Record<string, string>> = {
  accessanalyzer: "access-analyzer",
  amp: "aps",
  apigatewayv2: "apigateway",
  appautoscaling: "application-autoscaling",
  cfg: "config",
  cognito: "cognito-idp",
  costexplorer: "ce",
  docdb: "rds",
  ebs: "ec2",
  ec2clientvpn: "ec2",
  ec2transitgateway: "ec2",
  efs: "elasticfilesystem",
  lb: "elasticloadbalancing",
  msk: "kafka",
  opensearch: "es",
  resourcegroups: "resource-groups",
  s3control: "s3",
  sesv2: "ses",
  sfn: "states",
  vpc: "ec2",
};

/** Types of `aws:cloudwatch` and `aws:kinesis` that belong to other services, by how their names begin. */
const elsewhere: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  cloudwatch: [
    [/^event/, "events"],
    [/^(?:log|query)/, "logs"],
  ],
  kinesis: [[/^firehose/, "firehose"]],
};

/** The prefix of the IAM actions for a type: `logs` for `aws:cloudwatch/logGroup:LogGroup`. */
export function prefixOf(token: string): string {
  const [, module = "", name = ""] = /^\w+:(\w+)\/(\w+):/.exec(token) ?? [];
  return elsewhere[module]?.find(([start]) => start.test(name))?.[1] ?? prefixes[module] ?? module;
}

type Verbs = Readonly<Record<Operation["kind"], readonly string[]>>;

const made = ["Create", "Put", "Add", "Register", "Enable", "Allocate", "Import"];

/** How actions begin, the likeliest first. */
const verbs: Verbs = {
  create: made,
  update: ["Modify", "Update", "Put", "Set"],
  delete: ["Delete", "Remove", "Deregister", "Disable", "Release"],
};

/** How actions on what joins two things begin, which the type's name ends with. */
const joining: Readonly<Record<string, Verbs>> = {
  Association: { create: ["Associate"], update: ["Associate", "Replace"], delete: ["Disassociate"] },
  Attachment: { create: ["Attach"], update: ["Attach"], delete: ["Detach"] },
};

/** Names under which a service may know a type. */
function namesOf(type: string): readonly string[] {
  const plain = type.replace(/^(?:Log|Event|WebAcl)(?=[A-Z])/, "");
  return [type, plain, `DB${type}`, `Cache${type}`, `${type}s`, `${plain}s`, `Bucket${type}`];
}

function firstOf(prefix: string, kinds: readonly string[], names: readonly string[]): string | undefined {
  const candidates = kinds.flatMap((verb) => names.map((name) => `${verb}${name}`));
  return candidates.map((candidate) => actionOf(prefix, candidate)?.name).find((name) => name !== undefined);
}

function derived(prefix: string, type: string, kind: Operation["kind"]): string | undefined {
  const own = firstOf(prefix, verbs[kind], namesOf(type));
  if (own !== undefined) return own;
  const [, stem = "", joint = ""] = /^(.*)(Association|Attachment)$/.exec(type) ?? [];
  const joined = joining[joint];
  return joined === undefined ? undefined : firstOf(prefix, joined[kind], namesOf(stem));
}

/** Actions that tag what a service makes, the likeliest first. */
export function taggingOf(prefix: string, type: string): string | undefined {
  const names = [
    `Tag${type}`,
    `Put${type}Tagging`,
    "CreateTags",
    "AddTagsToResource",
    "AddTags",
    "TagResource",
  ];
  const found = names.map((name) => actionOf(prefix, name)?.name).find((name) => name !== undefined);
  return found === undefined ? undefined : `${prefix}:${found}`;
}

/**
 * The actions of the calls by which the provider makes, changes or deletes a resource of this type, without what it only reads.
 * @returns `undefined` where neither the type's name nor an entry leads to one.
 */
export function actionsOf(token: string, kind: Operation["kind"]): readonly string[] | undefined {
  const listed = exceptions[token]?.[kind];
  if (listed !== undefined) return listed;
  const [prefix, type] = [prefixOf(token), token.split(":").at(-1) ?? ""];
  const found = derived(prefix, type, kind);
  if (found !== undefined) return [`${prefix}:${found}`];
  // What has no call to change it is changed in its tags only.
  const tagging = kind === "update" ? taggingOf(prefix, type) : undefined;
  return tagging === undefined ? undefined : [tagging];
}
