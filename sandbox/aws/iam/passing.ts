import type { Stored } from "../../model.ts";
import type { Order } from "../../operations.ts";
import { isRecord, text } from "../../values.ts";
import { isService } from "./actions.ts";
import { prefixOf } from "./actions-of-types.ts";
import { roleOf, trustedBy } from "./grants.ts";
import { profileToken } from "./references.ts";

/** A role that an operation gives to a service to act as. */
export interface Passed {
  readonly arn: string;
  /** The service's principal, such as `ecs-tasks.amazonaws.com`. */
  readonly service: string;
}

const machines = "ec2.amazonaws.com";
const roleArn = /^arn:aws:iam::\d{12}:role\//;

/** Those of `roleArn`, `role` and whatever else ends like that. */
function arnsIn(value: unknown, property = ""): readonly string[] {
  if (typeof value === "string") return roleArn.test(value) && /role(?:Arn)?$/i.test(property) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => arnsIn(item, property));
  return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => arnsIn(item, key)) : [];
}

/** The role of an instance profile, which EC2 is given with the profile, and already when it is put there. */
function ofProfile({ session: { account }, subject: { token }, inputs }: Order): Stored | undefined {
  const profile = account.find(profileToken, text(inputs.iamInstanceProfile) ?? "");
  const name = token === profileToken ? inputs.role : profile?.state.role;
  return name === undefined ? undefined : roleOf(account, text(name));
}

/**
 * The principal of the service that a type's role is passed to. The Service Authorization Reference does not list it, but a service can
 * only use a role that trusts it, so it is in the role's trust: either under the service's own name, or under one that belongs to no
 * other service, since services also act under names of their parts (`ecs-tasks`, `monitoring.rds`, `vpc-flow-logs`). A role that
 * trusts only others (EC2, for the nodes of EKS) is passed on by the service that is given it.
 */
function serviceFor(token: string, role: Stored | undefined): string {
  const own = `${prefixOf(token)}.amazonaws.com`;
  const trusted = role === undefined ? [] : trustedBy(role);
  if (trusted.includes(own)) return own;
  return trusted.find((service) => !isService(service.replace(/\.amazonaws\.com$/, ""))) ?? own;
}

/** Only who may pass a role can give it to a service: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html */
export function passedRoles(order: Order): readonly Passed[] {
  const { account } = order.session;
  const given = [...new Set(arnsIn(order.inputs))].map((arn) => ({
    arn,
    service: serviceFor(order.subject.token, roleOf(account, arn)),
  }));
  const arn = text(ofProfile(order)?.state.arn);
  return arn === undefined ? given : [...given, { arn, service: machines }];
}
