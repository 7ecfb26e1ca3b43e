import type { ec2 } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Context, Made, Reference } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { imageIdOf, images } from "../invokes/image-catalogue.ts";
import { placementOf, strayGroup } from "../placement.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import { defaultVpcOf } from "./default-vpc.ts";
import { interfaceIdOf, interfaceToken, networkInterface } from "./interfaces.ts";
import { inVpc, loosely, subnetToken, toSecurityGroup, toSubnet } from "./references.ts";

const instanceToken = "aws:ec2/instance:Instance";
const keyToken = "aws:ec2/keyPair:KeyPair";
const templateToken = "aws:ec2/launchTemplate:LaunchTemplate";

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

interface Attached {
  readonly networkInterfaceId: string;
}

interface Inputs {
  readonly ami?: string | undefined;
  readonly instanceType?: string | undefined;
  readonly subnetId?: string | undefined;
  readonly vpcSecurityGroupIds?: readonly string[] | undefined;
  readonly availabilityZone?: string | undefined;
  readonly associatePublicIpAddress?: boolean | undefined;
  readonly networkInterfaces?: readonly Attached[] | undefined;
  readonly primaryNetworkInterface?: Attached | undefined;
}

interface Request extends Pick<Context<Inputs>, "inputs" | "account" | "region"> {
  readonly before: Stored | undefined;
}

/** Families with AWS's own processors have a `g` after their generation: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html */
function architectureOf(instanceType: string): "x86_64" | "arm64" {
  return /^(?:a1|[a-z]+\d+g[a-z]*)\./.test(instanceType) ? "arm64" : "x86_64";
}

function imageOf({ inputs, region }: Request): "x86_64" | "arm64" | undefined {
  return images.find((image) => imageIdOf(image, region) === inputs.ami)?.architecture;
}

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

/** Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html */
const rules: readonly Rule<Request>[] = [
  {
    when: ({ inputs }) =>
      inputs.ami !== undefined && !/^(?:ami-(?:[0-9a-f]{8}|[0-9a-f]{17})|resolve:ssm:.+)$/.test(inputs.ami),
    code: "InvalidAMIID.Malformed",
    says: ({ inputs }) => `Invalid id: "${inputs.ami ?? ""}"`,
  },
  {
    when: ({ inputs }) =>
      inputs.instanceType !== undefined && !/^[a-z][a-z0-9-]*\.[a-z0-9-]+$/.test(inputs.instanceType),
    code: "InvalidParameterValue",
    says: ({ inputs }) => `Invalid value '${inputs.instanceType ?? ""}' for InstanceType.`,
  },
  {
    when: (request) => {
      const [image, { instanceType }] = [imageOf(request), request.inputs];
      return image !== undefined && instanceType !== undefined && architectureOf(instanceType) !== image;
    },
    code: "InvalidParameterValue",
    says: (request) =>
      `The architecture '${architectureOf(request.inputs.instanceType ?? "")}' of the specified instance type does not match the architecture '${imageOf(request) ?? ""}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.`,
  },
  {
    when: ({ inputs, account }) => strayOf(inputs, account) !== undefined,
    code: "InvalidParameter",
    says: ({ inputs, account }) =>
      `Security group ${strayOf(inputs, account) ?? ""} and subnet ${inputs.subnetId ?? ""} belong to different networks.`,
  },
];

function strayOf(inputs: Inputs, account: AccountView): string | undefined {
  if (inputs.subnetId === undefined) return undefined;
  const [vpcId] = placementOf(account, [inputs.subnetId]).vpcs;
  return strayGroup(account, inputs.vpcSecurityGroupIds, vpcId)?.groupId;
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
    refuseFirst<Request>(rules, { inputs, account, region, before });
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
    fingerprint: hex(32, "fingerprint").replaceAll(/(..)(?=.)/g, "$1:"),
    keyPairId: `key-0${hex(16)}`,
    keyType: inputs.publicKey.startsWith("ssh-ed25519") ? "ed25519" : "rsa",
  }),
  keys: (state) => [state.arn, state.keyPairId],
  refuses: ({ inputs, account, region }, before) => {
    if (!/^(?:ssh-(?:rsa|ed25519) [A-Za-z0-9+/=]+|----[- ]BEGIN|[A-Za-z0-9+/=\s]+$)/.test(inputs.publicKey)) {
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
