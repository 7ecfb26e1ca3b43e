import type { ec2 } from "@pulumi/aws";
import type { Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Context, Made, Reference } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { refuseFirst } from "../refuse-first.ts";
import { defaultVpcOf } from "./default-vpc.ts";
import { instanceRules } from "./instance-refusals.ts";
import type { Inputs, Request } from "./instance-refusals.ts";
import { interfaceIdOf, interfaceToken, networkInterface } from "./interfaces.ts";
import { readKeyMaterial } from "./key-material.ts";
import { inVpc, loosely, subnetToken, toSecurityGroup, toSubnet } from "./references.ts";

const instanceToken = "aws:ec2/instance:Instance";
const keyToken = "aws:ec2/keyPair:KeyPair";
export const templateToken = "aws:ec2/launchTemplate:LaunchTemplate";

const toKey: Reference = {
  to: keyToken,
  missing: { code: "InvalidKeyPair.NotFound", message: "The key pair '{value}' does not exist" },
  holds: false,
};
const toProfile: Reference = {
  to: "aws:iam/instanceProfile:InstanceProfile",
  missing: {
    code: "InvalidParameterValue",
    message:
      "Value ({value}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name",
  },
  holds: false,
};
/** A template by its id or name; groups may outlive it. */
export const toTemplate: Reference = {
  to: templateToken,
  missing: {
    code: "InvalidLaunchTemplateId.NotFound",
    message: "The specified launch template, with template ID {value}, does not exist.",
  },
  holds: false,
};

/** The first interface that the program brings. */
function broughtBy({ primaryNetworkInterface, networkInterfaces }: Inputs): string {
  return (primaryNetworkInterface ?? networkInterfaces?.[0])?.networkInterfaceId ?? "";
}

/** Where it starts: with its interface, in the subnet that is named, or in one of the default VPC. */
function subnetOf({ inputs, account, region }: Omit<Request, "before">): Stored | undefined {
  const subnetId =
    inputs.subnetId ?? text(account.find(interfaceToken, broughtBy(inputs), region)?.state.subnetId);
  if (subnetId !== undefined) return account.find(subnetToken, subnetId, region);
  const open = inVpc(account, subnetToken, defaultVpcOf(account, region)?.id);
  return open.find(({ state }) => state.availabilityZone === inputs.availabilityZone) ?? open[0];
}

/** Whether the program brings the interfaces, and with them the network. */
function bringsInterfaces(inputs: Inputs): boolean {
  return broughtBy(inputs) !== "";
}

/** Its network interface, which holds the subnet and the groups. */
function interfacesOf(context: Context<Inputs>): readonly Made[] {
  const { inputs } = context;
  if (bringsInterfaces(inputs)) return [];
  const subnetId = subnetOf(context)?.id ?? "";
  const securityGroups = inputs.vpcSecurityGroupIds ?? [];
  return [networkInterface(context, { subnetId, securityGroups, interfaceType: "interface", salt })];
}

const salt = "interface";

/** An address of the subnet's first 254, as `10.0.1.27`. */
function privateAddress(subnet: Stored | undefined, digits: string): string {
  const [base = "172.31.0.0"] = (text(subnet?.state.cidrBlock) ?? "").split("/");
  const last = (Number.parseInt(digits, 16) % 250) + 4;
  return base === "" ? `172.31.0.${String(last)}` : base.replace(/\d+$/, String(last));
}

/** One of a block reserved for documentation (RFC 5737), where the subnet or the program says that it has one. */
function publicAddress(inputs: Inputs, subnet: Stored | undefined, digits: string): string {
  const open = inputs.associatePublicIpAddress ?? subnet?.state.mapPublicIpOnLaunch === true;
  return open ? `203.0.113.${String((Number.parseInt(digits, 16) % 254) + 1)}` : "";
}

/** The oldest region has names of its own: https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html */
function publicNameOf(address: string, region: string): string {
  const domain = region === "us-east-1" ? "compute-1" : `${region}.compute`;
  return address === "" ? "" : `ec2-${address.replaceAll(".", "-")}.${domain}.amazonaws.com`;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_RunInstances.html */
const instance = behaviour<ec2.InstanceArgs, ec2.InstanceState>(instanceToken, {
  references: {
    // Its network interface holds subnet and groups.
    subnetId: loosely(toSubnet),
    "vpcSecurityGroupIds[]": loosely(toSecurityGroup),
    keyName: toKey,
    iamInstanceProfile: toProfile,
    "launchTemplate.id": toTemplate,
    "launchTemplate.name": toTemplate,
  },
  inDefaultVpc: (inputs) => inputs.subnetId === undefined && !bringsInterfaces(inputs),
  id: ({ hex }) => `i-0${hex(16)}`,
  outputs: (context) => {
    const { id, accountId, region, inputs, hex } = context;
    const subnet = subnetOf(context);
    const address = privateAddress(subnet, hex(6, "address"));
    const outside = publicAddress(inputs, subnet, hex(4, "public"));
    return {
      arn: `arn:aws:ec2:${region}:${accountId}:instance/${id}`,
      availabilityZone: text(subnet?.state.availabilityZone) ?? `${region}a`,
      instanceLifecycle: "",
      instanceState: "running",
      outpostArn: "",
      passwordData: "",
      primaryNetworkInterfaceId: interfaceIdOf(hex, salt),
      privateDns: `ip-${address.replaceAll(".", "-")}.${region === "us-east-1" ? "ec2" : `${region}.compute`}.internal`,
      privateIp: address,
      publicDns: publicNameOf(outside, region),
      publicIp: outside,
      spotInstanceRequestId: ABSENT,
      subnetId: subnet?.id ?? "",
    };
  },
  keys: (state) => [state.arn],
  refuses: ({ inputs, account, region }, before) => {
    refuseFirst<Request>(instanceRules, { inputs, account, region, before });
  },
  makes: interfacesOf,
  keeps: ({ id, state }) => {
    if (state.disableApiTermination !== true) return;
    throw new Refusal(
      "OperationNotPermitted",
      `The instance '${id}' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.`,
    );
  },
  seconds: { create: 14, update: 12, delete: 40 },
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ImportKeyPair.html */
const keyPair = behaviour<ec2.KeyPairArgs, ec2.KeyPairState>(keyToken, {
  autoname: { property: "keyName", max: 255 },
  id: ({ inputs, name }) => inputs.keyName ?? name,
  outputs: ({ id, accountId, region, inputs, hex }) => ({
    arn: `arn:aws:ec2:${region}:${accountId}:key-pair/${id}`,
    ...(readKeyMaterial(inputs.publicKey) ?? { fingerprint: ABSENT, keyType: ABSENT }),
    keyPairId: `key-0${hex(16)}`,
  }),
  keys: (state) => [state.arn, state.keyPairId],
  refuses: ({ inputs, account, region }, before) => {
    if (readKeyMaterial(inputs.publicKey) === undefined) {
      throw new Refusal("InvalidKey.Format", "Key is not in valid OpenSSH public key format");
    }
    if (before !== undefined || account.find(keyToken, inputs.keyName ?? "", region) === undefined) return;
    throw new Refusal("InvalidKeyPair.Duplicate", `The keypair already exists`);
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** Machines, and who may sign in to them. */
export const machines: readonly AnyBehaviour[] = [instance, keyPair];

/** What an instance group may name as its network: https://docs.aws.amazon.com/autoscaling/ec2/userguide/asg-in-vpc.html */
export const toGroupSubnet: Reference = loosely({
  ...toSubnet,
  missing: { code: "ValidationError", message: "The subnet ID '{value}' does not exist" },
});
