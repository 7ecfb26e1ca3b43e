import type { CheckFailure, Properties } from "../../model.ts";
import { at, isRecord, list, text } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import type { Kind } from "../kinds.ts";
import { idOf } from "../names.ts";
import { invalid, numberOf } from "./validation.ts";

/** The keys of what an object has that no other can have: its ports on the nodes and its address, or being the default. */
export function allocationsOf({ kind, group }: Kind, object: Properties): readonly string[] {
  if (kind === "PriorityClass") return object.globalDefault === true ? [defaultPriority] : [];
  if (kind !== "Service" || group !== "") return [];
  const address = addressOf(object);
  const ports = list(at(object, "spec.ports")).map(nodePortOf);
  return [
    ...ports.filter((port) => port !== 0).map(portKey),
    ...(address === "" ? [] : [addressKey(address)]),
  ];
}

/** The key of the priority that pods have which name none. */
export const defaultPriority = "default priority";

function portKey(port: number): string {
  return `node port ${port}`;
}

function addressKey(address: string): string {
  return `cluster address ${address}`;
}

/** Ports of nodes and addresses that a Service wants and another one has: https://kubernetes.io/docs/concepts/services-networking/service/ */
export function takenByServices(cluster: Cluster, service: Properties): readonly CheckFailure[] {
  const isTaken = (key: string): boolean => namedIn(cluster, key).some(({ id }) => id !== idOf(service));
  const address = addressOf(service);
  const words = `failed to allocate IP ${address}: provided IP is already allocated`;
  return [
    ...list(at(service, "spec.ports")).flatMap((port, index) => {
      const wanted = nodePortOf(port);
      if (wanted === 0 || !isTaken(portKey(wanted))) return [];
      return [invalid(`spec.ports[${index}].nodePort`, wanted, "provided port is already allocated")];
    }),
    ...(address !== "" && isTaken(addressKey(address)) ? [invalid("spec.clusterIPs", [address], words)] : []),
  ];
}

/** Empty for none. */
function addressOf(service: Properties): string {
  const address = text(at(service, "spec.clusterIP")) ?? "";
  return address === "None" ? "" : address;
}

/** Zero for none. */
function nodePortOf(port: unknown): number {
  return numberOf(at(port, "nodePort")) ?? 0;
}

/** The ports of a Service as the API server fills them in; those on nodes are made up where none is given. */
export function filledPorts(spec: unknown, type: string, serial: number): readonly Properties[] {
  const isOnNodes = type === "NodePort" || type === "LoadBalancer";
  const allocates = isOnNodes && at(spec, "allocateLoadBalancerNodePorts") !== false;
  return list(at(spec, "ports")).map((port, index) => ({
    protocol: "TCP",
    targetPort: at(port, "port"),
    ...(isRecord(port) ? port : {}),
    ...(allocates && nodePortOf(port) === 0 && { nodePort: 30000 + ((serial * 8 + index) % 2768) }),
  }));
}
