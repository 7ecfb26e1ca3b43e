import type { lb } from "@pulumi/aws";
import { text } from "../../values.ts";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { loosely, toVpc } from "../ec2/references.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import { listenerRuleToken, listenerToken, targetGroupToken, toTargetGroup } from "./references.ts";

interface Inputs {
  readonly name?: string | undefined;
  readonly namePrefix?: string | undefined;
  readonly port?: number | undefined;
  readonly protocol?: string | undefined;
  readonly targetType?: string | undefined;
  readonly vpcId?: string | undefined;
  readonly healthCheck?:
    | {
        readonly interval?: number | undefined;
        readonly timeout?: number | undefined;
        readonly protocol?: string | undefined;
      }
    | undefined;
}

interface Request extends Pick<Context<Inputs>, "inputs" | "account" | "region"> {
  readonly before: Stored | undefined;
}

function isTaken({ inputs, account, region, before }: Request): boolean {
  const twin = account.find(targetGroupToken, inputs.name ?? "", region);
  return twin !== undefined && twin.id !== before?.id;
}

const isLambda = ({ inputs }: Request): boolean => inputs.targetType === "lambda";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const rules: readonly Rule<Request>[] = [
  {
    when: isTaken,
    code: "DuplicateTargetGroupName",
    says: ({ inputs }) =>
      `A target group with the same name '${inputs.name ?? ""}' exists, but with different settings`,
  },
  {
    when: (request) => !isLambda(request) && request.inputs.port === undefined,
    // The provider says so in its plan.
    code: "InvalidParameterCombination",
    says: ({ inputs }) =>
      `Attribute "port" must be specified when "target_type" is "${inputs.targetType ?? "instance"}".`,
  },
  {
    when: (request) => !isLambda(request) && request.inputs.protocol === undefined,
    code: "ValidationError",
    says: "A protocol must be specified",
  },
  {
    when: (request) => !isLambda(request) && request.inputs.vpcId === undefined,
    code: "ValidationError",
    says: "A VPC ID must be specified",
  },
  {
    // The provider says so in its plan: what is asked by HTTP is looked at by HTTP.
    when: ({ inputs: { protocol = "", healthCheck } }) =>
      /^HTTPS?$/.test(protocol) && healthCheck?.protocol === "TCP",
    code: "InvalidParameterCombination",
    says: ({ inputs }) =>
      `Attribute "health_check[0].protocol" cannot have value "TCP" when "protocol" is "${inputs.protocol ?? ""}".`,
  },
  {
    when: ({ inputs }) =>
      inputs.healthCheck?.timeout !== undefined &&
      inputs.healthCheck.timeout >= (inputs.healthCheck.interval ?? 30),
    code: "ValidationError",
    says: ({ inputs }) =>
      `Health check timeout '${String(inputs.healthCheck?.timeout)}' must be smaller than the interval '${String(inputs.healthCheck?.interval ?? 30)}'`,
  },
];

/** Defaults by protocol: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html */
function isHttp({ protocol = "" }: Inputs): boolean {
  return protocol.startsWith("HTTP");
}

/** The load balancers whose listeners and rules forward to the group. */
export function loadBalancersOf(account: AccountView, arn: string): readonly string[] {
  const group = account.find(targetGroupToken, arn);
  const users = group === undefined ? [] : account.holders(group);
  const listeners = users.flatMap((user) =>
    user.token === listenerRuleToken
      ? (account.find(listenerToken, text(user.state.listenerArn) ?? "") ?? [])
      : user,
  );
  const there = listeners.filter(({ token }) => token === listenerToken);
  return [...new Set(there.flatMap(({ state }) => text(state.loadBalancerArn) ?? []))];
}

const targetGroup = behaviour<lb.TargetGroupArgs, lb.TargetGroupState>(targetGroupToken, {
  autoname: { property: "name", max: 32 },
  references: {
    vpcId: loosely({
      ...toVpc,
      missing: { code: "ValidationError", message: "The VPC ID '{value}' is not found" },
    }),
  },
  id: ({ inputs, accountId, region, hex }) =>
    `arn:aws:elasticloadbalancing:${region}:${accountId}:targetgroup/${nameOf(inputs, hex)}/${hex(16)}`,
  outputs: ({ id, inputs, account, hex }) => ({
    arn: id,
    arnSuffix: id.split(":").at(-1) ?? "",
    healthCheck: {
      matcher: isHttp(inputs) ? "200" : "",
      path: isHttp(inputs) ? "/" : "",
      timeout: isHttp(inputs) ? 5 : 10,
    },
    ipAddressType: "ipv4",
    loadBalancerArns: [...loadBalancersOf(account, id)],
    loadBalancingAlgorithmType: isHttp(inputs) ? "round_robin" : "",
    loadBalancingAnomalyMitigation: isHttp(inputs) ? "off" : "",
    loadBalancingCrossZoneEnabled: "use_load_balancer_configuration",
    name: nameOf(inputs, hex),
    protocolVersion: isHttp(inputs) ? "HTTP1" : "",
  }),
  refuses: ({ inputs, account, region }, before) => {
    refuseFirst(rules, { inputs, account, region, before });
  },
  keeps: ({ id }, holders) => {
    if (!holders.some(({ token }) => token === listenerToken || token === listenerRuleToken)) return;
    throw new Refusal("ResourceInUse", `Target group '${id}' is currently in use by a listener or a rule`);
  },
  seconds: { create: 2, update: 2, delete: 1 },
});

function nameOf({ name, namePrefix }: Inputs, hex: (length: number, salt?: string) => string): string {
  return name ?? `${namePrefix ?? "tf-"}${hex(20, "name")}`;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_RegisterTargets.html */
const attachment = behaviour<lb.TargetGroupAttachmentArgs, lb.TargetGroupAttachmentState>(
  "aws:lb/targetGroupAttachment:TargetGroupAttachment",
  {
    references: { targetGroupArn: { ...toTargetGroup, holds: false } },
    id: ({ inputs, hex }) => `${inputs.targetGroupArn}-${hex(26)}`,
    outputs: () => ({}),
    keys: () => [],
    refuses: ({ inputs, account }) => {
      const type = text(account.find(targetGroupToken, inputs.targetGroupArn)?.state.targetType);
      if (type === "instance") refuseInstance(account, inputs.targetId);
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

function refuseInstance(account: AccountView, targetId: string): void {
  const known = account.find("aws:ec2/instance:Instance", targetId);
  if (known !== undefined) return;
  throw new Refusal(
    "InvalidTarget",
    `The following targets are not in a running state and cannot be registered: '${targetId}'`,
  );
}

/** Where load balancers send requests. */
export const targetGroups: readonly AnyBehaviour[] = [targetGroup, attachment];
