import type { elasticache } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { Stored } from "../../model.ts";
import { text } from "../../values.ts";
import type { AnyBehaviour, Existing, Made } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { toSecurityGroup } from "../ec2/references.ts";
import { refuseFirst } from "../refuse-first.ts";
import {
  groupToken,
  snapshotToken,
  toCacheKey,
  toLogDestination,
  toParameterGroup,
  toSubnetGroup,
  toUserGroup,
} from "./references.ts";
import { replicationGroupRules, requestOf } from "./refusals.ts";
import { endpointsOf, membersOf, topologyOf } from "./topology.ts";
import type { Inputs } from "./topology.ts";

function snapshotOf({ state, id }: Stored): readonly Made[] {
  const snapshot = text(state.finalSnapshotIdentifier);
  if (snapshot === undefined) return [];
  return [{ token: snapshotToken, id: snapshot, state: { snapshotName: snapshot, replicationGroupId: id } }];
}

function describeNodes(group: Existing<Inputs>) {
  const { id, inputs } = group;
  const topology = topologyOf(group);
  const encrypted = inputs.transitEncryptionEnabled === true;
  const { configuration, primary, reader } = endpointsOf(group, id, topology.clustered, encrypted);
  const members = membersOf(id, topology);
  return {
    clusterEnabled: topology.clustered,
    clusterMode: topology.clustered ? "enabled" : "disabled",
    configurationEndpointAddress: configuration ?? ABSENT,
    memberClusters: members,
    numCacheClusters: members.length,
    numNodeGroups: topology.shards,
    primaryEndpointAddress: primary ?? ABSENT,
    readerEndpointAddress: reader ?? ABSENT,
    replicasPerNodeGroup: topology.replicas,
    transitEncryptionEnabled: false,
    ...(encrypted && { transitEncryptionMode: "required" }),
  } as const;
}

/** What it runs, and when it is looked after. */
function describeGroup(group: Existing<Inputs>) {
  const { id, accountId, region } = group;
  const { engine, release, topology } = requestOf(group, undefined);
  const family = `default.${release?.family ?? ""}`;
  return {
    arn: `arn:aws:elasticache:${region}:${accountId}:replicationgroup:${id}`,
    atRestEncryptionEnabled: engine === "valkey",
    autoMinorVersionUpgrade: true,
    dataTieringEnabled: false,
    engineVersion: release?.version ?? "",
    engineVersionActual: release?.full ?? "",
    ipDiscovery: "ipv4",
    maintenanceWindow: "sun:04:00-sun:05:00",
    networkType: "ipv4",
    parameterGroupName: topology.clustered ? `${family}.cluster.on` : family,
    securityGroupIds: [],
    snapshotWindow: "02:00-03:00",
  };
}

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/APIReference/API_CreateReplicationGroup.html */
const replicationGroup = behaviour<elasticache.ReplicationGroupArgs, elasticache.ReplicationGroupState>(
  groupToken,
  {
    autoname: { property: "replicationGroupId", max: 40, lower: true },
    defaults: {
      engine: { value: "redis", because: "the provider asks for Redis where no engine is named" },
    },
    references: {
      subnetGroupName: toSubnetGroup,
      parameterGroupName: toParameterGroup,
      "securityGroupIds[]": toSecurityGroup,
      kmsKeyId: toCacheKey,
      "userGroupIds[]": toUserGroup,
      "logDeliveryConfigurations[].destination": toLogDestination,
    },
    id: ({ inputs, name: logical }) => inputs.replicationGroupId ?? logical,
    outputs: (group) => ({ ...describeNodes(group), ...describeGroup(group) }),
    keys: (state) => [state.arn],
    refuses: (context, before) => {
      refuseFirst(replicationGroupRules, requestOf(context, before));
    },
    keeps: ({ state, scope }, _, account) => {
      const snapshot = text(state.finalSnapshotIdentifier);
      if (snapshot === undefined || account.find(snapshotToken, snapshot, scope) === undefined) return;
      throw new Refusal("SnapshotAlreadyExistsFault", `Snapshot with name ${snapshot} already exists.`);
    },
    leaves: snapshotOf,
    settles: ["memberClusters"],
    seconds: { create: 720, update: 180, delete: 420 },
    // Nodes are made, or all of them anew.
    secondsToChange: {
      engineVersion: 900,
      nodeType: 900,
      numCacheClusters: 600,
      numNodeGroups: 900,
      replicasPerNodeGroup: 600,
      transitEncryptionMode: 600,
    },
  },
);

/** Caches of one or more nodes. */
export const replicationGroups: readonly AnyBehaviour[] = [replicationGroup];
