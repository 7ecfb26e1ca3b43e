import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, hexOf, isRecord, list, text } from "../../values.ts";

/** A port of a load balancer. */
export interface Port {
  readonly port: number;
  readonly protocol: string;
  readonly certificateArn: string | undefined;
  readonly sslPolicy: string | undefined;
}

/** What a load balancer sends requests to. */
export interface Backend {
  readonly name: string;
  readonly port: number;
  readonly protocol: string;
}

/** One load balancer as the objects that share it ask for it. */
export interface Stack {
  /** `namespace/name`, or the name of a group. */
  readonly id: string;
  readonly type: "application" | "network";
  /** Physical name: at most 32 characters. */
  readonly name: string;
  /** The name that it has where no annotation gives one; what is beside the load balancer keeps it. */
  readonly ownName: string;
  readonly internal: boolean;
  readonly subnets: readonly string[];
  readonly securityGroups: readonly string[];
  readonly deletionProtection: boolean;
  readonly firewallArn: string | undefined;
  readonly ports: readonly Port[];
  readonly backends: readonly Backend[];
}

/** The annotations of an object that begin with `prefix`, without it. */
function settingsOf(object: Properties, prefix: string): ReadonlyMap<string, string> {
  const annotations = at(object, "metadata.annotations");
  return new Map(
    Object.entries(isRecord(annotations) ? annotations : {}).flatMap(([key, value]) =>
      key.startsWith(`${prefix}/`) ? [[key.slice(prefix.length + 1), String(value)]] : [],
    ),
  );
}

type Settings = ReadonlyMap<string, string>;

const ingressPrefix = "alb.ingress.kubernetes.io";
const servicePrefix = "service.beta.kubernetes.io";

function idOf(object: Properties): string {
  return `${text(at(object, "metadata.namespace")) ?? "default"}/${text(at(object, "metadata.name")) ?? ""}`;
}

/** Which load balancer an Ingress shares: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#ingressgroup */
export function stackIdOf(object: Properties): string {
  return settingsOf(object, ingressPrefix).get("group.name") ?? idOf(object);
}

/**
 * The load balancer of Ingresses that share it. Annotations:
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/
 */
export function ingressStack(scope: string, objects: readonly Properties[]): Stack {
  const each = objects.map((object) => settingsOf(object, ingressPrefix));
  const settings = new Map(each.flatMap((one) => [...one]));
  const id = objects[0] === undefined ? "" : stackIdOf(objects[0]);
  const ownName = nameOf(scope, id, "ingress");
  return {
    id,
    type: "application",
    name: settings.get("load-balancer-name") ?? ownName,
    ownName,
    internal: settings.get("scheme") !== "internet-facing",
    ...placeOf(settings),
    deletionProtection: attributes(settings.get("load-balancer-attributes")).has(
      "deletion_protection.enabled=true",
    ),
    firewallArn: settings.get("wafv2-acl-arn"),
    ports: portsOf(settings),
    backends: unique(objects.flatMap(backendsOf)),
  };
}

function placeOf(settings: Settings): Pick<Stack, "subnets" | "securityGroups"> {
  const split = (key: string) => (settings.get(key) ?? "").split(",").flatMap((item) => item.trim() || []);
  return { subnets: split("subnets"), securityGroups: split("security-groups") };
}

function attributes(value = ""): ReadonlySet<string> {
  return new Set(value.split(",").map((item) => item.trim()));
}

/** `[{"HTTP": 80}, {"HTTPS": 443}]`; by default HTTPS alone where there is a certificate. */
function portsOf(settings: Settings): readonly Port[] {
  const certificateArn = settings.get("certificate-arn")?.split(",")[0];
  const usual = certificateArn === undefined ? '[{"HTTP":80}]' : '[{"HTTPS":443}]';
  return list(parsed(settings.get("listen-ports") ?? usual))
    .filter(isRecord)
    .flatMap((entry) => Object.entries(entry))
    .map(([protocol, port]) => {
      const secure = protocol === "HTTPS";
      return {
        port: Number(port),
        protocol,
        certificateArn: secure ? certificateArn : undefined,
        sslPolicy: secure ? settings.get("ssl-policy") : undefined,
      };
    });
}

function parsed(ports: string): unknown {
  try {
    return JSON.parse(ports);
  } catch {
    throw new Refusal("InvalidAnnotation", `failed to parse listen-ports configuration: \`${ports}\``);
  }
}

function backendsOf(object: Properties): readonly Backend[] {
  const backends = [
    at(object, "spec.defaultBackend"),
    ...list(at(object, "spec.rules")).flatMap((rule) =>
      list(at(rule, "http.paths")).map((path) => at(path, "backend")),
    ),
  ];
  return backends.flatMap((backend) => {
    const name = text(at(backend, "service.name"));
    // A port that goes by its name is the Service's to tell; the target group's own port is only where targets name none.
    const port = Number(at(backend, "service.port.number") ?? 80);
    return name === undefined || at(backend, "service.port.name") === "use-annotation"
      ? []
      : [{ name, port, protocol: "HTTP" }];
  });
}

/**
 * The load balancer of a Service. Annotations:
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/
 */
export function serviceStack(scope: string, object: Properties): Stack {
  const settings = settingsOf(object, servicePrefix);
  const own = (key: string) => settings.get(`aws-load-balancer-${key}`);
  const id = idOf(object);
  const name = text(at(object, "metadata.name")) ?? "";
  const ports = list(at(object, "spec.ports")).map((port) => Number(at(port, "port")));
  const certificateArn = own("ssl-cert")?.split(",")[0];
  const ownName = nameOf(scope, id, "service");
  return {
    id,
    type: "network",
    name: own("name") ?? ownName,
    ownName,
    internal: own("scheme") !== "internet-facing",
    subnets: (own("subnets") ?? "").split(",").filter((item) => item !== ""),
    securityGroups: (own("security-groups") ?? "").split(",").filter((item) => item !== ""),
    deletionProtection: attributes(own("attributes")).has("deletion_protection.enabled=true"),
    firewallArn: undefined,
    ports: ports.map((port) => ({
      port,
      protocol: certificateArn === undefined ? "TCP" : "TLS",
      certificateArn,
      sslPolicy: certificateArn === undefined ? undefined : own("ssl-negotiation-policy"),
    })),
    backends: ports.map((port) => ({ name, port, protocol: "TCP" })),
  };
}

function unique(backends: readonly Backend[]): readonly Backend[] {
  return [...new Map(backends.map((backend) => [`${backend.name}:${backend.port}`, backend])).values()];
}

/** `k8s-<namespace>-<name>-<digits>`, or `k8s-<group>-<digits>`: https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/ingress/annotations/#load-balancer-name */
function nameOf(scope: string, id: string, kind: string): string {
  const parts = id.split("/").map((part) => part.replace(/[^a-z0-9]/g, ""));
  const own =
    parts.length === 1 ? (parts[0] ?? "").slice(0, 17) : parts.map((part) => part.slice(0, 8)).join("-");
  return `k8s-${own}-${hexOf(`${scope}/${kind}/${id}`, 10)}`;
}
