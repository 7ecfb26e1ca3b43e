import type { Immediate } from "../../answers.ts";
import type { Session } from "../../model.ts";
import type { Connection } from "../api.ts";
import { clusterOf } from "../cluster.ts";
import type { Run } from "../manifests/commands.ts";
import { runHere } from "../manifests/commands.ts";
import { simulatedServer } from "./api-server.ts";

/**
 * Connects to the cluster of the simulated account that a provider's settings lead to. @throws Refusal where there is none
 * @param run runs Helm. @default that of this machine
 */
export function connect(session: Session, run: Run = runHere): Immediate<Connection> {
  const cluster = clusterOf(session);
  return { api: simulatedServer(cluster, run), namespace: cluster.namespace };
}
