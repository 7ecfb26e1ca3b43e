import type { lb } from "@pulumi/aws";
import type { AccountView } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, list, text } from "../../values.ts";
import type { AnyBehaviour, Context, Made } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { networkInterface } from "../ec2/interfaces.ts";
import { loosely, toAddress, toSecurityGroup, toSubnet, vpcToken } from "../ec2/references.ts";
import { placementOf } from "../placement.ts";
import { hostedZoneOf } from "./hosted-zones.ts";
import { nameKeyOf, refuseLoadBalancer, subnetsOf, typeOf } from "./load-balancer-refusals.ts";
import type { Inputs } from "./load-balancer-refusals.ts";
import { loadBalancerToken } from "./references.ts";

type Args = lb.LoadBalancerArgs;

/** As ARNs abbreviate it: `app`, `net`, `gwy`. */
function abbreviated(type: string): string {
  return { application: "app", network: "net" }[type] ?? "gwy";
}

function nameOf({ inputs, hex }: Pick<Context<Inputs>, "inputs" | "hex">): string {
  return inputs.name ?? `${inputs.namePrefix ?? "tf-lb-"}${hex(20, "name")}`;
}

/**
 * One in each subnet. While they are there, neither the subnet nor their security groups can be deleted:
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html
 */
function interfacesOf(context: Context<Inputs>, arn: string): readonly Made[] {
  const { inputs, account } = context;
  return subnetsOf(inputs).map((subnetId) =>
    networkInterface(context, {
      subnetId,
      securityGroups: groupsOf(inputs, account),
      interfaceType: typeOf(inputs),
      description: `ELB ${arn.split("loadbalancer/")[1] ?? ""}`,
      salt: subnetId,
    }),
  );
}

/** An Application Load Balancer that names no security group gets the default one of its VPC. */
function groupsOf(inputs: Inputs, account: AccountView): readonly string[] {
  const { securityGroups = [] } = inputs;
  if (securityGroups.length > 0 || typeOf(inputs) !== "application") return securityGroups;
  const [vpcId = ""] = placementOf(account, subnetsOf(inputs)).vpcs;
  const group = text(account.find(vpcToken, vpcId)?.state.defaultSecurityGroupId);
  return group === undefined ? [] : [group];
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_LoadBalancer.html */
const loadBalancer = behaviour<Args, lb.LoadBalancerState>(loadBalancerToken, {
  autoname: { property: "name", max: 32 },
  references: {
    // Its network interfaces hold subnets and groups.
    "subnets[]": loosely(toSubnet),
    "subnetMappings[].subnetId": loosely(toSubnet),
    "subnetMappings[].allocationId": toAddress,
    "securityGroups[]": loosely(toSecurityGroup),
  },
  id: (context) => arnOf(context),
  outputs: ({ id, inputs, account, region, hex }) => {
    const type = typeOf(inputs);
    const name = nameOf({ inputs, hex });
    const prefix = inputs.internal === true && type === "application" ? "internal-" : "";
    const domain = type === "application" ? `${region}.elb.amazonaws.com` : `elb.${region}.amazonaws.com`;
    return {
      arn: id,
      arnSuffix: id.split("loadbalancer/")[1] ?? "",
      dnsName: `${prefix}${name}-${type === "application" ? digits(hex(8, "dns")) : hex(16, "dns")}.${domain}`,
      internal: false,
      ipAddressType: "ipv4",
      name,
      securityGroups: [...groupsOf(inputs, account)],
      subnets: [...subnetsOf(inputs)],
      vpcId: placementOf(account, subnetsOf(inputs)).vpcs[0] ?? "",
      zoneId: hostedZoneOf(region, type, `Z${hex(13, "zone").toUpperCase()}`),
    };
  },
  keys: (state) => [state.arn, state.dnsName, nameKeyOf(state.name)],
  refuses: ({ inputs, account, region }, before) => {
    refuseLoadBalancer({ inputs, account, region, before });
  },
  makes: (context) => interfacesOf(context, context.id),
  keeps: ({ id, state }, _, account) => {
    if (state.enableDeletionProtection === true) {
      throw new Refusal(
        "OperationNotPermitted",
        `Load balancer '${id}' cannot be deleted because deletion protection is enabled`,
      );
    }
    refuseEndpointServices(account, id);
  },
  seconds: { create: 130, update: 5, delete: 20 },
  secondsToCreate: ({ loadBalancerType }) => (loadBalancerType === "network" ? 150 : undefined),
});

function arnOf({
  inputs,
  accountId,
  region,
  hex,
}: Pick<Context<Inputs>, "inputs" | "accountId" | "region" | "hex">): string {
  const kind = abbreviated(typeOf(inputs));
  return `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/${kind}/${nameOf({ inputs, hex })}/${hex(16)}`;
}

/** Decimal, as AWS's names of Application Load Balancers end. */
function digits(hexadecimal: string): string {
  return String(Number.parseInt(hexadecimal, 16));
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DeleteLoadBalancer.html */
function refuseEndpointServices(account: AccountView, arn: string): void {
  const service = account
    .all("aws:ec2/vpcEndpointService:VpcEndpointService")
    .find(({ state }) => list(at(state, "networkLoadBalancerArns")).includes(arn));
  if (service === undefined) return;
  throw new Refusal(
    "ResourceInUse",
    `Load balancer '${arn}' cannot be deleted because it is currently associated with another service`,
  );
}

/** What takes requests from the network. */
export const loadBalancers: readonly AnyBehaviour[] = [loadBalancer];
