import { items } from "../kernel/read.ts";

/** A rule of a role of the cluster. */
export interface Rule {
  readonly verbs?: readonly string[] | undefined;
  readonly apiGroups?: readonly string[] | undefined;
  readonly resources?: readonly string[] | undefined;
  readonly resourceNames?: readonly string[] | undefined;
  readonly nonResourceURLs?: readonly string[] | undefined;
}

/** What is read of roles of any kind. */
export interface Rules {
  readonly rules?: readonly Rule[] | undefined;
}

/** Something a role may allow; without a resource it is the verb on whatever there is. */
export interface Power {
  readonly verbs: readonly string[];
  readonly resources?: readonly string[];
  /** What its holder can do with it. */
  readonly gives: string;
  /** Whether it is harmless inside one namespace. @default false */
  readonly onlyClusterWide?: true;
}

/**
 * What lets its holder become somebody else or read what others keep secret.
 * Source: Kubernetes documentation, "Role Based Access Control Good Practices", Privilege escalation risks.
 */
export const powers: readonly Power[] = [
  { verbs: ["escalate"], gives: "change roles beyond its own rights" },
  { verbs: ["bind"], gives: "bind any role to itself" },
  { verbs: ["impersonate"], gives: "act as somebody else" },
  {
    ...{ verbs: ["list", "watch"], resources: ["secrets"], onlyClusterWide: true },
    gives: "read every secret of the cluster",
  },
  { verbs: ["create", "update", "patch"], resources: ["pods"], gives: "run as any service account there" },
  {
    verbs: ["create", "get"],
    resources: ["pods/exec", "pods/attach"],
    gives: "run commands in any pod there",
  },
  {
    verbs: ["update", "patch"],
    resources: ["pods/ephemeralcontainers"],
    gives: "run commands in any pod there",
  },
  {
    verbs: ["create"],
    resources: ["serviceaccounts/token"],
    gives: "have a token of any service account there",
  },
  {
    verbs: ["get", "create"],
    resources: ["nodes/proxy"],
    gives: "call the kubelet past every check and log",
  },
  { verbs: ["create"], resources: ["persistentvolumes"], gives: "mount the disk of a node" },
  {
    verbs: ["create", "update", "patch"],
    resources: ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
    gives: "read and change whatever is sent to the API",
  },
  {
    verbs: ["update", "patch", "approve"],
    resources: ["certificatesigningrequests/approval"],
    gives: "issue itself certificates of anybody",
  },
];

function meets(given: readonly string[], wanted: readonly string[]): boolean {
  return given.some((value) => value === "*" || wanted.includes(value));
}

/** The powers in a rule. One that names its objects has none: those were chosen. */
export function powersOf(rule: Rule, isClusterWide: boolean): readonly Power[] {
  if (items(rule.resourceNames).length > 0) return [];
  return powers.filter(
    ({ verbs, resources, onlyClusterWide }) =>
      (isClusterWide || onlyClusterWide !== true) &&
      meets(items(rule.verbs), verbs) &&
      (resources === undefined || meets(items(rule.resources), resources)),
  );
}
