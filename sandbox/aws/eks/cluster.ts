import type { eks } from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";
import { Refusal, addressOf } from "../../model.ts";
import type { Stored } from "../../model.ts";
import { at, text } from "../../values.ts";
import type { AnyBehaviour, Context, Existing, Made } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { blockOf, overlap } from "../cidr.ts";
import { toSecurityGroup, vpcToken } from "../ec2/references.ts";
import { roleOf, trusts } from "../iam/grants.ts";
import { toKey } from "../kms.ts";
import { placementOf, strayGroup } from "../placement.ts";
import { zonesOf } from "../zones.ts";
import { entryArn } from "./access-entry-arn.ts";
import {
  accessEntryToken,
  clusterToken,
  nodeGroupToken,
  refuseTwin,
  toClusterRole,
  toEksSubnet,
} from "./references.ts";
import { isOffered, minorOf, newestVersion } from "./versions.ts";

type Inputs = { readonly [Key in keyof eks.ClusterArgs]: Unwrap<eks.ClusterArgs[Key]> };
type Cluster = Existing<Inputs>;

function refuse(message: string): Refusal {
  return new Refusal("InvalidParameterException", message);
}

/** https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html */
function refusePlace({ inputs, account }: Context<Inputs>): void {
  const { subnetIds, securityGroupIds, endpointPrivateAccess, endpointPublicAccess } = inputs.vpcConfig;
  const { vpcs, zones } = placementOf(account, subnetIds);
  if (vpcs.length > 1) throw refuse("Subnets must all be in the same VPC");
  if (zones.length < 2) throw refuse("Subnets specified must be in at least two different AZs");
  const stray = strayGroup(account, securityGroupIds, vpcs[0]);
  if (stray !== undefined) {
    throw refuse(`Security group(s) [${stray.groupId}] are not in the same VPC as the subnets`);
  }
  if (endpointPrivateAccess !== true && endpointPublicAccess === false) {
    throw refuse("Private and public endpoint access cannot be false");
  }
}

/** Zones, by their ids, where no control plane can lie: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html#network-requirements-subnets */
const closedZones: readonly string[] = ["use1-az3", "usw1-az2", "cac1-az3"];

function refuseZones({ inputs, account, region }: Context<Inputs>): void {
  const open = zonesOf(region).filter(({ id }) => !closedZones.includes(id));
  const { zones } = placementOf(account, inputs.vpcConfig.subnetIds);
  const closed = zones.find((zone) => !open.some(({ name }) => name === zone));
  if (closed === undefined) return;
  throw new Refusal(
    "UnsupportedAvailabilityZoneException",
    `Cannot create cluster '${inputs.name ?? ""}' because ${closed}, the targeted availability zone, does not currently have sufficient capacity to support the cluster. Retry and choose from these availability zones: ${open.map(({ name }) => name).join(", ")}`,
  );
}

/** https://docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html */
function refuseRole({ inputs, account }: Context<Inputs>): void {
  const role = roleOf(account, inputs.roleArn);
  if (role === undefined || trusts(role, "eks.amazonaws.com")) return;
  throw refuse(toClusterRole.missing.message.replace("{value}", inputs.roleArn));
}

/** The config map is left for entries in two steps, and there is no way back: https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html */
const modes: readonly string[] = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];

function refuseMode({ inputs }: Context<Inputs>, before: Stored | undefined): void {
  const from = text(at(before?.state, "accessConfig.authenticationMode"));
  const to = inputs.accessConfig?.authenticationMode;
  if (from === undefined || to === undefined) return;
  if ([0, 1].includes(modes.indexOf(to) - modes.indexOf(from))) return;
  throw refuse(`Unsupported authentication mode update from ${from} to ${to}`);
}

/** The parts of Auto Mode come together, as the provider says in its plan: https://docs.aws.amazon.com/eks/latest/userguide/automode.html */
function refusePartsOfAutoMode({ inputs }: Context<Inputs>): void {
  const parts = [
    "computeConfig.enabled",
    "kubernetesNetworkConfig.elasticLoadBalancing.enabled",
    "storageConfig.blockStorage.enabled",
  ].map((path) => at(inputs, path) === true);
  if (new Set(parts).size === 1) return;
  throw refuse(
    "compute_config.enabled, kubernetes_networking_config.elastic_load_balancing.enabled, and storage_config.block_storage.enabled must all be set to either true or false",
  );
}

/** One minor version at a time, and never back: https://docs.aws.amazon.com/eks/latest/userguide/update-cluster.html */
function refuseVersion({ inputs }: Context<Inputs>, before: Stored | undefined): void {
  const version = inputs.version ?? newestVersion;
  if (!isOffered(version)) throw refuse(`unsupported Kubernetes version ${version}`);
  const old = text(before?.state.version);
  const step = minorOf(version) - minorOf(old ?? version);
  if (step < 0 || step > 1) {
    throw refuse(`Unsupported Kubernetes minor version update from ${old ?? ""} to ${version}`);
  }
}

/** The group that control plane and nodes share: https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html */
function securityGroupOf({ id, hex, account, accountId, region, inputs }: Cluster): Made {
  const groupId = `sg-0${hex(16, "securityGroup")}`;
  const [vpcId = ""] = placementOf(account, inputs.vpcConfig.subnetIds).vpcs;
  const arn = `arn:aws:ec2:${region}:${accountId}:security-group/${groupId}`;
  return {
    token: "aws:ec2/securityGroup:SecurityGroup",
    id: groupId,
    keys: [arn],
    holds: [addressOf({ scope: region, token: vpcToken, id: vpcId })],
    state: {
      arn,
      name: `eks-cluster-sg-${id}-${Number.parseInt(hex(8, "number"), 16)}`,
      description:
        "EKS created security group applied to ENI that is attached to EKS Control Plane master nodes, as well as any managed workloads.",
      ownerId: accountId,
      region,
      vpcId,
      tags: { [`kubernetes.io/cluster/${id}`]: "owned" },
    },
  };
}

