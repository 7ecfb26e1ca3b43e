import type { Properties } from "../model.ts";
import type { ClusterAccess } from "./cluster-access.ts";
import type { VpcCni } from "./cluster-addons.ts";
import type { NodeIdentity } from "./cluster-nodes.ts";
import type { ClusterSecurity } from "./cluster-security.ts";
import type { Key } from "./plan.ts";
import type { ServiceRole } from "./service-role.ts";

/** What a cluster is made from, and its nodes and outputs after it. */
export interface ClusterParts {
  readonly args: Properties;
  readonly cluster: Key;
  readonly kubernetes: Key;
  readonly roles: {
    /** Absent where the program brings it. */
    readonly own: ServiceRole | undefined;
    /** That of nodes which EKS starts by itself. */
    readonly ofNodes: ServiceRole | undefined;
  };
  readonly security: ClusterSecurity;
  readonly identity: NodeIdentity;
  readonly access: ClusterAccess;
  readonly cni: VpcCni | undefined;
}
