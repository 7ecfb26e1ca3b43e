import type { rds } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { Stored } from "../../model.ts";
import { at, hexOf, text } from "../../values.ts";
import type { AnyBehaviour, Existing, Plain } from "../behaviour.ts";
import { toServiceRole } from "../iam/references.ts";
import { refined, taken } from "../specification/refined.ts";
import type { Request, RulesFor } from "../specification/refined.ts";
import { clusterReleaseOf, hasClass } from "./cluster-engines.ts";
import {
  clusterInstanceToken,
  clusterParameterGroupToken,
  clusterToken,
  toDatabaseCluster,
} from "./cluster-references.ts";
import { complainOfClass } from "./classes.ts";
import { unreachable } from "./public-access.ts";
import { instanceToken, subnetGroupToken, toParameterGroup, toRdsKey } from "./references.ts";

type Asked = Request<Plain<rds.ClusterInstanceArgs>>;

const combination = "InvalidParameterCombination";
const serverless = "db.serverless";

function clusterOf({ account, inputs, region }: Asked): Stored | undefined {
  return account.find(clusterToken, inputs.clusterIdentifier, region);
}

function versionOf(asked: Asked): string {
  return text(clusterOf(asked)?.state.engineVersionActual) ?? "";
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
const rules: RulesFor<rds.ClusterInstanceArgs> = [
  {
    when: ({ inputs, account, region, before }) =>
      before === undefined &&
      [instanceToken, clusterInstanceToken].some(
        (token) => account.find(token, inputs.identifier ?? "", region) !== undefined,
      ),
    code: "DBInstanceAlreadyExists",
    says: "DB instance already exists",
  },
  {
    when: (asked) => clusterOf(asked)?.state.engine !== asked.inputs.engine,
    code: combination,
    says: (asked) =>
      `The engine name requested for your DB instance (${asked.inputs.engine}) doesn't match the engine name of your DB cluster (${text(clusterOf(asked)?.state.engine) ?? ""}).`,
  },
  {
    when: (asked) =>
      asked.inputs.engineVersion !== undefined && !versionOf(asked).startsWith(asked.inputs.engineVersion),
    code: combination,
    says: (asked) =>
      `The engine version that you requested for your DB instance (${asked.inputs.engineVersion ?? ""}) does not match the engine version of your DB cluster (${versionOf(asked)}).`,
  },
  {
    when: ({ inputs }) => !hasClass(inputs.engine, inputs.instanceClass),
    code: combination,
    says: (asked) => {
      const { instanceClass, engine } = asked.inputs;
      const license = engine === "aurora-postgresql" ? "postgresql-license" : "general-public-license";
      return complainOfClass(instanceClass, engine, versionOf(asked), license);
    },
  },
  {
    // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-administration.html
    when: (asked) =>
      asked.inputs.instanceClass === serverless &&
      at(clusterOf(asked)?.state, "serverlessv2ScalingConfiguration") === undefined,
    code: "InvalidDBClusterStateFault",
    says: "Set the Serverless v2 scaling configuration on the parent DB cluster before creating a Serverless v2 DB instance.",
  },
  {
    when: ({ inputs }) => (inputs.monitoringInterval ?? 0) !== 0 && inputs.monitoringRoleArn === undefined,
    code: combination,
    says: "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.",
  },
  {
    when: (asked) => hiddenBy(asked) !== undefined,
    code: "InvalidVPCNetworkStateFault",
    says: (asked) => hiddenBy(asked) ?? "",
  },
];

/** Why nobody would reach it from the internet, although they should. */
function hiddenBy(asked: Asked): string | undefined {
  const { account, region, inputs } = asked;
  const group = text(clusterOf(asked)?.state.dbSubnetGroupName) ?? "";
  const vpcId = text(account.find(subnetGroupToken, group, region)?.state.vpcId);
  return unreachable(account, vpcId, inputs.publiclyAccessible);
}

type Member = Existing<Plain<rds.ClusterInstanceArgs>>;

/** What an instance has from its cluster. */
function inheritedOf({ account, inputs, region }: Member) {
  const cluster = account.find(clusterToken, inputs.clusterIdentifier, region)?.state;
  const version = text(cluster?.engineVersionActual) ?? "";
  return {
    engineVersion: version,
    engineVersionActual: version,
    port: typeof cluster?.port === "number" ? cluster.port : 0,
    storageEncrypted: cluster?.storageEncrypted === true,
  };
}

/** The first of a cluster writes, for as long as it lives. */
function isWriter({ account, inputs, region, id, before }: Member): boolean {
  if (before !== undefined) return before.state.writer === true;
  return account
    .all(clusterInstanceToken, region)
    .every(({ id: other, state }) => other === id || state.clusterIdentifier !== inputs.clusterIdentifier);
}

/** An instance of a cluster: the first one writes, the others read. */
const member = refined<rds.ClusterInstanceArgs, rds.ClusterInstanceState>(clusterInstanceToken, {
  autoname: { property: "identifier", max: 63, lower: true },
  references: {
    clusterIdentifier: toDatabaseCluster,
    dbParameterGroupName: toParameterGroup,
    performanceInsightsKmsKeyId: toRdsKey,
    monitoringRoleArn: toServiceRole(
      "InvalidParameterValue",
      "IAM role ARN value is invalid or does not include the required permissions for: ENHANCED_MONITORING",
    ),
  },
  id: ({ inputs, hex }) => inputs.identifier ?? `${inputs.identifierPrefix ?? ""}${hex(26, "identifier")}`,
  outputs: (made) => ({
    ...inheritedOf(made),
    arn: `arn:aws:rds:${made.region}:${made.accountId}:db:${made.id}`,
    dbiResourceId: `db-${made.hex(26).toUpperCase()}`,
    endpoint: `${made.id}.c${hexOf(`rds/${made.accountId}/${made.region}`, 11)}.${made.region}.rds.amazonaws.com`,
    identifier: made.id,
    writer: isWriter(made),
  }),
  keys: (state) => [state.arn, state.dbiResourceId],
  rules,
  seconds: { create: 420, update: 120, delete: 300 },
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBClusterParameterGroup.html */
const parameterGroup = refined<rds.ClusterParameterGroupArgs, rds.ClusterParameterGroupState>(
  clusterParameterGroupToken,
  {
    autoname: { property: "name", max: 255, lower: true },
    rules: [
      taken(clusterParameterGroupToken, ({ name }) => name, {
        code: "DBParameterGroupAlreadyExists",
        says: ({ inputs }) => `Parameter group ${inputs.name ?? ""} already exists`,
      }),
      {
        when: ({ inputs }) => !isFamily(inputs.family),
        code: "InvalidParameterValue",
        says: ({ inputs }) => `ParameterGroupFamily ${inputs.family} is not a valid parameter group family`,
      },
    ],
    keeps: (_, [holder]) => {
      if (holder === undefined) return;
      throw new Refusal(
        "InvalidDBParameterGroupState",
        "One or more DB clusters are still members of this DB cluster parameter group, so the group cannot be deleted.",
      );
    },
    seconds: { create: 2, update: 2, delete: 1 },
  },
);

/** `aurora-postgresql16`, `postgres17`. */
function isFamily(family: string): boolean {
  const [, engine = "", version] = /^([a-z-]+?)([\d.]+)$/.exec(family) ?? [];
  return clusterReleaseOf(engine, version)?.family === family;
}

/** What belongs to a cluster. */
export const clusterMembers: readonly AnyBehaviour[] = [member, parameterGroup];
