import type { msk } from "@pulumi/aws";
import { list } from "../values.ts";
import type { Context, Plain } from "./behaviour.ts";

type Asked = Context<Plain<msk.ClusterArgs>>;

function domainOf({ inputs, region, hex }: Asked): string {
  return `${(inputs.clusterName ?? "").toLowerCase()}.${hex(6, "host")}.c2.kafka.${region}.amazonaws.com`;
}

/** Brokers that a client is told to begin with: one in each zone. */
function brokersAt(asked: Asked, port: number, isPublic = false): string {
  const host = domainOf(asked);
  return list(asked.inputs.brokerNodeGroupInfo.clientSubnets)
    .map((_, index) => `b-${index + 1}${isPublic ? "-public" : ""}.${host}:${port}`)
    .join(",");
}

/** By the way of signing in, the ports inside and outside the VPC: https://docs.aws.amazon.com/msk/latest/developerguide/port-info.html */
const ports = {
  plain: { inside: 9092, outside: undefined },
  tls: { inside: 9094, outside: 9194 },
  scram: { inside: 9096, outside: 9196 },
  iam: { inside: 9098, outside: 9198 },
} as const;

type Way = keyof typeof ports;

type Inputs = Asked["inputs"];

/** Who asks for no way of signing in lets everybody in: https://docs.aws.amazon.com/msk/1.0/apireference/clusters.html */
function isOpen({ clientAuthentication: { sasl, tls, unauthenticated } = {} }: Inputs): boolean {
  return unauthenticated ?? (sasl?.iam !== true && sasl?.scram !== true && tls === undefined);
}

function transitOf({ encryptionInfo }: Inputs): string {
  return encryptionInfo?.encryptionInTransit?.clientBroker ?? "TLS";
}

/** Which ways are there for a cluster. */
const isThere: Readonly<Record<Way, (inputs: Inputs) => boolean>> = {
  plain: (inputs) => isOpen(inputs) && transitOf(inputs) !== "TLS",
  tls: (inputs) =>
    transitOf(inputs) !== "PLAINTEXT" && (isOpen(inputs) || inputs.clientAuthentication?.tls !== undefined),
  scram: ({ clientAuthentication }) => clientAuthentication?.sasl?.scram === true,
  iam: ({ clientAuthentication }) => clientAuthentication?.sasl?.iam === true,
};

/** What clients connect to: the empty string for ways that are not open. */
export function endpointsOf(asked: Asked): Readonly<Record<string, string>> {
  const { connectivityInfo } = asked.inputs.brokerNodeGroupInfo;
  const isPublic = connectivityInfo?.publicAccess?.type === "SERVICE_PROVIDED_EIPS";
  const inside = (way: Way): string =>
    isThere[way](asked.inputs) ? brokersAt(asked, ports[way].inside) : "";
  const outside = (way: Exclude<Way, "plain">): string =>
    isPublic && isThere[way](asked.inputs) ? brokersAt(asked, ports[way].outside, true) : "";
  return {
    bootstrapBrokers: inside("plain"),
    bootstrapBrokersIpv6: "",
    bootstrapBrokersPublicSaslIam: outside("iam"),
    bootstrapBrokersPublicSaslScram: outside("scram"),
    bootstrapBrokersPublicTls: outside("tls"),
    bootstrapBrokersSaslIam: inside("iam"),
    bootstrapBrokersSaslIamIpv6: "",
    bootstrapBrokersSaslScram: inside("scram"),
    bootstrapBrokersSaslScramIpv6: "",
    bootstrapBrokersTls: inside("tls"),
    bootstrapBrokersTlsIpv6: "",
    bootstrapBrokersVpcConnectivitySaslIam: "",
    bootstrapBrokersVpcConnectivitySaslScram: "",
    bootstrapBrokersVpcConnectivityTls: "",
    ...zookeeperOf(asked),
  };
}

/** A cluster that elects its controllers itself has none: https://docs.aws.amazon.com/msk/latest/developerguide/metadata-management.html */
function zookeeperOf(asked: Asked) {
  if (asked.inputs.kafkaVersion.endsWith("kraft"))
    return { zookeeperConnectString: "", zookeeperConnectStringTls: "" };
  const host = domainOf(asked);
  const nodes = (port: number): string => [1, 2, 3].map((node) => `z-${node}.${host}:${port}`).join(",");
  return { zookeeperConnectString: nodes(2181), zookeeperConnectStringTls: nodes(2182) };
}
