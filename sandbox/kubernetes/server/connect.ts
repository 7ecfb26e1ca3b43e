import type { Immediate } from "../../answers.ts";
import type { Session } from "../../model.ts";
import type { Connection } from "../api.ts";
import { clusterOf } from "../cluster.ts";
import { simulatedServer } from "./api-server.ts";

/** Connects to the cluster of the simulated account that a provider's settings lead to. @throws Refusal where there is none */
export function connect(session: Session): Immediate<Connection> {
  const cluster = clusterOf(session);
  return { api: simulatedServer(cluster), namespace: cluster.namespace };
}
