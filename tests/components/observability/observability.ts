import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { ClusterAccess } from "../../../components/contracts.ts";
import { Observability } from "../../../components/observability/observability.ts";
import type { Watched } from "../../../components/observability/watched.ts";
import { run } from "../../support/run.ts";
import type { Run, RunOptions } from "../../support/run.ts";
import { cluster } from "./cluster.ts";
import { given, parsed } from "./settings.ts";

const watched: Watched = {
  database: {
    instanceIds: [pulumi.output("orders"), pulumi.output("orders-replica-1")],
    capacity: { memoryBytes: 16 * 2 ** 30, connections: 1802 },
    storageGb: 100,
  },
  cache: { nodeIds: ["sessions-0001-001", "sessions-0001-002"] },
  network: {
    vpcCidr: "10.0.0.0/16",
    natGatewayCount: 1,
    natGatewayIds: pulumi.output(["nat-0a1b2c3d4e5f60718"]),
  },
};

/** Observability in a cluster that is ready for it. */
export function observability(
  settings: object = given,
  options: RunOptions = {},
): Promise<Run<ClusterAccess>> {
  return run(() => {
    const provider = new aws.Provider("aws", { region: "eu-west-1" });
    const access = cluster(provider);
    new Observability(
      "observability",
      { ...parsed(settings), cluster: access, watched },
      { providers: [provider] },
    );
    return access;
  }, options);
}
