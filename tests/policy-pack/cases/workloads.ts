import { password } from "../fixtures/values.ts";
import type { CaseBook } from "./case.ts";
import { inPods } from "./pods.ts";
import type { PodCase } from "./pods.ts";

const breaks = (place: string, control: string): string =>
  `${place} breaks the control ${control}: take it out.`;

const baseline: readonly PodCase[] = [
  {
    when: "it shares the node's namespaces",
    pod: { hostNetwork: true, hostPID: true, hostIPC: true },
    finds: ["hostNetwork", "hostPID", "hostIPC"].map((key) => breaks(key, "Host Namespaces")),
  },
  {
    when: "a container is privileged",
    pod: { containers: [{ name: "api", securityContext: { privileged: true } }] },
    finds: breaks("securityContext.privileged of container api", "Privileged Containers"),
  },
  {
    when: "a container that runs first is privileged",
    pod: { initContainers: [{ name: "setup", securityContext: { privileged: true } }] },
    finds: breaks("securityContext.privileged of container setup", "Privileged Containers"),
  },
  {
    when: "a container adds a capability over the node",
    pod: {
      containers: [{ name: "api", securityContext: { capabilities: { add: ["CHOWN", "SYS_ADMIN"] } } }],
    },
    finds: breaks("securityContext.capabilities.add of container api", "Capabilities"),
  },
  {
    when: "it reads the node's disk",
    pod: { volumes: [{ name: "logs", hostPath: { path: "/var/log" } }] },
    finds: breaks("hostPath of volume logs", "HostPath Volumes"),
  },
  {
    when: "a container takes a port of the node",
    pod: { containers: [{ name: "api", ports: [{ containerPort: 80, hostPort: 80 }] }] },
    finds: breaks("hostPort of container api", "Host Ports"),
  },
  {
    when: "a probe calls another host",
    pod: { containers: [{ name: "api", livenessProbe: { httpGet: { port: 80, host: "169.254.169.254" } } }] },
    finds: breaks("the host of a probe or hook of container api", "Host Probes / Lifecycle Hooks"),
  },
  {
    when: "AppArmor is turned off",
    pod: { securityContext: { appArmorProfile: { type: "Unconfined" } } },
    finds: breaks("securityContext.appArmorProfile.type", "AppArmor"),
  },
  {
    when: "a container chooses another SELinux type",
    pod: { containers: [{ name: "api", securityContext: { seLinuxOptions: { type: "spc_t" } } }] },
    finds: breaks("securityContext.seLinuxOptions of container api", "SELinux"),
  },
  {
    when: "/proc is not masked",
    pod: { containers: [{ name: "api", securityContext: { procMount: "Unmasked" } }] },
    finds: breaks("securityContext.procMount of container api", "/proc Mount Type"),
  },
  {
    when: "seccomp is turned off",
    pod: { securityContext: { seccompProfile: { type: "Unconfined" } } },
    finds: breaks("securityContext.seccompProfile.type", "Seccomp"),
  },
  {
    when: "it changes a setting of the node's kernel",
    pod: { securityContext: { sysctls: [{ name: "kernel.msgmax", value: "65536" }] } },
    finds: breaks("sysctl kernel.msgmax", "Sysctls"),
  },
  {
    when: "it runs as a process of a Windows node",
    pod: { securityContext: { windowsOptions: { hostProcess: true } } },
    finds: breaks("securityContext.windowsOptions.hostProcess", "HostProcess"),
  },
  { when: "it asks for nothing", pod: { containers: [{ name: "api" }] } },
];

/** What the policies on workloads make of single objects. */
export const workloads: CaseBook = {
  "k8s-pss-baseline": inPods(baseline),
  "k8s-no-secret-literals": inPods([
    {
      when: "a variable holds a password",
      pod: { containers: [{ name: "api", env: [{ name: "DB_PASSWORD", value: password }] }] },
      finds:
        "env of container api.DB_PASSWORD holds a credential, by its name: bring it in by an ExternalSecret, and refer to that.",
    },
    {
      when: "a variable holds a token",
      pod: { containers: [{ name: "api", env: [{ name: "GITHUB_TOKEN", value: password }] }] },
      finds:
        "env of container api.GITHUB_TOKEN holds a credential, by its name: bring it in by an ExternalSecret, and refer to that.",
    },
    {
      when: "a variable names the secret that holds a token",
      pod: {
        containers: [
          {
            name: "api",
            env: [
              { name: "GITHUB_TOKEN", value: "arn:aws:secretsmanager:eu-west-1:333333333333:secret:github" },
            ],
          },
        ],
      },
    },
    {
      when: "a variable is made of another one",
      pod: { containers: [{ name: "api", env: [{ name: "DB_PASSWORD", value: "$(PASSWORD)" }] }] },
    },
    {
      when: "a variable refers to a secret",
      pod: {
        containers: [
          {
            name: "api",
            env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }],
          },
        ],
      },
    },
  ]),
  "k8s-rbac-no-cluster-admin": {
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding": [
      {
        when: "it binds cluster-admin",
        patch: {
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: "cluster-admin" },
        },
        finds: "roleRef is cluster-admin: bind a role that names what is needed.",
      },
      {
        when: "it binds everybody",
        patch: { subjects: [{ kind: "Group", name: "system:authenticated" }] },
        finds: "subject system:authenticated is not somebody: name a user, a group or a service account.",
      },
    ],
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": [
      {
        when: "it binds the account that pods have by default",
        patch: { subjects: [{ kind: "ServiceAccount", name: "default", namespace: "shop" }] },
        finds: "subject default of shop is shared by every pod there: make a service account.",
      },
    ],
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBindingPatch": [
      {
        when: "it lets everybody in",
        patch: { subjects: [{ kind: "Group", name: "system:unauthenticated" }] },
        finds: "subject system:unauthenticated is not somebody: name a user, a group or a service account.",
      },
    ],
    "kubernetes:rbac.authorization.k8s.io/v1:RoleBindingPatch": [
      {
        when: "it lets the masters in",
        patch: { subjects: [{ kind: "Group", name: "system:masters" }] },
        finds: "subject system:masters is not somebody: name a user, a group or a service account.",
      },
    ],
  },
};
