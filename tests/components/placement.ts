import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

import type { Clients, NetworkPlacement } from "../../components/contracts.ts";
import { Network } from "../../components/network/network.ts";
import { networkWith } from "./network/settings.ts";

/** A network to put things into, and clients in it. */
export interface Neighbourhood extends NetworkPlacement {
  /** Security groups of these names, as a component takes its clients. */
  readonly clientsNamed: (names: readonly string[]) => Clients;
}

/** Makes a network with the smallest settings, for components that need one. Call it inside `run`. */
export function placement(): Neighbourhood {
  const network = new Network(
    "neighbour",
    networkWith({ flowLogs: { traffic: "none", retentionDays: 7, protect: false } }),
  );
  const group = (name: string): pulumi.Output<string> =>
    new aws.ec2.SecurityGroup(name, { vpcId: network.vpcId, description: name }).id;

  return Object.assign(network, {
    clientsNamed: (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, group(name)])),
  });
}
