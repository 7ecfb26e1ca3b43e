/** Values of a Helm chart: plain data, in which outputs may stand for what a deployment decides. */
export type HelmValues = Readonly<Record<string, unknown>>;

/** Container memory as request and limit in one: what was promised is what may be used, so no pod is evicted for another. */
export function resources(cpu: string, memory: string): HelmValues {
  return { requests: { cpu, memory }, limits: { memory } };
}

/** A volume claim of the cluster's encrypted gp3 class. */
export function gp3Claim(storageGb: number): HelmValues {
  return {
    storageClassName: "gp3",
    accessModes: ["ReadWriteOnce"],
    resources: { requests: { storage: `${storageGb}Gi` } },
  };
}

/** Spreads the pods with these labels over the zones, as evenly as nodes allow. */
export function overZones(matchLabels: Readonly<Record<string, string>>): HelmValues {
  return {
    maxSkew: 1,
    topologyKey: "topology.kubernetes.io/zone",
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector: { matchLabels },
  };
}

/** What the restricted Pod Security Standard asks of a container. */
export const restrictedContainer = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  capabilities: { drop: ["ALL"] },
  seccompProfile: { type: "RuntimeDefault" },
} as const;

/** What the restricted Pod Security Standard asks of a pod. */
export const restrictedPod = { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } } as const;
