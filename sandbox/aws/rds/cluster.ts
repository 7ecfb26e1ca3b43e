import type { rds } from "@pulumi/aws";
import { hexOf, list, text } from "../../values.ts";
import type { AnyBehaviour, Plain, Reference } from "../behaviour.ts";
import { toSecurityGroup } from "../ec2/references.ts";
import { placementOf, strayGroup } from "../placement.ts";
import { quotaOf } from "../quotas.ts";
import { refined, taken } from "../specification/refined.ts";
import type { Request, RulesFor } from "../specification/refined.ts";
import { keepCluster, snapshotOf } from "./cluster-deletion.ts";
import { clusterFeatureRules } from "./cluster-features.ts";
import { clusterReleaseOf, isAurora } from "./cluster-engines.ts";
import { clusterParameterGroupToken, clusterSnapshotToken, clusterToken } from "./cluster-references.ts";
import { masterSecretMade, masterUserSecrets } from "./master-secret.ts";
import { subnetGroupToken, toRdsKey, toSubnetGroup } from "./references.ts";

type Asked = Request<Plain<rds.ClusterArgs>>;

const combination = "InvalidParameterCombination";

const toClusterParameterGroup: Reference = {
  to: clusterParameterGroupToken,
  missing: {
    code: "DBClusterParameterGroupNotFound",
    message: "DBClusterParameterGroup not found: {value}",
  },
  foreign: /^default\./,
};

/** True where user and data come from elsewhere. */
function isCopy({ inputs }: Asked): boolean {
  const { snapshotIdentifier, restoreToPointInTime, replicationSourceIdentifier, s3Import } = inputs;
  const elsewhere = [
    snapshotIdentifier,
    restoreToPointInTime,
    replicationSourceIdentifier,
    s3Import,
    inputs.globalClusterIdentifier,
  ];
  return elsewhere.some((one) => one !== undefined);
}

function familyOf({ account, inputs, region }: Asked): string | undefined {
  const group = account.find(clusterParameterGroupToken, inputs.dbClusterParameterGroupName ?? "", region);
  return text(group?.state.family);
}

function vpcOf({ account, inputs, region }: Asked): string | undefined {
  return text(account.find(subnetGroupToken, inputs.dbSubnetGroupName ?? "", region)?.state.vpcId);
}

function strayOf(asked: Asked): ReturnType<typeof strayGroup> {
  const vpcId = vpcOf(asked);
  return vpcId === undefined ? undefined : strayGroup(asked.account, asked.inputs.vpcSecurityGroupIds, vpcId);
}

/** Major version of Aurora or of a cluster of RDS: `15` of `15.4`, `8.0` of `8.0.mysql_aurora.3.04.0`. */
function majorOf(version: string): string {
  return version.includes("mysql_aurora") || version.startsWith("8.")
    ? version.slice(0, 3)
    : (version.split(".")[0] ?? "");
}

/** Whether a whole version comes before another one of the same engine. */
function isOlder(wanted: string | undefined, old: string | undefined): boolean {
  const isWhole = wanted?.split(".").length === old?.split(".").length;
  if (wanted === undefined || old === undefined || !isWhole) return false;
  return wanted.localeCompare(old, "en", { numeric: true }) < 0;
}

