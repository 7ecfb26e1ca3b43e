import type { lb } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { isIssued } from "../acm.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import {
  listenerRuleToken,
  listenerToken,
  loadBalancerToken,
  targetGroupToken,
  targetGroupsOf,
  toListener,
  toLoadBalancer,
} from "./references.ts";
import { loadBalancersOf } from "./target-group.ts";

interface Inputs {
  readonly loadBalancerArn: string;
  readonly port?: number | undefined;
  readonly protocol?: string | undefined;
  readonly certificateArn?: string | undefined;
  readonly sslPolicy?: string | undefined;
  readonly defaultActions: readonly Action[];
}

/** What is done with a request. */
interface Action {
  readonly type: string;
  readonly targetGroupArn?: string | undefined;
  readonly forward?: { readonly targetGroups: readonly { readonly arn: string }[] } | undefined;
}

interface Request extends Pick<Context<Inputs>, "inputs" | "account"> {
  readonly before: Stored | undefined;
}

/** What a listener of each kind of load balancer may speak: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html */
const protocols: Readonly<Record<string, readonly string[]>> = {
  application: ["HTTP", "HTTPS"],
  network: ["TCP", "TLS", "UDP", "TCP_UDP", "QUIC", "TCP_QUIC"],
};

const certificateToken = "aws:acm/certificate:Certificate";

/** What is used when none is named: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const defaultPolicy = "ELBSecurityPolicy-2016-08";

function kindOf({ inputs, account }: Request): string {
  return (
    text(account.find(loadBalancerToken, inputs.loadBalancerArn)?.state.loadBalancerType) ?? "application"
  );
}

function protocolOf(request: Request): string {
  return request.inputs.protocol ?? (kindOf(request) === "application" ? "HTTP" : "TCP");
}

function isEncrypted(request: Request): boolean {
  return ["HTTPS", "TLS"].includes(protocolOf(request));
}

function isPortTaken({ inputs, account, before }: Request): boolean {
  return account
    .named(portKeyOf(inputs.loadBalancerArn, inputs.port))
    .some(({ token, id }) => token === listenerToken && id !== before?.id);
}

/** The key by which the listener on a port of a load balancer is found. */
function portKeyOf(loadBalancerArn: unknown, port: unknown): string {
  return `${String(loadBalancerArn)}/${String(port)}`;
}

/** The key by which the rules of a listener are found. */
function rulesOf(listenerArn: unknown): string {
  return `${String(listenerArn)}/rules`;
}

/** The first target group of the actions that belongs to another load balancer. */
function strangerOf({ inputs, account }: Request): string | undefined {
  const vpcId = account.find(loadBalancerToken, inputs.loadBalancerArn)?.state.vpcId;
  return groupsIn(inputs.defaultActions).find((arn) => {
    const group = account.find(targetGroupToken, arn);
    return group?.state.vpcId !== undefined && group.state.vpcId !== vpcId;
  });
}

/** True for one of ACM that nobody has proved to own the domain of yet. */
function isUnproved({ inputs, account }: Request): boolean {
  const certificate = account.find(certificateToken, inputs.certificateArn ?? "");
  return certificate !== undefined && !isIssued(account, certificate);
}

/** The first target group that another load balancer has already. */
function sharedGroup(account: AccountView, groups: readonly string[], balancer: string): string | undefined {
  return groups.find((arn) => loadBalancersOf(account, arn).some((other) => other !== balancer));
}

