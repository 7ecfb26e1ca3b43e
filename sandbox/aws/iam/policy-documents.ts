import type { AccountView, Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isRecord, text } from "../../values.ts";
import { listedOn, unknownActions } from "./actions.ts";
import {
  complaintAboutAction,
  complaintAboutIds,
  complaintAboutResource,
  isGiven,
  isPolicy,
} from "./policy-grammar.ts";
import { several, statementsOf } from "./statements.ts";

export { several, statementsOf } from "./statements.ts";

/**
 * A document that IAM evaluates for who asks, written into an identity or managed by itself, or one that a resource or role carries and
 * that names who may.
 */
export type DocumentKind = "identity" | "managed" | "trust" | "resource";

/** What the services call a document they do not take. */
export interface Wording {
  /** @default "MalformedPolicyDocument" */
  readonly code?: string;
  /** What a service says whatever the mistake is. @default IAM's words for the mistake */
  readonly says?: string;
}

function malformed({ code = "MalformedPolicyDocument", says }: Wording, message: string): Refusal {
  return new Refusal(code, says ?? message);
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

const ofIdentities = {
  required: [],
  prohibited: {
    Principal: "Policy document should not specify a principal.",
    NotPrincipal: "Policy document should not specify a principal.",
  },
} as const;

/** What each kind must have, and must not, with what IAM says then. */
const fields: Readonly<
  Record<DocumentKind, { required: readonly string[]; prohibited: Readonly<Record<string, string>> }>
> = {
  identity: ofIdentities,
  managed: ofIdentities,
  trust: {
    required: ["Principal"],
    prohibited: {
      Resource: "Has prohibited field Resource",
      NotResource: "Has prohibited field NotResource",
    },
  },
  resource: { required: ["Principal"], prohibited: {} },
};

function isOfIdentity(kind: DocumentKind): boolean {
  return kind === "identity" || kind === "managed";
}

function isOfIam(kind: DocumentKind): boolean {
  return kind !== "resource";
}

/** Old documents may still be written into an identity, but are no managed policies any more. */
function refuseVersion({ Version }: Properties, kind: DocumentKind, wording: Wording): void {
  const version = text(Version);
  if (kind === "managed" && (version === undefined || version === "2008-10-17")) {
    throw malformed(wording, "Policy document must be version 2012-10-17 or greater.");
  }
  if (["2012-10-17", "2008-10-17", undefined].includes(version)) return;
  throw malformed(
    wording,
    isOfIam(kind) ? "Syntax errors in policy." : "The policy must contain a valid version string",
  );
}

function refuseGrammar(
  document: Properties,
  statements: readonly Properties[],
  kind: DocumentKind,
  wording: Wording,
): void {
  if (!isOfIam(kind) && document.Statement === undefined) {
    throw malformed(wording, "Missing required field Statement");
  }
  if (!isPolicy(document, statements)) throw malformed(wording, "Syntax errors in policy.");
  if (statements.some(({ Effect }) => Effect !== "Allow" && Effect !== "Deny")) {
    throw malformed(wording, isOfIam(kind) ? "The policy failed legacy parsing" : "Syntax errors in policy.");
  }
  const complaint = isOfIam(kind) ? complaintAboutIds(statements) : undefined;
  if (complaint !== undefined) throw malformed(wording, complaint);
}

function refuseStatement(statement: Properties, kind: DocumentKind, wording: Wording): void {
  const { required, prohibited } = fields[kind];
  const bad = Object.entries(prohibited).find(([field]) => statement[field] !== undefined);
  if (bad !== undefined) throw malformed(wording, bad[1]);
  const absent = required.find(
    (field) => statement[field] === undefined && statement[`Not${field}`] === undefined,
  );
  if (absent !== undefined) throw malformed(wording, `Missing required field ${absent}`);
  const complaint = complaintAboutNames(statement, isOfIdentity(kind));
  if (complaint !== undefined) throw malformed(wording, complaint);
}

/** What IAM has against the actions of a statement, and against the resources of one that an identity has. */
function complaintAboutNames(
  { Action, NotAction, Resource, NotResource }: Properties,
  ofIdentity: boolean,
): string | undefined {
  if (!isGiven(Action, NotAction)) return "Policy statement must contain actions.";
  if (ofIdentity && !isGiven(Resource, NotResource)) return "Policy statement must contain resources.";
  const resources = ofIdentity ? [...several(Resource), ...several(NotResource)] : [];
  const actions = [...several(Action), ...several(NotAction)];
  return [...resources.map(complaintAboutResource), ...actions.map(complaintAboutAction)].find(
    (complaint) => complaint !== undefined,
  );
}

/** A role is assumed, and nothing else is done to it by its trust: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-custom.html */
function refuseOtherThanAssuming(statements: readonly Properties[], wording: Wording): void {
  const actions = statements.flatMap(({ Action, NotAction }) => [...several(Action), ...several(NotAction)]);
  if (actions.every((action) => /^(?:sts|\*)/i.test(action))) return;
  throw malformed(wording, "AssumeRole policy may only specify STS AssumeRole actions.");
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
  if (isOfIdentity(kind)) throw invalidAction(action);
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
  const statements = statementsOf(parsed);
  refuseVersion(parsed, kind, wording);
  refuseGrammar(parsed, statements, kind, wording);
  for (const statement of statements) refuseStatement(statement, kind, wording);
  if (kind === "trust") refuseOtherThanAssuming(statements, wording);
  refuseUnknownActions(parsed, kind, wording);
  return parsed;
}

/** A principal that a document names and that is none, with the word by which IAM calls its kind. */
export interface Stranger {
  readonly kind: "AWS" | "SERVICE";
  readonly name: string;
}

/** Everybody, an account, an ARN, or the unique id of a principal; no pattern: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const principal = /^(?:\*|\d{12}|[A-Z0-9]{16,128}|arn:[^*?]+)$/;

/** Names of services end with a domain of AWS's: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services */
const service =
  /^(?:\*|[A-Za-z0-9.-]+\.(?:amazonaws\.(?:com(?:\.cn)?|eu)|amazon\.com|aws\.internal|api\.aws))$/;

/** Whether a word can name a principal or a service, for those that are told one without a document. */
export function isPrincipal(name: string): boolean {
  return principal.test(name) || service.test(name);
}

/** Principals of a document that cannot be any, and roles and users of this account that do not exist. */
export function unknownPrincipals(document: Properties, account: AccountView): readonly Stranger[] {
  const own = new RegExp(`^arn:aws:iam::${account.accountId}:(?:role|user)/`);
  // Whoever deploys is there, though no program made it.
  const deployer = `arn:aws:iam::${account.accountId}:user/sandbox`;
  const isMissing = (name: string): boolean =>
    own.test(name) && name !== deployer && account.named(name).length === 0;
  const isStrange = (name: string): boolean => !principal.test(name) || isMissing(name);
  return statementsOf(document).flatMap(({ Principal }): readonly Stranger[] => {
    if (!isRecord(Principal)) return [];
    const principals = several(Principal.AWS).filter(isStrange);
    const services = several(Principal.Service).filter((name) => !service.test(name));
    return [
      ...principals.map((name) => ({ kind: "AWS", name }) as const),
      ...services.map((name) => ({ kind: "SERVICE", name }) as const),
    ];
  });
}

/** Characters that count towards IAM's quotas: all but white space. */
export function sizeOf(document: string): number {
  return document.replaceAll(/\s/g, "").length;
}
