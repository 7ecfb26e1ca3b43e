/** What the sandbox knows of a kind that every cluster has. */
interface KindFacts {
  /** Served versions. @default ["v1"] */
  readonly versions?: readonly string[];
  /** True where its objects lie in no namespace. @default false */
  readonly clusterWide?: true;
  /** Lower case, as in the API server's messages. @default made from the kind */
  readonly plural?: string;
  /** Paths whose change replaces the object, beside its name and namespace. @default none */
  readonly replaces?: readonly string[];
  /** Paths that the API server never changes, though the provider tries, with its answer. @default none */
  readonly frozen?: Readonly<Record<string, string>>;
  /** The first minor of Kubernetes 1 that serves it. @default every one that EKS offers */
  readonly since?: number;
  /** Usual seconds until the provider's wait ends. @default 1 */
  readonly seconds?: number;
  /** Usual seconds that each replica adds, one after the other. @default 0 */
  readonly secondsEach?: number;
}

/** A kind and its group. */
export interface Kind {
  /** `""` for the core group. */
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  readonly replaces: readonly string[];
  readonly frozen: Readonly<Record<string, string>>;
  readonly seconds: number;
  readonly secondsEach: number;
}

const immutable = "field is immutable";

const podReplaces =
  "affinity automountServiceAccountToken dnsConfig dnsPolicy enableServiceLinks hostAliases hostIPC hostNetwork hostPID hostname imagePullSecrets nodeName nodeSelector overhead preemptionPolicy priority priorityClassName readinessGates restartPolicy runtimeClassName schedulerName securityContext serviceAccount serviceAccountName shareProcessNamespace subdomain terminationGracePeriodSeconds volumes";
const containerReplaces =
  "args command env image imagePullPolicy lifecycle livenessProbe ports readinessProbe resources securityContext stdin stdinOnce terminationMessagePath terminationMessagePolicy tty volumeDevices volumeMounts workingDir";
const volumeReplaces =
  "awsElasticBlockStore azureDisk azureFile cephfs cinder csi fc flexVolume flocker gcePersistentDisk glusterfs hostPath iscsi local nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume";

function under(prefix: string, names: string): readonly string[] {
  return names.split(" ").map((name) => `${prefix}.${name}`);
}

/**
 * By group, then kind. What replaces is the provider's list
 * (https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/diff.go), what is frozen the API server's
 * validation (https://kubernetes.io/docs/reference/kubernetes-api/), versions those of Kubernetes 1.33 to 1.35. Seconds are our
 * estimates for nodes that have room and images of a few hundred megabytes.
 */
