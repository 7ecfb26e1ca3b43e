/** What a container or pod asks for, or a node has: cores, bytes of memory, bytes of local disk. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
  readonly disk: number;
}

/** Labels that must be there, and with which values; a selector of Kubernetes as one list. */
export interface Requirement {
  readonly key: string;
  readonly operator: string;
  readonly values: readonly string[];
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** A toleration; an empty key tolerates every taint, an empty effect every effect. */
export interface Toleration {
  readonly key: string;
  readonly operator: string;
  readonly value: string;
  readonly effect: string;
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/ */
export interface Spread {
  readonly topologyKey: string;
  readonly maxSkew: number;
  /** `DoNotSchedule` rather than `ScheduleAnyway`. */
  readonly hard: boolean;
  readonly selector: readonly Requirement[];
}

/** Pods that must not, or had better not, share a node or zone with those of the selector. */
export interface AntiAffinity {
  readonly topologyKey: string;
  readonly hard: boolean;
  readonly weight: number;
  readonly selector: readonly Requirement[];
}

/** A pod as its Deployment describes it: what matters to a scheduler and an autoscaler. */
export interface PodTemplate {
  readonly labels: Readonly<Record<string, string>>;
  readonly requests: Resources;
  /** CPU and memory requests by container, for metrics of one container. */
  readonly containers: Readonly<Record<string, Resources>>;
  /** Cores that the pod may use at most; `undefined` where a container has no limit. */
  readonly cpuLimit: number | undefined;
  readonly priority: number;
  /** False for a priority class with `preemptionPolicy: Never`. */
  readonly preempts: boolean;
  /** Groups of which one must hold, each a list of which all must: node selector and required node affinity. */
  readonly nodes: readonly (readonly Requirement[])[];
  readonly preferredNodes: readonly {
    readonly weight: number;
    readonly requirements: readonly Requirement[];
  }[];
  readonly tolerations: readonly Toleration[];
  readonly spreads: readonly Spread[];
  readonly antiAffinities: readonly AntiAffinity[];
  /** Seconds before the first probe, and between probes, of the probe that decides on readiness. */
  readonly probe: { readonly delay: number; readonly period: number };
  /** Seconds for which it stays on a node that does not answer. */
  readonly unreachableSeconds: number;
  /** Seconds from its deletion until the pod is gone. */
  readonly stopSeconds: number;
}

/** Something with a number of copies: a Deployment, StatefulSet or Rollout. */
export interface Workload {
  /** `namespace/name`. */
  readonly id: string;
  readonly name: string;
  readonly namespace: string;
  readonly kind: string;
  /** The number that the object itself states. */
  readonly replicas: number;
  readonly template: PodTemplate;
  /** True where a Service selects its pods: only then does it receive requests. */
  readonly served: boolean;
}

/** A limit on how fast copies come or go: https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#scaling-policies */
export interface ScalingPolicy {
  readonly type: "Pods" | "Percent";
  readonly value: number;
  readonly periodSeconds: number;
}

/** One direction of an autoscaler's behaviour, defaults filled in. */
export interface ScalingRules {
  readonly stabilizationSeconds: number;
  readonly policies: readonly ScalingPolicy[];
  readonly select: "Max" | "Min" | "Disabled";
  /** Share of the target by which the metric may miss it without consequence. */
  readonly tolerance: number;
}

/** What a metric is compared with: per pod in per cent of its request, per pod as a value, or one value for all. */
export interface MetricTarget {
  readonly type: "Utilization" | "AverageValue" | "Value";
  readonly value: number;
}

/** One metric of an autoscaler. */
export interface MetricSpec {
  readonly kind: "Resource" | "ContainerResource" | "Pods" | "Object" | "External";
  /** `cpu`, `memory`, the metric's name, or the KEDA trigger's. */
  readonly name: string;
  readonly container?: string;
  readonly target: MetricTarget;
}

/** A HorizontalPodAutoscaler, written by hand or by KEDA. */
export interface Autoscaler {
  readonly name: string;
  readonly kind: "HPA" | "ScaledObject";
  /** Id of the workload that it scales. */
  readonly target: string;
  readonly min: number;
  readonly max: number;
  readonly metrics: readonly MetricSpec[];
  readonly up: ScalingRules;
  readonly down: ScalingRules;
  /** What KEDA's operator does beside the HPA. */
  readonly keda?: ScaledObject;
}

/** A trigger of KEDA. */
export interface Trigger {
  readonly name: string;
  readonly type: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly target: number;
  /** The trigger is active above this value: https://keda.sh/docs/2.20/concepts/scaling-deployments/#activating-and-scaling-thresholds */
  readonly activation: number;
}

/** The part of a ScaledObject that no HPA knows. */
export interface ScaledObject {
  readonly triggers: readonly Trigger[];
  readonly pollingSeconds: number;
  readonly cooldownSeconds: number;
  readonly min: number;
  readonly idle: number | undefined;
  readonly fallback: { readonly failureThreshold: number; readonly replicas: number } | undefined;
}

/** A PodDisruptionBudget; exactly one of both numbers is set, as a count or as a share. */
export interface Budget {
  readonly name: string;
  readonly namespace: string;
  readonly selector: readonly Requirement[];
  readonly minAvailable?: string | number;
  readonly maxUnavailable?: string | number;
}

/** What a namespace may hold at most. */
export interface Quota {
  readonly namespace: string;
  readonly pods: number;
  readonly cpu: number;
  readonly memory: number;
}

/** A managed node group: an Auto Scaling group over some zones. */
export interface NodeGroup {
  readonly name: string;
  /** What the Auto Scaling group is called, by which Cluster Autoscaler knows the group. */
  readonly autoScalingGroup: string;
  readonly instanceTypes: readonly string[];
  readonly spot: boolean;
  readonly min: number;
  readonly max: number;
  readonly desired: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly zones: readonly string[];
  readonly diskBytes: number;
}

/** A NodePool of Karpenter. */
export interface NodePool {
  readonly name: string;
  readonly requirements: readonly Requirement[];
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
  readonly weight: number;
  readonly limits: { readonly cpu: number; readonly memory: number };
  readonly consolidation: "WhenEmpty" | "WhenEmptyOrUnderutilized";
  /** Seconds that a node must be quiet; infinite where nothing is ever consolidated. */
  readonly consolidateAfterSeconds: number;
  /** How many nodes may be disrupted at a time: numbers and shares. */
  readonly budgets: readonly string[];
  readonly diskBytes: number;
}

/** Settings of Cluster Autoscaler, from its release's `extraArgs`. */
export interface ClusterAutoscalerSettings {
  readonly scanSeconds: number;
  readonly expander: string;
  /** Patterns of Auto Scaling groups' names by priority, highest first, for the expander of that name. */
  readonly priorities: readonly { readonly priority: number; readonly patterns: readonly string[] }[];
  readonly unneededSeconds: number;
  readonly delayAfterAddSeconds: number;
  readonly utilizationThreshold: number;
  readonly maxProvisionSeconds: number;
  readonly balanceSimilar: boolean;
  readonly skipSystemPods: boolean;
  /** Pods below this priority neither add a node nor keep one. */
  readonly expendablePriority: number;
}

/** Settings of Karpenter's batching, in seconds. */
export interface KarpenterSettings {
  readonly batchIdleSeconds: number;
  readonly batchMaxSeconds: number;
}

/** Everything that scales, and what it stands on, as a stack's objects say. */
export interface Cluster {
  readonly stack: string;
  readonly zones: readonly string[];
  readonly workloads: readonly Workload[];
  readonly autoscalers: readonly Autoscaler[];
  readonly budgets: readonly Budget[];
  readonly quotas: readonly Quota[];
  readonly groups: readonly NodeGroup[];
  readonly pools: readonly NodePool[];
  /** Requests of the DaemonSets, which every node carries. */
  readonly daemons: readonly { readonly name: string; readonly requests: Resources }[];
  readonly prefixDelegation: boolean;
  readonly clusterAutoscaler: ClusterAutoscalerSettings | undefined;
  readonly karpenter: KarpenterSettings | undefined;
  /** What could not be read, in words for the report. */
  readonly notes: readonly string[];
}
