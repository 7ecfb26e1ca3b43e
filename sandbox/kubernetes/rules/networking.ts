import { BlockList, isIP } from "node:net";
import type { CheckFailure, Properties } from "../../model.ts";
import { UNKNOWN, isRecord, list, text } from "../../values.ts";
import type { Format } from "../server/validation.ts";
import {
  addressRange,
  dnsSubdomain,
  forbidden,
  formatted,
  invalid,
  isMissing,
  oneOf,
  peek,
  portNumber,
  required,
  wildcardDomain,
} from "../server/validation.ts";

/** Rules of an Ingress: https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go */
export function ingressFailures(inputs: Properties): readonly CheckFailure[] {
  const spec = inputs.spec;
  const rules = peek(spec, "rules");
  const nothing = isMissing(rules) || (Array.isArray(rules) && rules.length === 0);
  const backend = peek(spec, "defaultBackend");
  return [
    ...(nothing && isMissing(backend)
      ? [invalid("spec", spec ?? {}, "either `defaultBackend` or `rules` must be specified")]
      : []),
    ...(isRecord(backend) ? backendFailures("spec.defaultBackend", backend) : []),
    ...list(rules).flatMap((rule, index) => [
      ...hostFailures(`spec.rules[${index}].host`, peek(rule, "host")),
      ...list(peek(rule, "http.paths")).flatMap((path, number) =>
        pathFailures(`spec.rules[${index}].http.paths[${number}]`, path),
      ),
    ]),
  ];
}

/** A class is said in one of two ways: https://kubernetes.io/docs/concepts/services-networking/ingress/#deprecated-annotation */
export function classTwice(inputs: Properties): readonly CheckFailure[] {
  const annotations = peek(inputs, "metadata.annotations");
  const given = isRecord(annotations) ? annotations["kubernetes.io/ingress.class"] : undefined;
  if (isMissing(given) || isMissing(peek(inputs, "spec.ingressClassName"))) return [];
  const path = "annotations.kubernetes.io/ingress.class";
  return [invalid(path, given, "can not be set when the class field is also set")];
}

function hostFailures(path: string, host: unknown): readonly CheckFailure[] {
  if (typeof host !== "string" || host === "" || host === UNKNOWN) return [];
  if (isIP(host) !== 0) return [invalid(path, host, "must be a DNS name, not an IP address")];
  return formatted(path, host, host.includes("*") ? wildcardDomain : dnsSubdomain);
}

function pathFailures(path: string, item: unknown): readonly CheckFailure[] {
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
  const [name, number] = [peek(service, "port.name"), peek(service, "port.number")];
  const both = !isMissing(name) && !isMissing(number);
  return [
    ...(isMissing(service.name) ? [required(`${path}.service.name`)] : []),
    ...(isMissing(service.port) ? [required(path, "port name or number is required")] : []),
    ...(both ? [invalid(path, "", "cannot set both port name & port number")] : []),
    ...portNumber(`${path}.service.port.number`, number),
  ];
}

/** The controller of a class goes by a path of its maker's domain. */
export function classFailures(inputs: Properties): readonly CheckFailure[] {
  return formatted("spec.controller", peek(inputs, "spec.controller"), domainPath);
}

const domainPath: Format = (value) =>
  /^[a-z0-9.-]+\/\S+$/.test(value) ? [] : ['must be a domain-prefixed path (such as "acme.io/foo")'];

/** Rules of a NetworkPolicy. */
export function networkPolicyFailures(inputs: Properties): readonly CheckFailure[] {
  const directions = [
    ["ingress", "from"],
    ["egress", "to"],
  ] as const;
  return [
    ...list(peek(inputs, "spec.policyTypes")).flatMap((type, index) =>
      oneOf(`spec.policyTypes[${index}]`, type, ["Egress", "Ingress"]),
    ),
    ...directions.flatMap(([direction, peers]) =>
      list(peek(inputs, `spec.${direction}`)).flatMap((rule, index) => [
        ...list(peek(rule, peers)).flatMap((peer, number) =>
          peerFailures(`spec.${direction}[${index}].${peers}[${number}]`, peer),
        ),
        ...list(peek(rule, "ports")).flatMap((port, number) =>
          portNumber(`spec.${direction}[${index}].ports[${number}].port`, peek(port, "port")),
        ),
      ]),
    ),
  ];
}

function peerFailures(path: string, peer: unknown): readonly CheckFailure[] {
  if (!isRecord(peer)) return [];
  const { ipBlock: block, podSelector: pods, namespaceSelector: namespaces } = peer;
  if ([block, pods, namespaces].every(isMissing)) return [required(path, "must specify a peer")];
  if (!isRecord(block)) return [];
  return [
    ...(isMissing(pods) && isMissing(namespaces)
      ? []
      : [forbidden(path, "may not specify both ipBlock and another peer")]),
    ...formatted(`${path}.ipBlock.cidr`, block.cidr, addressRange),
    ...list(block.except).flatMap((range, index) =>
      exceptionFailures(`${path}.ipBlock.except[${index}]`, range, block.cidr),
    ),
  ];
}

function exceptionFailures(path: string, range: unknown, of: unknown): readonly CheckFailure[] {
  const wrong = formatted(path, range, addressRange);
  if (wrong.length > 0 || typeof range !== "string" || typeof of !== "string") return wrong;
  if (addressRange(of).length > 0 || isInside(range, of)) return [];
  return [invalid(path, range, "must be a strict subset of `cidr`")];
}

function isInside(range: string, of: string): boolean {
  const [address = "", length = ""] = range.split("/");
  const [network = "", width = ""] = of.split("/");
  const family = isIP(network) === 6 ? "ipv6" : "ipv4";
  const block = new BlockList();
  block.addSubnet(network, Number(width), family);
  return Number(length) > Number(width) && isIP(address) === isIP(network) && block.check(address, family);
}
