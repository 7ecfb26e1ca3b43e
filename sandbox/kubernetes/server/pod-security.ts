import { at, isRecord, list, text } from "../../values.ts";

/** The levels of https://kubernetes.io/docs/concepts/security/pod-security-standards/ that forbid something. */
export type PodSecurityLevel = "baseline" | "restricted";

interface Container {
  readonly name: string;
  readonly security: unknown;
  readonly ports: readonly unknown[];
}

interface Pod {
  readonly spec: unknown;
  readonly containers: readonly Container[];
}

/** One rule's answer, in the words of https://github.com/kubernetes/pod-security-admission/tree/master/policy; empty when kept. */
type Rule = (pod: Pod) => string;

/** What the level forbids in a pod, in the admission plugin's words and order; empty when it is allowed. */
export function violations(level: PodSecurityLevel, spec: unknown): readonly string[] {
  const groups = ["initContainers", "containers", "ephemeralContainers"];
  const containers = groups.flatMap((group) => list(at(spec, group))).map(containerOf);
  const rules = level === "baseline" ? baseline : restricted;
  return rules.map((rule) => rule({ spec, containers })).filter((found) => found !== "");
}

function containerOf(container: unknown): Container {
  return {
    name: text(at(container, "name")) ?? "",
    security: at(container, "securityContext"),
    ports: list(at(container, "ports")),
  };
}

/** `container "a"` or `containers "a", "b"`. */
function named(containers: readonly Container[]): string {
  const names = containers.map(({ name }) => JSON.stringify(name)).join(", ");
  return `${containers.length === 1 ? "container" : "containers"} ${names}`;
}

function offending(containers: readonly Container[], reason: string, demand: string): string {
  return containers.length === 0 ? "" : `${reason} (${named(containers)} ${demand})`;
}

function hostNamespaces({ spec }: Pod): string {
  const used = ["hostNetwork", "hostPID", "hostIPC"].filter((key) => at(spec, key) === true);
  return used.length === 0 ? "" : `host namespaces (${used.map((key) => `${key}=true`).join(", ")})`;
}

function volumesWith(
  spec: unknown,
  allowed: (type: string) => boolean,
): { names: string; types: string; count: number } | undefined {
  const bad = list(at(spec, "volumes"))
    .filter(isRecord)
    .flatMap((volume) => {
      const type = Object.keys(volume).find((key) => key !== "name" && volume[key] !== undefined);
      return type === undefined || allowed(type)
        ? []
        : [{ name: JSON.stringify(volume.name), type: JSON.stringify(type) }];
    });
  if (bad.length === 0) return undefined;
  const types = [...new Set(bad.map(({ type }) => type))].join(", ");
  return { names: bad.map(({ name }) => name).join(", "), types, count: bad.length };
}

function hostPath({ spec }: Pod): string {
  const bad = volumesWith(spec, (type) => type !== "hostPath");
  return bad === undefined ? "" : `hostPath volumes (${bad.count === 1 ? "volume" : "volumes"} ${bad.names})`;
}

function hostPorts({ containers }: Pod): string {
  const bad = containers.filter(({ ports }) => ports.some((port) => Number(at(port, "hostPort") ?? 0) !== 0));
  const used = bad
    .flatMap(({ ports }) => ports.map((port) => Number(at(port, "hostPort") ?? 0)))
    .filter((port) => port !== 0);
  return bad.length === 0
    ? ""
    : `hostPort (${named(bad)} ${used.length === 1 ? "uses hostPort" : "use hostPorts"} ${used.join(", ")})`;
}

function privileged({ containers }: Pod): string {
  const bad = containers.filter(({ security }) => at(security, "privileged") === true);
  return offending(bad, "privileged", "must not set securityContext.privileged=true");
}

/** Capabilities that baseline lets a container add. */
const defaultCapabilities: ReadonlySet<unknown> = new Set(
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  ),
);

function addedCapabilities({ containers }: Pod): string {
  const added = ({ security }: Container) =>
    list(at(security, "capabilities.add")).filter((name) => !defaultCapabilities.has(name));
  const bad = containers.filter((container) => added(container).length > 0);
  const names = bad
    .flatMap(added)
    .map((name) => JSON.stringify(name))
    .join(", ");
  return offending(
    bad,
    "non-default capabilities",
    `must not include ${names} in securityContext.capabilities.add`,
  );
}

const baseline: readonly Rule[] = [addedCapabilities, hostNamespaces, hostPath, hostPorts, privileged];

const restrictedVolumes = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

function volumeTypes({ spec }: Pod): string {
  const bad = volumesWith(spec, (type) => restrictedVolumes.includes(type));
  if (bad === undefined) return "";
  const volumes = bad.count === 1 ? "volume" : "volumes";
  return `restricted volume types (${volumes} ${bad.names} ${bad.count === 1 ? "uses" : "use"} restricted volume type ${bad.types})`;
}

function escalation({ containers }: Pod): string {
  const bad = containers.filter(({ security }) => at(security, "allowPrivilegeEscalation") !== false);
  return offending(
    bad,
    "allowPrivilegeEscalation != false",
    "must set securityContext.allowPrivilegeEscalation=false",
  );
}

function capabilities({ containers }: Pod): string {
  const kept = containers.filter(({ security }) => !list(at(security, "capabilities.drop")).includes("ALL"));
  const added = ({ security }: Container) =>
    list(at(security, "capabilities.add")).filter((name) => name !== "NET_BIND_SERVICE");
  const adding = containers.filter((container) => added(container).length > 0);
  const names = adding
    .flatMap(added)
    .map((name) => JSON.stringify(name))
    .join(", ");
  const found = [
    ...(kept.length === 0 ? [] : [`${named(kept)} must set securityContext.capabilities.drop=["ALL"]`]),
    ...(adding.length === 0
      ? []
      : [`${named(adding)} must not include ${names} in securityContext.capabilities.add`]),
  ];
  return found.length === 0 ? "" : `unrestricted capabilities (${found.join("; ")})`;
}

function nonRoot({ spec, containers }: Pod): string {
  const wrong = containers.filter(({ security }) => at(security, "runAsNonRoot") === false);
  if (wrong.length > 0)
    return offending(wrong, "runAsNonRoot != true", "must not set securityContext.runAsNonRoot=false");
  const whole = at(spec, "securityContext.runAsNonRoot");
  const bad = containers.filter(({ security }) => (at(security, "runAsNonRoot") ?? whole) !== true);
  return bad.length === 0
    ? ""
    : `runAsNonRoot != true (pod or ${named(bad)} must set securityContext.runAsNonRoot=true)`;
}

function runAsRoot({ spec, containers }: Pod): string {
  if (at(spec, "securityContext.runAsUser") === 0) return "runAsUser=0 (pod must not set runAsUser=0)";
  const bad = containers.filter(({ security }) => at(security, "runAsUser") === 0);
  return offending(bad, "runAsUser=0", "must not set runAsUser=0");
}

function seccomp({ spec, containers }: Pod): string {
  const allowed = (type: unknown) => type === "RuntimeDefault" || type === "Localhost";
  const whole = at(spec, "securityContext.seccompProfile.type");
  const bad = containers.filter(({ security }) => !allowed(at(security, "seccompProfile.type") ?? whole));
  if (bad.length === 0) return "";
  return `seccompProfile (pod or ${named(bad)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")`;
}

/** Rules of baseline that a stricter one covers are left out, as the plugin does. */
const restricted: readonly Rule[] = [
  hostNamespaces,
  hostPorts,
  privileged,
  escalation,
  capabilities,
  volumeTypes,
  nonRoot,
  runAsRoot,
  seccomp,
];
