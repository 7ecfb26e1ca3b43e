import type { msk } from "@pulumi/aws";
import type { AnyBehaviour } from "./behaviour.ts";
import { endpointsOf } from "./msk-endpoints.ts";
import { placementOf } from "./placement.ts";
import { refined, taken } from "./specification/refined.ts";
import type { RulesFor } from "./specification/refined.ts";
import { uuidOf } from "./uuid.ts";

const clusterToken = "aws:msk/cluster:Cluster";

/** Codes: https://docs.aws.amazon.com/msk/1.0/apireference/clusters.html */
const rules: RulesFor<msk.ClusterArgs> = [
  taken(clusterToken, ({ clusterName }) => clusterName, {
    code: "ConflictException",
    says: "A resource with this name already exists.",
  }),
  {
    when: ({ inputs }) => !/^[A-Za-z0-9-]*$/.test(inputs.clusterName ?? ""),
    code: "BadRequestException",
    says: "The parameter value contains one or more characters that are not valid.",
  },
  {
    when: ({ inputs }) => ![2, 3].includes(inputs.brokerNodeGroupInfo.clientSubnets.length),
    code: "BadRequestException",
    says: "Specify either two or three client subnets.",
  },
  {
    when: ({ inputs, account }) => {
      const { clientSubnets } = inputs.brokerNodeGroupInfo;
      return placementOf(account, clientSubnets).zones.length < clientSubnets.length;
    },
    code: "BadRequestException",
    says: "Each client subnet must be in a different Availability Zone.",
  },
  {
    when: ({ inputs }) => inputs.numberOfBrokerNodes % inputs.brokerNodeGroupInfo.clientSubnets.length !== 0,
    code: "BadRequestException",
    says: "The number of broker nodes must be a multiple of Availability Zones in the Client Subnets parameter.",
  },
  {
    // https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-broker-count.html
    when: ({ inputs, before }) => inputs.numberOfBrokerNodes < Number(before?.state.numberOfBrokerNodes),
    code: "BadRequestException",
    says: "The target broker count must be greater than the current broker count.",
  },
];

/** A cluster of Kafka brokers. */
const cluster = refined<msk.ClusterArgs, msk.ClusterState>(clusterToken, {
  autoname: { property: "clusterName", max: 64 },
  id: ({ inputs, accountId, region, hex }) =>
    `arn:aws:kafka:${region}:${accountId}:cluster/${inputs.clusterName ?? ""}/${uuidOf(hex(32))}-2`,
  outputs: (made) => ({
    arn: made.id,
    clusterUuid: made.id.slice(made.id.lastIndexOf("/") + 1),
    ...endpointsOf(made),
  }),
  keys: (state) => [state.arn, state.clusterName],
  rules,
  // https://docs.aws.amazon.com/msk/latest/developerguide/create-cluster.html
  seconds: { create: 1500, update: 1500, delete: 600 },
});

/** Kafka. */
export const kafkaClusters: readonly AnyBehaviour[] = [cluster];
