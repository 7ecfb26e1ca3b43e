import { defineStack } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import type { Graph, Node } from "../../kernel/graph.ts";
import { has } from "../../kernel/read.ts";
import { familyOf } from "../../reading/databases.ts";
import { portsOf } from "../../reading/firewall.ts";
import { groupsOf, openingsOf } from "../../reading/security-groups.ts";

/** Ports the engines listen on where none is given (Amazon RDS user guide, "Settings for DB instances"). */
const ports = { postgres: 5432, mysql: 3306, mariadb: 3306 } as const;

interface Listening {
  readonly port?: number | undefined;
  readonly engine?: string | undefined;
}

/** The port of a database; undefined where the engine is none that is known here, and any opening counts. */
function portOf({ port, engine }: Listening): number | undefined {
  const family = familyOf(engine);
  return port ?? (family && ports[family]);
}

function judge(db: Node<Listening>, graph: Graph): Findings {
  if (!has(db.props, "vpcSecurityGroupIds"))
    return "vpcSecurityGroupIds is not set, so the network's default group decides who gets in: name a group.";
  const port = portOf(db.props);
  return groupsOf(db, graph, "vpcSecurityGroupIds")
    .flatMap((group) => openingsOf(group, graph))
    .filter(({ from, to }) => port === undefined || (from <= port && port <= to))
    .flatMap((opening) =>
      opening.cidrs.map(
        (cidr) =>
          `security group ${opening.group} opens ${portsOf(opening)} to ${cidr}: let in the clients' security groups instead.`,
      ),
    );
}

export const rdsIngressFromSgOnly = defineStack({
  name: "rds-ingress-from-sg-only",
  description: "Who may connect to a database is said by security groups, not by addresses.",
  severity: "high",
  controls: { fsbp: ["EC2.18", "EC2.19"] },
  remediation: "Name the clients in the Database component, which opens its port to their groups.",
  checks: { "aws:rds/instance:Instance": [judge], "aws:rds/cluster:Cluster": [judge] },
});
