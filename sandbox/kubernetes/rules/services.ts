import type { CheckFailure } from "../../model.ts";
import { UNKNOWN, isRecord, list, text } from "../../values.ts";
import {
  dnsSubdomain,
  duplicate,
  forbidden,
  formatted,
  invalid,
  ipAddress,
  isKnown,
  isMissing,
  numberOf,
  oneOf,
  peek,
  portName,
  portNumber,
  repeated,
  required,
} from "../server/validation.ts";
import { labelFailures } from "./metadata.ts";

const serviceTypes = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];

/** Rules of a Service: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go */
export function serviceFailures(inputs: unknown): readonly CheckFailure[] {
  const spec = peek(inputs, "spec");
  const type = peek(spec, "type") ?? "ClusterIP";
  const ports = peek(spec, "ports");
  const needsPorts = type !== "ExternalName" && peek(spec, "clusterIP") !== "None";
  return [
    ...oneOf("spec.type", type, serviceTypes),
    ...externalNameFailures(type, peek(spec, "externalName")),
    ...(needsPorts && (isMissing(ports) || isEmpty(ports)) ? [required("spec.ports")] : []),
    ...list(ports).flatMap((port, index) =>
      portFailures(`spec.ports[${index}]`, port, { type, isOneOfSeveral: list(ports).length > 1 }),
    ),
    ...repeated(
      list(ports).map((port) => text(peek(port, "name"))),
      (index) => `spec.ports[${index}].name`,
    ),
    ...samePorts(list(ports)),
    ...addressFailures(type, peek(spec, "clusterIP")),
    ...exposureFailures(type, spec),
    ...labelFailures("spec.selector", peek(spec, "selector")),
  ];
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function externalNameFailures(type: unknown, name: unknown): readonly CheckFailure[] {
  if (type !== "ExternalName") return [];
  if (isMissing(name)) return [required("spec.externalName")];
  return formatted(
    "spec.externalName",
    typeof name === "string" ? name.replace(/\.$/, "") : name,
    dnsSubdomain,
  );
}

/** What a port is of. */
interface Of {
  readonly type: unknown;
  readonly isOneOfSeveral: boolean;
}

function portFailures(path: string, port: unknown, { type, isOneOfSeveral }: Of): readonly CheckFailure[] {
  if (!isRecord(port)) return [];
  return [
    ...(isOneOfSeveral && isMissing(port.name) ? [required(`${path}.name`)] : []),
    ...(isMissing(port.port) ? [required(`${path}.port`)] : []),
    ...portNumber(`${path}.port`, port.port),
    ...portNumber(`${path}.targetPort`, port.targetPort),
    ...formatted(`${path}.targetPort`, port.targetPort, portName),
    ...oneOf(`${path}.protocol`, port.protocol, ["SCTP", "TCP", "UDP"]),
    ...nodePortFailures(`${path}.nodePort`, type, numberOf(port.nodePort) ?? 0),
  ];
}

/** https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport */
function nodePortFailures(path: string, type: unknown, port: number): readonly CheckFailure[] {
  if (port === 0 || type === UNKNOWN) return [];
  if (type === "ClusterIP") return [forbidden(path, "may not be used when `type` is 'ClusterIP'")];
  if (port >= 30000 && port <= 32767) return [];
  const words = "provided port is not in the valid range. The range of valid ports is 30000-32767";
  return [invalid(path, port, words)];
}

function samePorts(ports: readonly unknown[]): readonly CheckFailure[] {
  const known = ports.map((port) => {
    const number = numberOf(peek(port, "port"));
    return number === undefined
      ? undefined
      : { protocol: text(peek(port, "protocol")) ?? "TCP", port: number };
  });
  const keys = known.map((key) => key && JSON.stringify(key));
  return known.flatMap((key, index) =>
    key !== undefined && keys.indexOf(keys[index]) < index ? [duplicate(`spec.ports[${index}]`, key)] : [],
  );
}

function addressFailures(type: unknown, address: unknown): readonly CheckFailure[] {
  if (address !== "None")
    return formatted("spec.clusterIPs[0]", address === "" ? undefined : address, ipAddress);
  if (type !== "NodePort" && type !== "LoadBalancer") return [];
  return [invalid("spec.clusterIPs[0]", address, `may not be set to 'None' for ${type} services`)];
}

/** What only Services have that are reached from outside. */
function exposureFailures(type: unknown, spec: unknown): readonly CheckFailure[] {
  const policy = peek(spec, "externalTrafficPolicy");
  const ranges = peek(spec, "loadBalancerSourceRanges");
  const path = "spec.externalTrafficPolicy";
  return [
    ...(type === UNKNOWN || type === "LoadBalancer" || list(ranges).length === 0
      ? []
      : [forbidden("spec.LoadBalancerSourceRanges", "may only be used when `type` is 'LoadBalancer'")]),
    ...(isInside(type, spec) && isKnown(policy) && !isMissing(policy)
      ? [invalid(path, policy, "may only be set for externally-accessible services")]
      : []),
  ];
}

function isInside(type: unknown, spec: unknown): boolean {
  return (type === "ClusterIP" || type === "ExternalName") && isMissing(peek(spec, "externalIPs"));
}
