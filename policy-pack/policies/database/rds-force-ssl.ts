import { defineStack } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { Undecided } from "../../kernel/findings.ts";
import type { Graph, Node } from "../../kernel/graph.ts";
import { has, items, text } from "../../kernel/read.ts";
import { familyOf, isReplica } from "../../reading/databases.ts";

/** The parameter by which an engine refuses connections without TLS (Amazon RDS user guide, "Using SSL/TLS to encrypt a connection"). */
const switches = {
  postgres: "rds.force_ssl",
  mysql: "require_secure_transport",
  mariadb: "require_secure_transport",
} as const;

interface Parameters {
  readonly family?: string | undefined;
  readonly parameters?: readonly { readonly name: string; readonly value: string }[] | undefined;
}

/** RDS for PostgreSQL forces TLS by itself from version 15 on (user guide, "Using SSL with a PostgreSQL DB instance"). */
function forcesByItself(family: string): boolean {
  return Number(/^postgres(\d+)/.exec(family)?.[1] ?? 0) >= 15;
}

function isOn(value: string | undefined, family: string): boolean {
  return value === undefined ? forcesByItself(family) : ["1", "on"].includes(text(value).toLowerCase());
}

function judge({ family = "", parameters }: Parameters): Findings {
  const engine = familyOf(family);
  const name = engine && switches[engine];
  if (name === undefined) return undefined;
  const value = items(parameters).find((parameter) => parameter.name === name)?.value;
  return (
    !isOn(value, family) &&
    `${name} is ${value ?? "not set"} in its parameters: set it to 1, or passwords and data may cross the network in the clear.`
  );
}

interface Database {
  readonly engine?: string | undefined;
  readonly engineVersion?: string | undefined;
}

/** What holds without a group: the parameters that come with the engine's version. */
function judgeDefault({ engine = "", engineVersion = "" }: Database): Findings {
  return judge({ family: `${engine}${engineVersion}` });
}

type GroupType =
  "aws:rds/parameterGroup:ParameterGroup" | "aws:rds/clusterParameterGroup:ClusterParameterGroup";

function judgeGroup(
  db: Node<Database>,
  graph: Graph,
  property: "parameterGroupName" | "dbClusterParameterGroupName",
  type: GroupType,
): Findings {
  if (!has(db.props, property)) return judgeDefault(db.props);
  const { nodes, exact } = graph.targets(db, property, type);
  if (!exact) throw new Undecided(property);
  return nodes.length === 0
    ? `${property} names a group of another program, so nothing shows that it forces TLS: manage the group here.`
    : nodes.flatMap(({ props }) => judge(props));
}

export const rdsForceSsl = defineStack({
  name: "rds-force-ssl",
  description: "Databases talk TLS with a certificate that clients trust, or not at all.",
  severity: "high",
  controls: { fsbp: ["RDS.38", "RDS.39"], ckv: ["CKV2_AWS_69", "CKV_AWS_211"] },
  remediation: "Use the Database component, whose parameters force TLS.",
  checks: {
    "aws:rds/instance:Instance": [
      (db, graph) =>
        isReplica(db.props) && !has(db.props, "parameterGroupName")
          ? undefined
          : judgeGroup(db, graph, "parameterGroupName", "aws:rds/parameterGroup:ParameterGroup"),
      ({ props: { caCertIdentifier: authority } }) =>
        authority === "rds-ca-2019" &&
        `caCertIdentifier is ${authority}, which has expired: use rds-ca-rsa2048-g1 or newer.`,
    ],
    "aws:rds/cluster:Cluster": [
      (db, graph) =>
        judgeGroup(
          db,
          graph,
          "dbClusterParameterGroupName",
          "aws:rds/clusterParameterGroup:ClusterParameterGroup",
        ),
    ],
  },
});
