import type { AccountView, Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isRecord, text } from "../../values.ts";
import { listedOn, unknownActions } from "./actions.ts";
import { several, statementsOf } from "./statements.ts";

export { several, statementsOf } from "./statements.ts";

/** A document that IAM evaluates for who asks, or one that a resource or role carries and that names who may. */
export type DocumentKind = "identity" | "trust" | "resource";

/** What the services call a document they do not take. */
export interface Wording {
  /** @default "MalformedPolicyDocument" */
  readonly code?: string;
}

function malformed({ code = "MalformedPolicyDocument" }: Wording, message: string): Refusal {
  return new Refusal(code, message);
}

function parse(document: string, wording: Wording): Properties {
  let parsed: unknown;
  try {
    parsed = JSON.parse(document);
  } catch {
    throw malformed(wording, "This policy contains invalid Json");
  }
  if (!isRecord(parsed)) throw malformed(wording, "Syntax errors in policy.");
  return parsed;
}

/** What each kind must have, and must not. */
const fields: Readonly<Record<DocumentKind, { required: readonly string[]; prohibited: readonly string[] }>> =
  {
    identity: { required: ["Resource"], prohibited: ["Principal", "NotPrincipal"] },
    trust: { required: ["Principal"], prohibited: ["Resource", "NotResource"] },
    resource: { required: ["Principal"], prohibited: [] },
  };

function refuseStatement(statement: Properties, kind: DocumentKind, wording: Wording): void {
  const { required, prohibited } = fields[kind];
  if (statement.Effect !== "Allow" && statement.Effect !== "Deny")
    throw malformed(wording, "Syntax errors in policy.");
  const bad = prohibited.find((field) => statement[field] !== undefined);
  if (bad !== undefined) throw malformed(wording, `Has prohibited field ${bad}`);
  const absent = required.find(
    (field) => statement[field] === undefined && statement[`Not${field}`] === undefined,
  );
  if (absent === "Resource") throw malformed(wording, "Policy statement must contain resources.");
  if (absent !== undefined) throw malformed(wording, `Missing required field ${absent}`);
  refuseActions(statement, wording);
  if (kind === "identity") refuseResources(statement, wording);
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html */
function refuseResources({ Resource, NotResource }: Properties, wording: Wording): void {
  const wrong = several(Resource ?? NotResource).find((name) => name !== "*" && !name.startsWith("arn:"));
  if (wrong !== undefined) throw malformed(wording, `Resource ${wrong} must be in ARN format or "*".`);
}

function refuseActions(statement: Properties, wording: Wording): void {
  const actions = several(statement.Action ?? statement.NotAction);
  if (actions.length === 0) throw malformed(wording, "Policy statement must contain actions.");
  if (actions.every((action) => action === "*" || /^[A-Za-z0-9-]+:[A-Za-z0-9*?]+$/.test(action))) return;
  throw malformed(wording, "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
}

/** What IAM takes, and its own validation calls an error: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-policy-checks.html */
function invalidAction(action: string): Refusal {
  return new Refusal("INVALID_ACTION", `The action ${action} does not exist. (AWS's list of ${listedOn()})`);
}

/**
 * Actions that AWS does not have. The services that keep resource policies refuse them, and a trust policy takes those of STS only.
 * IAM itself stores an identity policy with such an action, which then allows nothing: it is refused here all the same, with the
 * finding of IAM's policy validation, since it is always a mistake, and one that shows only when a call is denied.
 */
function refuseUnknownActions(document: Properties, kind: DocumentKind, wording: Wording): void {
  const [action] = unknownActions(document);
  if (action === undefined) return;
  if (kind === "identity") throw invalidAction(action);
  throw malformed(
    wording,
    kind === "trust"
      ? "AssumeRole policy may only specify STS AssumeRole actions."
      : `Policy has invalid action: ${action} (AWS's list of ${listedOn()})`,
  );
}

/**
 * Grammar: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @returns the parsed document.
 * @throws Refusal in the words of IAM.
 */
export function refuseDocument(document: string, kind: DocumentKind, wording: Wording = {}): Properties {
  const parsed = parse(document, wording);
  if (!["2012-10-17", "2008-10-17", undefined].includes(text(parsed.Version))) {
    throw malformed(wording, "The policy must contain a valid version string");
  }
  const statements = statementsOf(parsed);
  if (statements.length === 0) throw malformed(wording, "Syntax errors in policy.");
  for (const statement of statements) refuseStatement(statement, kind, wording);
  refuseUnknownActions(parsed, kind, wording);
  return parsed;
}

/** Roles and users of this account that a document names as principals but that do not exist. */
export function unknownPrincipals(document: Properties, account: AccountView): readonly string[] {
  const own = new RegExp(`^arn:aws:iam::${account.accountId}:(?:role|user)/`);
  return statementsOf(document)
    .flatMap(({ Principal }) => (isRecord(Principal) ? several(Principal.AWS) : []))
    .filter((arn) => own.test(arn) && account.named(arn).length === 0);
}

/** Characters that count towards IAM's quotas: all but white space. */
export function sizeOf(document: string): number {
  return document.replaceAll(/\s/g, "").length;
}