function isNewMajor({ inputs, before }: Asked): boolean {
  const old = text(before?.state.engineVersionActual);
  const wanted = inputs.engineVersion;
  return old !== undefined && wanted !== undefined && majorOf(old) !== majorOf(wanted);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBCluster.html */
const rules: RulesFor<rds.ClusterArgs> = [
  taken(clusterToken, ({ clusterIdentifier }) => clusterIdentifier, {
    code: "DBClusterAlreadyExistsFault",
    says: "DB Cluster already exists",
  }),
  {
    when: ({ account, region, before }) =>
      before === undefined &&
      account.all(clusterToken, region).length >= quotaOf(account, region, "rds/clusters"),
    code: "DBClusterQuotaExceededFault",
    says: "Cannot create more DB clusters: the quota of the region is reached.",
  },
  {
    when: (asked) => !isCopy(asked) && asked.inputs.masterUsername === undefined,
    code: combination,
    says: "The parameter MasterUsername must be provided and must not be blank.",
  },
  {
    when: (asked) =>
      !isCopy(asked) &&
      asked.inputs.manageMasterUserPassword !== true &&
      (asked.inputs.masterPassword ?? asked.inputs.masterPasswordWo) === undefined,
    code: combination,
    says: "The parameter MasterUserPassword must be provided and must not be blank.",
  },
  {
    when: ({ inputs }) => clusterReleaseOf(inputs.engine, inputs.engineVersion) === undefined,
    code: combination,
    says: ({ inputs }) => `Cannot find version ${inputs.engineVersion ?? ""} for ${inputs.engine}`,
  },
  {
    // Only clusters of Multi-AZ instances have instances of their own making.
    when: ({ inputs }) => inputs.dbClusterInstanceClass !== undefined && isAurora(inputs.engine),
    code: combination,
    says: ({ inputs }) => `DBClusterInstanceClass isn't supported for DB engine ${inputs.engine}.`,
  },
  {
    when: ({ inputs, before }) => isOlder(inputs.engineVersion, text(before?.state.engineVersionActual)),
    code: combination,
    says: ({ inputs, before }) =>
      `Cannot upgrade ${inputs.engine} from ${text(before?.state.engineVersionActual) ?? ""} to ${inputs.engineVersion ?? ""}`,
  },
  {
    when: (asked) => isNewMajor(asked) && asked.inputs.allowMajorVersionUpgrade !== true,
    code: combination,
    says: "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
  },
  {
    when: (asked) => {
      const family = familyOf(asked);
      const { engine, engineVersion } = asked.inputs;
      return family !== undefined && family !== clusterReleaseOf(engine, engineVersion)?.family;
    },
    code: combination,
    says: (asked) =>
      `The parameter group ${asked.inputs.dbClusterParameterGroupName ?? ""} with DBParameterGroupFamily ${familyOf(asked) ?? ""} can't be used for this instance. Use a parameter group with DBParameterGroupFamily ${clusterReleaseOf(asked.inputs.engine, asked.inputs.engineVersion)?.family ?? ""}.`,
  },
  ...clusterFeatureRules,
  {
    when: (asked) => strayOf(asked) !== undefined,
    code: combination,
    says: (asked) =>
      `The DB instance and EC2 security group are in different VPCs. The DB instance is in ${vpcOf(asked) ?? ""} and the EC2 security group is in ${strayOf(asked)?.vpcId ?? ""}`,
  },
];

/** How cluster and provider speak of a deletion. */
const wording = {
  snapshotToken: clusterSnapshotToken,
  unnamed: "RDS Cluster final_snapshot_identifier is required when skip_final_snapshot is false",
};

/** The engine as it was chosen. */
function engineIn({ engine, engineVersion }: Plain<rds.ClusterArgs>) {
  const { version, family, port } = clusterReleaseOf(engine, engineVersion) ?? noRelease;
  return {
    dbClusterParameterGroupName: `default.${family}`,
    engineVersion: version,
    engineVersionActual: version,
    port,
    storageType: isAurora(engine) ? "" : "io1",
  };
}

const noRelease = { version: "", family: "", port: 0 } as const;

/** https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.html */
const cluster = refined<rds.ClusterArgs, rds.ClusterState>(clusterToken, {
  autoname: { property: "clusterIdentifier", max: 63, lower: true },
  references: {
    dbSubnetGroupName: toSubnetGroup,
    dbClusterParameterGroupName: toClusterParameterGroup,
    "vpcSecurityGroupIds[]": toSecurityGroup,
    kmsKeyId: toRdsKey,
    masterUserSecretKmsKeyId: toRdsKey,
  },
  id: ({ inputs, hex }) =>
    inputs.clusterIdentifier ?? `${inputs.clusterIdentifierPrefix ?? ""}${hex(26, "identifier")}`,
  outputs: (made) => {
    const { id, inputs, account, accountId, region, hex } = made;
    const host = `c${hexOf(`rds/${accountId}/${region}`, 11)}.${region}.rds.amazonaws.com`;
    const group = account.find(subnetGroupToken, inputs.dbSubnetGroupName ?? "", region);
    return {
      ...engineIn(inputs),
      arn: `arn:aws:rds:${region}:${accountId}:cluster:${id}`,
      availabilityZones: [...placementOf(account, list(group?.state.subnetIds).map(String)).zones],
      backupRetentionPeriod: 1,
      clusterIdentifier: id,
      clusterMembers: [],
      clusterResourceId: `cluster-${hex(26, "resource").toUpperCase()}`,
      endpoint: `${id}.cluster-${host}`,
      hostedZoneId: `Z${hexOf(`rds/${region}`, 13).toUpperCase()}`,
      masterUserSecrets: masterUserSecrets("cluster", made),
      readerEndpoint: `${id}.cluster-ro-${host}`,
    };
  },
  keys: (state) => [state.arn, state.clusterResourceId],
  rules,
  keeps: (thing, holders, account) => {
    keepCluster(thing, holders, account, wording);
  },
  makes: (made) => masterSecretMade("cluster", made),
  leaves: (thing) => snapshotOf(thing, clusterSnapshotToken),
  seconds: { create: 90, update: 60, delete: 120 },
  // Three instances and their storage are made with it.
  secondsToCreate: ({ dbClusterInstanceClass }) => (dbClusterInstanceClass === undefined ? undefined : 900),
});

/** Databases of several instances. */
export const databaseClusters: readonly AnyBehaviour[] = [cluster];