/** The target groups that actions name, each way there is. */
function groupsIn(actions: readonly Action[]): readonly string[] {
  return actions.flatMap(({ targetGroupArn, forward }) => [
    ...(targetGroupArn === undefined ? [] : [targetGroupArn]),
    ...(forward?.targetGroups ?? []).map(({ arn }) => arn),
  ]);
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-target-groups.html */
function sharing(group: string | undefined): string {
  return `The following target groups cannot be associated with more than one load balancer: ${group ?? ""}`;
}

/** Of the actions that send requests on, the first that names nothing to send them to, in the provider's words. */
function aimless(property: string, actions: readonly Action[]): string | undefined {
  const index = actions.findIndex((action) => action.type === "forward" && groupsIn([action]).length === 0);
  const path = `${property}[${index}]`;
  return index === -1
    ? undefined
    : `Either "${path}.target_group_arn" or "${path}.forward" must be specified when "${path}.type" is "forward".`;
}

/** Codes: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateListener.html */
const rules: readonly Rule<Request>[] = [
  {
    when: ({ inputs }) => aimless("default_action", inputs.defaultActions) !== undefined,
    code: "InvalidParameterCombination",
    says: ({ inputs }) => aimless("default_action", inputs.defaultActions) ?? "",
  },
  {
    when: (request) => kindOf(request) !== "gateway" && request.inputs.port === undefined,
    code: "ValidationError",
    says: "A listener port must be specified",
  },
  {
    when: (request) => protocols[kindOf(request)]?.includes(protocolOf(request)) === false,
    code: "ValidationError",
    says: (request) =>
      `Listener protocol '${protocolOf(request)}' must be one of '${(protocols[kindOf(request)] ?? []).join(", ")}'`,
  },
  {
    when: isPortTaken,
    code: "DuplicateListener",
    says: "A listener already exists on this port for this load balancer",
  },
  {
    when: (request) => isEncrypted(request) && request.inputs.certificateArn === undefined,
    code: "ValidationError",
    says: (request) => `A certificate must be specified for ${protocolOf(request)} listeners`,
  },
  {
    when: (request) => !isEncrypted(request) && request.inputs.certificateArn !== undefined,
    code: "ValidationError",
    says: "Certificates may only be specified for HTTPS and TLS listeners",
  },
  {
    when: (request) => !isEncrypted(request) && request.inputs.sslPolicy !== undefined,
    code: "InvalidConfigurationRequest",
    says: "An SSL policy may only be specified for HTTPS and TLS listeners",
  },
  {
    when: isUnproved,
    code: "UnsupportedCertificate",
    says: ({ inputs }) =>
      `The certificate '${inputs.certificateArn ?? ""}' must have a fully-qualified domain name, a supported signature, and a supported key size.`,
  },
  {
    when: ({ inputs, account }) =>
      sharedGroup(account, groupsIn(inputs.defaultActions), inputs.loadBalancerArn) !== undefined,
    code: "TargetGroupAssociationLimit",
    says: ({ inputs, account }) =>
      sharing(sharedGroup(account, groupsIn(inputs.defaultActions), inputs.loadBalancerArn)),
  },
  {
    when: (request) => strangerOf(request) !== undefined,
    code: "InvalidConfigurationRequest",
    says: (request) =>
      `The target group with targetGroupArn '${strangerOf(request) ?? ""}' is in a different VPC than the load balancer`,
  },
];

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Listener.html */
const listener = behaviour<lb.ListenerArgs, lb.ListenerState>(listenerToken, {
  references: {
    loadBalancerArn: toLoadBalancer,
    certificateArn: {
      to: [certificateToken, "aws:iam/serverCertificate:ServerCertificate"],
      missing: { code: "CertificateNotFound", message: "Certificate '{value}' not found" },
    },
    ...targetGroupsOf("defaultActions"),
  },
  id: ({ inputs, hex }) => `${inputs.loadBalancerArn.replace(":loadbalancer/", ":listener/")}/${hex(16)}`,
  outputs: ({ id, inputs, account }) => {
    const request = { inputs, account, before: undefined };
    return {
      arn: id,
      protocol: protocolOf(request),
      sslPolicy: isEncrypted(request) ? defaultPolicy : "",
    };
  },
  keys: (state) => [state.arn, portKeyOf(state.loadBalancerArn, state.port)],
  refuses: ({ inputs, account }, before) => {
    refuseFirst(rules, { inputs, account, before });
  },
  seconds: { create: 2, update: 2, delete: 1 },
});

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateRule.html */
const listenerRule = behaviour<lb.ListenerRuleArgs, lb.ListenerRuleState>(listenerRuleToken, {
  references: { listenerArn: toListener, ...targetGroupsOf("actions") },
  id: ({ inputs, hex }) => `${inputs.listenerArn.replace(":listener/", ":listener-rule/")}/${hex(16)}`,
  outputs: ({ id, inputs, account, before }) => ({
    arn: id,
    priority: Number(before?.state.priority ?? nextPriority(account.named(rulesOf(inputs.listenerArn)))),
  }),
  keys: (state) => [state.arn, rulesOf(state.listenerArn)],
  refuses: ({ inputs, account }, before) => {
    const others = account.named(rulesOf(inputs.listenerArn)).filter(({ id }) => id !== before?.id);
    if (others.some(({ state }) => state.priority === inputs.priority)) {
      throw new Refusal("PriorityInUse", `Priority '${String(inputs.priority)}' is currently in use`);
    }
    const nowhere = aimless("action", inputs.actions);
    if (nowhere !== undefined) throw new Refusal("InvalidParameterCombination", nowhere);
    const balancer = text(account.find(listenerToken, inputs.listenerArn)?.state.loadBalancerArn) ?? "";
    const shared = sharedGroup(account, groupsIn(inputs.actions), balancer);
    if (shared !== undefined) throw new Refusal("TargetGroupAssociationLimit", sharing(shared));
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** The provider takes the next free one where the program gives none. */
function nextPriority(others: readonly Stored[]): number {
  return Math.max(0, ...others.map(({ state }) => Number(state.priority))) + 1;
}

/** What load balancers listen to. */
export const listeners: readonly AnyBehaviour[] = [listener, listenerRule];
