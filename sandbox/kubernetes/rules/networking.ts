import type { CheckFailure, Properties } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import { duplicate, invalid, isMissing, oneOf, peek, portNumber, required } from "../server/validation.ts";

const serviceTypes = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];

/** Type and ports of a Service: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go */
export function serviceFailures(inputs: Properties): readonly CheckFailure[] {
  const type = peek(inputs, "spec.type");
  const ports = peek(inputs, "spec.ports");
  const external = type === "ExternalName";
  const needsPorts = !external && peek(inputs, "spec.clusterIP") !== "None";
  const nameless = external && isMissing(peek(inputs, "spec.externalName"));
  return [
    ...oneOf("spec.type", type, serviceTypes),
    ...(nameless ? [required("spec.externalName")] : []),
    ...(needsPorts && (isMissing(ports) || isEmpty(ports)) ? [required("spec.ports")] : []),
    ...list(ports).flatMap((port, index) =>
      servicePortFailures(`spec.ports[${index}]`, port, list(ports).length > 1),
    ),
    ...duplicatePorts(list(ports)),
  ];
}

function duplicatePorts(ports: readonly unknown[]): readonly CheckFailure[] {
  const names = ports.map((port) => text(peek(port, "name")));
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) < index ? [duplicate(`spec.ports[${index}].name`, name)] : [],
  );
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function servicePortFailures(path: string, port: unknown, several: boolean): readonly CheckFailure[] {
  if (!isRecord(port)) return [];
  return [
    ...(several && isMissing(port.name) ? [required(`${path}.name`)] : []),
    ...(isMissing(port.port) ? [required(`${path}.port`)] : []),
    ...portNumber(`${path}.port`, port.port),
    ...portNumber(`${path}.targetPort`, port.targetPort),
    ...oneOf(`${path}.protocol`, port.protocol, ["SCTP", "TCP", "UDP"]),
  ];
}

/** Rules of an Ingress: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go */
export function ingressFailures(inputs: Properties): readonly CheckFailure[] {
  const spec = inputs.spec;
  const rules = peek(spec, "rules");
  const nothing = isMissing(rules) || isEmpty(rules);
  return [
    ...(nothing && isMissing(peek(spec, "defaultBackend"))
      ? [invalid("spec", spec ?? {}, "either `defaultBackend` or `rules` must be specified")]
      : []),
    ...list(rules).flatMap((rule, index) =>
      list(peek(rule, "http.paths")).flatMap((path, number) =>
        ingressPathFailures(`spec.rules[${index}].http.paths[${number}]`, path),
      ),
    ),
  ];
}

function ingressPathFailures(path: string, item: unknown): readonly CheckFailure[] {
  if (!isRecord(item)) return [];
  const value = text(item.path);
  return [
    ...(isMissing(item.pathType) ? [required(`${path}.pathType`, "pathType must be specified")] : []),
    ...oneOf(`${path}.pathType`, item.pathType, ["Exact", "ImplementationSpecific", "Prefix"]),
    ...(value === undefined || value.startsWith("/") || item.pathType === "ImplementationSpecific"
      ? []
      : [invalid(`${path}.path`, value, "must be an absolute path")]),
    ...backendFailures(`${path}.backend`, item.backend),
  ];
}

function backendFailures(path: string, backend: unknown): readonly CheckFailure[] {
  if (isMissing(backend)) return [required(path)];
  const service = peek(backend, "service");
  if (!isRecord(service)) return [];
  return [
    ...(isMissing(service.name) ? [required(`${path}.service.name`)] : []),
    ...(isMissing(service.port) ? [required(path, "port name or number is required")] : []),
    ...portNumber(`${path}.service.port.number`, peek(service, "port.number")),
  ];
}

/** Policy types of a NetworkPolicy. */
export function networkPolicyFailures(inputs: Properties): readonly CheckFailure[] {
  return list(peek(inputs, "spec.policyTypes")).flatMap((type, index) =>
    oneOf(`spec.policyTypes[${index}]`, type, ["Egress", "Ingress"]),
  );
}