const facts: Readonly<Record<string, Readonly<Record<string, KindFacts>>>> = {
  "": {
    ConfigMap: {},
    Endpoints: { plural: "endpoints" },
    Event: {},
    LimitRange: {},
    Namespace: { clusterWide: true },
    Node: { clusterWide: true },
    PersistentVolume: { clusterWide: true, replaces: under("spec", volumeReplaces), seconds: 3 },
    PersistentVolumeClaim: {
      replaces: ["spec.accessModes", "spec.selector", "spec.storageClassName", "spec.volumeName"],
      frozen: { "spec.volumeMode": immutable, "spec.dataSource": immutable },
      seconds: 3,
    },
    Pod: {
      replaces: [
        ...under("spec", podReplaces),
        ...under("spec.containers[*]", containerReplaces),
        ...under("spec.initContainers[*]", containerReplaces),
      ],
      seconds: 10,
    },
    PodTemplate: {},
    ReplicationController: { seconds: 20 },
    ResourceQuota: { replaces: ["spec.scopes"] },
    Secret: { replaces: ["type"] },
    // The provider waits until the endpoints have been still for ten seconds.
    Service: { replaces: ["spec.clusterIP"], seconds: 11 },
    ServiceAccount: {},
  },
  apps: {
    ControllerRevision: {},
    DaemonSet: { replaces: ["spec.selector"], seconds: 30 },
    Deployment: { replaces: ["spec.selector"], seconds: 30 },
    ReplicaSet: { frozen: { "spec.selector": immutable } },
    StatefulSet: {
      replaces: under(
        "spec",
        "podManagementPolicy revisionHistoryLimit selector serviceName volumeClaimTemplates",
      ),
      seconds: 10,
      secondsEach: 25,
    },
  },
  batch: {
    CronJob: {},
    Job: { replaces: under("spec", "completions parallelism selector template"), seconds: 20 },
  },
  autoscaling: { HorizontalPodAutoscaler: { versions: ["v1", "v2"] } },
  policy: { PodDisruptionBudget: {} },
  "networking.k8s.io": {
    // The hostname is known as soon as the load balancer is ordered, minutes before it takes traffic.
    Ingress: { seconds: 20 },
    IngressClass: { clusterWide: true, frozen: { "spec.controller": immutable } },
    IPAddress: { clusterWide: true },
    NetworkPolicy: {},
    ServiceCIDR: { clusterWide: true },
  },
  "rbac.authorization.k8s.io": {
    ClusterRole: { clusterWide: true },
    ClusterRoleBinding: { clusterWide: true, replaces: ["roleRef"] },
    Role: {},
    RoleBinding: { replaces: ["roleRef"] },
  },
  "storage.k8s.io": {
    CSIDriver: { clusterWide: true },
    CSINode: { clusterWide: true },
    CSIStorageCapacity: {},
    StorageClass: {
      clusterWide: true,
      replaces: ["parameters", "provisioner"],
      frozen: {
        reclaimPolicy: "updates to reclaimPolicy are forbidden.",
        volumeBindingMode: immutable,
      },
    },
    VolumeAttachment: { clusterWide: true },
    VolumeAttributesClass: { clusterWide: true, since: 34 },
  },
  "scheduling.k8s.io": {
    PriorityClass: { clusterWide: true, frozen: { value: "may not be changed in an update." } },
  },
  "apiextensions.k8s.io": {
    CustomResourceDefinition: { clusterWide: true, frozen: { "spec.scope": immutable }, seconds: 3 },
  },
  "apiregistration.k8s.io": { APIService: { clusterWide: true } },
  "admissionregistration.k8s.io": {
    MutatingAdmissionPolicy: { clusterWide: true, since: 36 },
    MutatingAdmissionPolicyBinding: { clusterWide: true, since: 36 },
    MutatingWebhookConfiguration: { clusterWide: true },
    ValidatingAdmissionPolicy: { clusterWide: true },
    ValidatingAdmissionPolicyBinding: { clusterWide: true },
    ValidatingWebhookConfiguration: { clusterWide: true },
  },
  "certificates.k8s.io": { CertificateSigningRequest: { clusterWide: true } },
  "coordination.k8s.io": { Lease: {} },
  "discovery.k8s.io": { EndpointSlice: {} },
  "events.k8s.io": { Event: {} },
  "flowcontrol.apiserver.k8s.io": {
    FlowSchema: { clusterWide: true },
    PriorityLevelConfiguration: { clusterWide: true },
  },
  "node.k8s.io": { RuntimeClass: { clusterWide: true } },
  "resource.k8s.io": {
    DeviceClass: { clusterWide: true, since: 34 },
    ResourceClaim: { since: 34 },
    ResourceClaimTemplate: { since: 34 },
    ResourceSlice: { clusterWide: true, since: 34 },
  },
};

/** Groups of the API server's own, of which every kind is known; any other group comes from custom resource definitions. */
export function isBuiltInGroup(group: string): boolean {
  return group in facts || group === "extensions";
}

/** A kind that every cluster has; `undefined` for any other. */
export function builtInKind(
  group: string,
  kind: string,
): (Kind & { readonly versions: readonly string[]; readonly since: number }) | undefined {
  const found = facts[group]?.[kind];
  if (found === undefined) return undefined;
  return {
    ...kindOf(group, kind, found.plural, found.clusterWide !== true),
    ...replacing(found),
    versions: found.versions ?? ["v1"],
    since: found.since ?? 0,
  };
}

function replacing({ replaces, frozen, seconds, secondsEach }: KindFacts) {
  return {
    replaces: replaces ?? [],
    frozen: frozen ?? {},
    seconds: seconds ?? 1,
    secondsEach: secondsEach ?? 0,
  };
}

/** A kind that a custom resource definition gives: the provider waits for nothing and replaces for its name alone. */
export function kindOf(group: string, kind: string, plural = pluralOf(kind), namespaced = true): Kind {
  return { group, kind, plural, namespaced, replaces: [], frozen: {}, seconds: 1, secondsEach: 0 };
}

/** The plural that Kubernetes' generators make from a kind: https://github.com/kubernetes/gengo/blob/master/namer/plural_namer.go */
export function pluralOf(kind: string): string {
  const name = kind.toLowerCase();
  if (/(s|x|z|ch|sh)$/.test(name)) return `${name}es`;
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  return `${name}s`;
}

/** The resource as the API server's messages write it: `deployments.apps`, or `configmaps` in the core group. */
export function resourceOf({ group, plural }: Pick<Kind, "group" | "plural">): string {
  return group === "" ? plural : `${plural}.${group}`;
}
