import { items } from "../kernel/read.ts";
import { containersOf } from "./pods.ts";
import type { Annotations, Container, PodSpec } from "./pods.ts";

/** One control of the standard: its name there, and where a pod breaks it. */
export interface Control {
  readonly name: string;
  readonly broken: (pod: PodSpec, annotations: Annotations) => readonly (string | false | undefined)[];
}

const capabilities = new Set(
  "AUDIT_WRITE CHOWN DAC_OVERRIDE FOWNER FSETID KILL MKNOD NET_BIND_SERVICE SETFCAP SETGID SETPCAP SETUID SYS_CHROOT".split(
    " ",
  ),
);
const sysctls = new Set(
  [
    "kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.ip_local_reserved_ports net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range net.ipv4.tcp_fin_timeout net.ipv4.tcp_keepalive_intvl net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time net.ipv4.tcp_syncookies",
  ].flatMap((line) => line.split(" ")),
);
const selinuxTypes = new Set([
  "",
  "container_t",
  "container_init_t",
  "container_kvm_t",
  "container_engine_t",
]);

type Security = NonNullable<Container["securityContext"]>;

/** Looks at every container, and names the one and the setting that are wrong. */
function inContainers(where: string, isWrong: (container: Container) => boolean): Control["broken"] {
  return (pod) =>
    containersOf(pod)
      .filter(isWrong)
      .map(({ name }) => `${where} of container ${name ?? "without a name"}`);
}

/** Looks at a security setting that the pod and each container have. */
function inContexts(where: string, isWrong: (security: Partial<Security>) => boolean): Control["broken"] {
  return (pod) => [
    pod.securityContext !== undefined && isWrong(pod.securityContext) && `securityContext.${where}`,
    ...inContainers(`securityContext.${where}`, ({ securityContext }) => isWrong(securityContext ?? {}))(
      pod,
      {},
    ),
  ];
}

function probesHost(container: Container): boolean {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container;
  const handlers = [livenessProbe, readinessProbe, startupProbe, lifecycle?.postStart, lifecycle?.preStop];
  return handlers.some((handler) => (handler?.httpGet?.host ?? handler?.tcpSocket?.host ?? "") !== "");
}

const unconfined = inContexts(
  "appArmorProfile.type",
  ({ appArmorProfile }) => appArmorProfile?.type === "Unconfined",
);

/**
 * The controls of the baseline level, which keep a container from its node.
 * Source: Kubernetes documentation, "Pod Security Standards", level Baseline, v1.35.
 */
export const baseline: readonly Control[] = [
  {
    name: "HostProcess",
    broken: inContexts(
      "windowsOptions.hostProcess",
      ({ windowsOptions }) => windowsOptions?.hostProcess === true,
    ),
  },
  {
    name: "Host Namespaces",
    broken: (pod) => (["hostNetwork", "hostPID", "hostIPC"] as const).map((key) => pod[key] === true && key),
  },
  {
    name: "Privileged Containers",
    broken: inContainers(
      "securityContext.privileged",
      ({ securityContext }) => securityContext?.privileged === true,
    ),
  },
  {
    name: "Capabilities",
    broken: inContainers("securityContext.capabilities.add", ({ securityContext }) =>
      items(securityContext?.capabilities?.add).some((capability) => !capabilities.has(capability)),
    ),
  },
  {
    name: "HostPath Volumes",
    broken: ({ volumes }) =>
      items(volumes).map(
        ({ name, hostPath }) => hostPath !== undefined && `hostPath of volume ${name ?? "without a name"}`,
      ),
  },
  {
    name: "Host Ports",
    broken: inContainers("hostPort", ({ ports }) =>
      items(ports).some(({ hostPort }) => (hostPort ?? 0) !== 0),
    ),
  },
  { name: "Host Probes / Lifecycle Hooks", broken: inContainers("the host of a probe or hook", probesHost) },
  {
    name: "AppArmor",
    broken: (pod, annotations) => [
      ...unconfined(pod, annotations),
      ...Object.keys(annotations).map(
        (key) =>
          key.startsWith("container.apparmor.security.beta.kubernetes.io/") &&
          annotations[key] === "unconfined" &&
          `annotation ${key}`,
      ),
    ],
  },
  {
    name: "SELinux",
    broken: inContexts("seLinuxOptions", ({ seLinuxOptions: options }) => {
      const { type = "", user = "", role = "" } = options ?? {};
      return !selinuxTypes.has(type) || user !== "" || role !== "";
    }),
  },
  {
    name: "/proc Mount Type",
    broken: inContainers(
      "securityContext.procMount",
      ({ securityContext }) => securityContext?.procMount === "Unmasked",
    ),
  },
  {
    name: "Seccomp",
    broken: inContexts("seccompProfile.type", ({ seccompProfile }) => seccompProfile?.type === "Unconfined"),
  },
  {
    name: "Sysctls",
    broken: ({ securityContext }) =>
      items(securityContext?.sysctls).map(
        ({ name }) => name !== undefined && !sysctls.has(name) && `sysctl ${name}`,
      ),
  },
];
