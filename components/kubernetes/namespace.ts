import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { kubernetesVersion } from "../../versions.ts";
import { describeTeamRules } from "./team-roles.ts";
import type { TeamAccess } from "./team-roles.ts";
import { denyAll, lookUpNames } from "./traffic.ts";
import type { Traffic } from "./traffic.ts";

/** The three Pod Security Standards, from open to closed. */
export type PodSecurity = "privileged" | "baseline" | "restricted";

/** What all pods of a namespace may ask for together, in Kubernetes quantities. */
export interface NamespaceQuota {
  /** Number of pods. */
  readonly pods: number;
  /** Sum of the CPU requests, such as `8`. */
  readonly cpu: string;
  /** Sum of the memory requests, such as `16Gi`. */
  readonly memory: string;
}

/** How a namespace is fenced in. */
export interface NamespaceArgs {
  /** Its name in the cluster. */
  readonly name: string;
  /** Who answers for it; becomes the label `platform/owner`. */
  readonly owner: string;
  /**
   * The Pod Security Standard the API server enforces on every pod.
   * @default "restricted"
   */
  readonly podSecurity?: PodSecurity;
  /** Further labels. */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * What is allowed beyond DNS, keyed by a short name that becomes part of the policy's name.
   * @default nothing
   */
  readonly traffic?: Readonly<Record<string, Traffic>>;
  /** What all its pods may ask for together. */
  readonly quota: NamespaceQuota;
  /**
   * What a single container may be limited to at most.
   * @default anything
   */
  readonly limits?: ContainerLimits;
  /**
   * What teams may do in it, by the group that their access entries put them in.
   * @default nothing beyond their access policies
   */
  readonly teams?: Readonly<Record<string, TeamAccess>>;
}

/** The most a single container may use, in Kubernetes quantities. */
export interface ContainerLimits {
  readonly cpu?: string | undefined;
  readonly memory?: string | undefined;
}

/** For containers that say nothing themselves: without these a quota would refuse them. */
const defaultLimit = { memory: "256Mi" } as const;
const containerDefaults = {
  type: "Container",
  defaultRequest: { cpu: "50m", memory: "64Mi" },
  default: defaultLimit,
} as const;

/** The rules for single containers: a reservation for those that say nothing, and the most any of them may use. */
export function describeLimits({ cpu, memory }: ContainerLimits): k8s.types.input.core.v1.LimitRangeItem {
  const max = { ...(cpu !== undefined && { cpu }), ...(memory !== undefined && { memory }) };
  if (Object.keys(max).length === 0) return containerDefaults;
  // Kubernetes takes a maximum as the limit of containers that name none, so it must not be above our own.
  return { ...containerDefaults, default: { ...defaultLimit, ...max }, max };
}

/** Labels by which the API server enforces a Pod Security Standard, at the cluster's own version of it. */
export function podSecurityLabels(standard: PodSecurity): Record<string, string> {
  return Object.fromEntries(
    ["enforce", "audit", "warn"].flatMap((mode) => [
      [`pod-security.kubernetes.io/${mode}`, standard],
      [`pod-security.kubernetes.io/${mode}-version`, `v${kubernetesVersion}`],
    ]),
  );
}

/** The hard limits of a quota: on what pods reserve, not on what they may use while it is idle. */
export function describeQuota(quota: NamespaceQuota): Record<string, string> {
  return { pods: String(quota.pods), "requests.cpu": quota.cpu, "requests.memory": quota.memory };
}

/**
 * A namespace whose pods keep a Pod Security Standard, can neither be reached nor reach anything but DNS unless a policy says
 * so, and cannot ask for more than a quota.
 */
export class Namespace extends pulumi.ComponentResource {
  /** The namespace's name. What runs pods in it also depends on this component, so that none runs before its fences. */
  public readonly namespaceName: pulumi.Output<string>;
  /** The fences themselves, for what would otherwise depend on everything in this component a thousand times. */
  public readonly fences: readonly pulumi.Resource[];

  public constructor(name: string, args: NamespaceArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:Namespace", name, args, opts);
    const child = { parent: this };

    const namespace = new k8s.core.v1.Namespace(
      name,
      {
        metadata: {
          name: args.name,
          labels: {
            "platform/owner": args.owner,
            ...podSecurityLabels(args.podSecurity ?? "restricted"),
            ...args.labels,
          },
        },
      },
      // A component does not pass on what it depends on by itself; all else waits for the namespace.
      { ...child, dependsOn: opts.dependsOn ?? [] },
    );
    const inside = namespace.metadata.name;

    const policies = Object.entries({ "deny-all": denyAll, dns: lookUpNames, ...args.traffic }).map(
      ([key, spec]) =>
        new k8s.networking.v1.NetworkPolicy(
          `${name}-${key}`,
          { metadata: { name: key, namespace: inside }, spec },
          child,
        ),
    );
    const quota = new k8s.core.v1.ResourceQuota(
      `${name}-quota`,
      { metadata: { name: "quota", namespace: inside }, spec: { hard: describeQuota(args.quota) } },
      child,
    );
    const limits = new k8s.core.v1.LimitRange(
      `${name}-limits`,
      {
        metadata: { name: "defaults", namespace: inside },
        spec: { limits: [describeLimits(args.limits ?? {})] },
      },
      child,
    );
    for (const [team, access] of Object.entries(args.teams ?? {})) {
      admitTeam(`${name}-team-${team}`, team, access, inside, child);
    }

    this.namespaceName = inside;
    this.fences = [...policies, quota, limits];
    this.registerOutputs({ namespaceName: this.namespaceName });
  }
}

/** A Role with what the team may do, bound to the group of its access entries. */
function admitTeam(
  name: string,
  team: string,
  access: TeamAccess,
  namespace: pulumi.Output<string>,
  opts: pulumi.CustomResourceOptions,
): void {
  const metadata = { name: `team-${team}`, namespace };
  const role = new k8s.rbac.v1.Role(name, { metadata, rules: describeTeamRules(access) }, opts);
  new k8s.rbac.v1.RoleBinding(
    name,
    {
      metadata,
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: role.metadata.name },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: team }],
    },
    opts,
  );
}
