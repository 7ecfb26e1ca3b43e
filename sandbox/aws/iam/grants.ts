import type { AccountView, Properties, Stored } from "../../model.ts";
import { at, list, text } from "../../values.ts";
import { matches } from "./actions.ts";
import { attachmentToken, inlineToken, policyToken, roleToken } from "./references.ts";
import { readDocument, several, statementsOf } from "./statements.ts";

/** Managed policies of AWS that services use most, and what they allow of what is asked here. Others count as allowing it. */
const ofAws: Readonly<Record<string, readonly string[]>> = {
  AWSLambdaBasicExecutionRole: ["logs:*"],
  AWSXRayDaemonWriteAccess: ["xray:*"],
  AWSLambdaVPCAccessExecutionRole: ["logs:*", "ec2:*NetworkInterface*", "ec2:*PrivateIpAddresses"],
  AWSLambdaSQSQueueExecutionRole: [
    "logs:*",
    "sqs:ReceiveMessage",
    "sqs:DeleteMessage",
    "sqs:GetQueueAttributes",
  ],
  AWSLambdaKinesisExecutionRole: ["logs:*", "kinesis:*"],
  AWSLambdaDynamoDBExecutionRole: ["logs:*", "dynamodb:*"],
};

/** The role that goes by an ARN or a name. */
export function roleOf(account: AccountView, role: string | undefined): Stored | undefined {
  return account.find(roleToken, role ?? "") ?? account.find(roleToken, role?.split("/").at(-1) ?? "");
}

/**
 * Whether a role's own policies allow an action on something. Conditions and denials are not weighed: this answers what a service
 * asks before it takes a role, which is whether the role was given the permission at all.
 */
export function grants(account: AccountView, role: Stored, action: string): boolean {
  return documentsOf(account, role).some((document) => allows(document, action));
}

function documentsOf(account: AccountView, role: Stored): readonly Properties[] {
  const hanging = (token: string, property: string): readonly unknown[] =>
    account
      .holders(role)
      .filter((holder) => holder.token === token)
      .map(({ state }) => state[property]);
  const ownInline = list(role.state.inlinePolicies).map((entry) => at(entry, "policy"));
  const managed = [
    ...hanging(attachmentToken, "policyArn"),
    ...exclusivelyAttached(account, role),
    ...list(role.state.managedPolicyArns),
  ].map((arn) => managedDocument(account, arn));
  return [...hanging(inlineToken, "policy"), ...ownInline, ...managed].map((document) =>
    readDocument(document),
  );
}

/** Policies that resources attach from the policy's side, or all of a role's at once. */
function exclusivelyAttached(account: AccountView, { state }: Stored): readonly unknown[] {
  const byPolicy = account
    .all("aws:iam/policyAttachment:PolicyAttachment")
    .filter((attachment) => list(attachment.state.roles).includes(state.name))
    .map((attachment) => attachment.state.policyArn);
  const byRole = account
    .all("aws:iam/rolePolicyAttachmentsExclusive:RolePolicyAttachmentsExclusive")
    .filter((attachments) => attachments.state.roleName === state.name)
    .flatMap((attachments) => list(attachments.state.policyArns));
  return [...byPolicy, ...byRole];
}

function managedDocument(account: AccountView, arn: unknown): unknown {
  const own = account.find(policyToken, text(arn) ?? "");
  if (own !== undefined) return own.state.policy;
  const name = text(arn)?.split("/").at(-1) ?? "";
  return { Statement: [{ Effect: "Allow", Action: ofAws[name] ?? ["*"], Resource: "*" }] };
}

function allows(document: Properties, action: string): boolean {
  return statementsOf(document).some(
    ({ Effect, Action, NotAction }) =>
      Effect === "Allow" &&
      (several(Action).some((pattern) => matches(pattern, action)) ||
        (NotAction !== undefined && !several(NotAction).some((pattern) => matches(pattern, action)))),
  );
}

/** The services that the role's trust names, each once. */
export function trustedBy(role: Stored): readonly string[] {
  const allowing = statementsOf(readDocument(role.state.assumeRolePolicy)).filter(
    ({ Effect }) => Effect === "Allow",
  );
  return [...new Set(allowing.flatMap(servicesIn))];
}

function servicesIn({ Principal }: Properties): readonly string[] {
  return several(at(Principal, "Service")).map(withoutRegion);
}

/** Whether the role's trust lets a service assume it. */
export function trusts(role: Stored, service: string): boolean {
  return namesService(role.state.assumeRolePolicy, service);
}

/** Whether a statement of a document allows a service something. */
export function namesService(document: unknown, service: string): boolean {
  return statementsOf(readDocument(document)).some(
    (statement) =>
      statement.Effect === "Allow" &&
      (statement.Principal === "*" ||
        at(statement.Principal, "AWS") === "*" ||
        servicesIn(statement).includes(service)),
  );
}

/** Services go by a name of each region too, and of China: `states.eu-west-1.amazonaws.com` is `states.amazonaws.com`. */
function withoutRegion(service: string): string {
  return service.replace(/(?:\.[a-z]{2}(?:-[a-z]+)+-\d)?\.amazonaws\.com(?:\.cn)?$/, ".amazonaws.com");
}