/** https://docs.aws.amazon.com/eks/latest/userguide/control-plane-logs.html: EKS writes to the group that is there, and leaves it there. */
function logGroupOf({ id, accountId, region }: Cluster): Made {
  const name = `/aws/eks/${id}/cluster`;
  const arn = `arn:aws:logs:${region}:${accountId}:log-group:${name}`;
  const state = { name, arn, region, retentionInDays: 0 };
  return { token: "aws:cloudwatch/logGroup:LogGroup", id: name, keys: [arn], state, stays: true };
}

/** Whoever makes a cluster may administer it, unless it says otherwise: https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html */
function creatorOf(cluster: Cluster): Made {
  const principalArn = `arn:aws:iam::${cluster.accountId}:user/sandbox`;
  const { id: clusterName } = cluster;
  return {
    token: accessEntryToken,
    id: `${clusterName}:${principalArn}`,
    state: {
      clusterName,
      principalArn,
      accessEntryArn: entryArn(cluster, clusterName, principalArn),
      type: "STANDARD",
    },
  };
}

function madeFor(cluster: Cluster): readonly Made[] {
  const { accessConfig, enabledClusterLogTypes = [] } = cluster.inputs;
  const entries = accessConfig?.authenticationMode ?? "CONFIG_MAP";
  const administered = accessConfig?.bootstrapClusterCreatorAdminPermissions !== false;
  return [
    securityGroupOf(cluster),
    ...(enabledClusterLogTypes.length > 0 ? [logGroupOf(cluster)] : []),
    ...(entries !== "CONFIG_MAP" && administered ? [creatorOf(cluster)] : []),
  ];
}

function networkOf({ account, inputs }: Cluster) {
  const [vpcId = ""] = placementOf(account, inputs.vpcConfig.subnetIds).vpcs;
  const vpc = blockOf(text(account.find(vpcToken, vpcId)?.state.cidrBlock) ?? "");
  const preferred = blockOf("172.20.0.0/16");
  const clash = vpc !== undefined && preferred !== undefined && overlap(vpc, preferred);
  return {
    vpcId,
    serviceIpv4Cidr: clash ? "10.100.0.0/16" : "172.20.0.0/16",
  };
}

/** Not a certificate that anything could be checked with: nothing in the sandbox is reached over TLS. */
function authorityOf(name: string): string {
  const pem = `-----BEGIN CERTIFICATE-----\nsandbox certificate authority of ${name}\n-----END CERTIFICATE-----\n`;
  return Buffer.from(pem).toString("base64");
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html */
const cluster = behaviour<eks.ClusterArgs, eks.ClusterState>(clusterToken, {
  autoname: { property: "name", max: 100 },
  references: {
    roleArn: toClusterRole,
    "vpcConfig.subnetIds[]": toEksSubnet,
    "vpcConfig.securityGroupIds[]": toSecurityGroup,
    "encryptionConfig.provider.keyArn": toKey("InvalidParameterException", "The key {value} does not exist"),
  },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: (made) => {
    const { id, accountId, region, hex, inputs, created } = made;
    const { vpcId, serviceIpv4Cidr } = networkOf(made);
    const unique = hex(32, "endpoint").toUpperCase();
    return {
      accessConfig: { authenticationMode: "CONFIG_MAP", bootstrapClusterCreatorAdminPermissions: true },
      arn: `arn:aws:eks:${region}:${accountId}:cluster/${id}`,
      certificateAuthority: { data: authorityOf(id) },
      clusterId: ABSENT,
      createdAt: created,
      endpoint: `https://${unique}.gr7.${region}.eks.amazonaws.com`,
      identities: [{ oidcs: [{ issuer: `https://oidc.eks.${region}.amazonaws.com/id/${unique}` }] }],
      kubernetesNetworkConfig: {
        elasticLoadBalancing: { enabled: false },
        ipFamily: "ipv4",
        serviceIpv4Cidr,
      },
      name: id,
      platformVersion: "eks.1",
      status: "ACTIVE",
      upgradePolicy: { supportType: "EXTENDED" },
      version: newestVersion,
      vpcConfig: {
        ...inputs.vpcConfig,
        clusterSecurityGroupId: securityGroupOf(made).id,
        publicAccessCidrs: inputs.vpcConfig.publicAccessCidrs ?? ["0.0.0.0/0"],
        vpcId,
      },
    };
  },
  keys: (state) => [state.arn],
  refuses: (context, before) => {
    const { inputs, account } = context;
    const name = inputs.name ?? "";
    refuseTwin(account, clusterToken, name, before, `Cluster already exists with name: ${name}`);
    refusePartsOfAutoMode(context);
    refuseRole(context);
    refusePlace(context);
    refuseZones(context);
    refuseVersion(context, before);
    refuseMode(context, before);
  },
  keeps: ({ state }, holders) => {
    if (state.deletionProtection === true) {
      throw new Refusal(
        "InvalidRequestException",
        "Cannot delete cluster because deletion protection is enabled. Disable deletion protection and try again.",
      );
    }
    if (holders.some(({ token }) => token === nodeGroupToken)) {
      throw new Refusal("ResourceInUseException", "Cluster has nodegroups attached");
    }
  },
  makes: madeFor,
  seconds: { create: 560, update: 120, delete: 180 },
  secondsToChange: { version: 480, encryptionConfig: 900 },
});

/** Kubernetes control planes. */
export const clusters: readonly AnyBehaviour[] = [cluster];
