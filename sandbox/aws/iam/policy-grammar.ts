import type { Properties } from "../../model.ts";
import { isRecord, text } from "../../values.ts";
import { several } from "./statements.ts";

/** What a document and each of its statements may have: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html */
const elements: ReadonlySet<string> = new Set(["version", "id", "statement", "conditions"]);
const parts: ReadonlySet<string> = new Set([
  "sid",
  "effect",
  "principal",
  "notprincipal",
  "action",
  "notaction",
  "resource",
  "notresource",
  "condition",
]);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators =
  /^(?:(?:ForAnyValue|ForAllValues):)?(?:String(?:Not)?(?:Equals(?:IgnoreCase)?|Like)|(?:Numeric|Date)(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Not)?(?:Equals|Like)|Null)(?:IfExists)?$/i;

/** The condition operators of a statement that are none. */
export function unknownOperators({ Condition }: Properties): readonly string[] {
  if (!isRecord(Condition)) return [];
  return Object.entries(Condition)
    .filter(
      ([operator, tests]) => !operators.test(operator) && isRecord(tests) && Object.keys(tests).length > 0,
    )
    .map(([operator]) => operator);
}

/** Whether a statement says the same twice, once as what it is about and once as what it is not. */
function isTwofold(statement: Properties): boolean {
  return ["Action", "Resource", "Principal"].some(
    (part) => statement[part] !== undefined && statement[`Not${part}`] !== undefined,
  );
}

function isStatement(statement: Properties): boolean {
  return (
    Object.keys(statement).every((part) => parts.has(part.toLowerCase())) &&
    /^(?:allow|deny)$/i.test(text(statement.Effect) ?? "") &&
    !isTwofold(statement) &&
    unknownOperators(statement).length === 0
  );
}

/** Whether a document is one as far as its grammar goes, which looks at nothing that its elements name. */
export function isPolicy(document: Properties, statements: readonly Properties[]): boolean {
  return (
    Object.keys(document).every((element) => elements.has(element.toLowerCase())) &&
    statements.length > 0 &&
    statements.every(isStatement)
  );
}

/** Whether a list names something, or a word does. */
export function isGiven(...values: readonly unknown[]): boolean {
  return values.some((value) => several(value).length > 0);
}

/** What IAM says of an action that cannot be one; `undefined` where it can. */
export function complaintAboutAction(action: string): string | undefined {
  const [vendor = "", ...names] = action.split(":");
  if (action === "*") return undefined;
  if (names.length === 0) {
    return "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
  }
  if (names.length > 1) return "Actions/Condition can contain only one colon.";
  return /^[A-Za-z0-9.*?-]+$/.test(vendor) ? undefined : `Vendor ${vendor} is not valid`;
}

/** What may stand in IAM's own ARNs after the account, as its own error lists it. */
const ofIam = [
  "user/",
  "federated-user/",
  "role/",
  "group/",
  "instance-profile/",
  "mfa/",
  "server-certificate/",
  "policy/",
  "sms-mfa/",
  "saml-provider/",
  "oidc-provider/",
  "report/",
  "access-report/",
] as const;

/** What IAM has since: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html#awsidentityandaccessmanagementiam-resources-for-iam-policies */
const ofIamSince = ["assumed-role/", "delegation-request/", "role-template/"] as const;

function complaintAboutPath(path: string): string | undefined {
  if (path === "*" || [...ofIam, ...ofIamSince].some((start) => path.startsWith(start))) return undefined;
  return `IAM resource path must either be "*" or start with ${ofIam.join(", ")}.`;
}

function complaintAboutPartition([, partition = "", ...rest]: readonly string[]): string | undefined {
  if (/^aws(?:-[a-z]+)*$|[*?]/.test(partition)) return undefined;
  const [service, region, account] = [0, 1, 2].map((index) => rest[index] ?? "*");
  const path = rest.length > 3 ? rest.slice(3).join(":") : "*";
  return `Partition "${partition}" is not valid for resource "${["arn", partition, service, region, account, path].join(":")}".`;
}

/** Buckets and IAM's own things are of no region: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-resources-for-iam-policies */
function complaintAboutRegion(resource: string, [, , service, region = "", account]: readonly string[]) {
  if (region === "" || /[*?]/.test(region)) return undefined;
  if (service === "iam") return `IAM resource ${resource} cannot contain region information.`;
  if (service !== "s3" || account !== "") return undefined;
  return `Resource ${resource} can not contain region information.`;
}

/** What IAM says of a resource that cannot be one: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
export function complaintAboutResource(resource: string): string | undefined {
  if (resource === "*") return undefined;
  // A variable holds colons of its own.
  const named = resource.replaceAll(/\$\{[^}]*\}/g, "x").split(":");
  if (named[0] !== "arn" || named.length < 2) return `Resource ${resource} must be in ARN format or "*".`;
  return complaintAboutPartition(named) ?? complaintAboutRegion(resource, named) ?? complaintAboutRest(named);
}

function complaintAboutRest([, , service, , , ...path]: readonly string[]): string | undefined {
  if (service === undefined) return "Resource vendor must be fully qualified and cannot contain regexes.";
  return service === "iam" && path.length > 0 ? complaintAboutPath(path.join(":")) : undefined;
}

/** What IAM says of the ids of statements, of which only those that are given count. */
export function complaintAboutIds(statements: readonly Properties[]): string | undefined {
  const ids = statements.flatMap(({ Sid }) => text(Sid) ?? []).filter((id) => id !== "");
  return new Set(ids).size < ids.length
    ? "Statement IDs (SID) in a single policy must be unique."
    : undefined;
}
