import { define } from "../../kernel/define.ts";
import type { About } from "../../kernel/definition.ts";
import type { Findings } from "../../kernel/findings.ts";
import { list } from "../../kernel/params.ts";
import { fits } from "../../kernel/urn.ts";

type Settings = Readonly<Record<"baseline" | "privileged" | "ownerLabels", readonly string[]>>;

interface Namespace {
  readonly metadata?:
    | { readonly name?: string | undefined; readonly labels?: Readonly<Record<string, string>> | undefined }
    | undefined;
}

const prefix = "pod-security.kubernetes.io/enforce";

/** The standards a namespace may enforce, the strictest first. */
function allowed(name: string, { baseline, privileged }: Settings): readonly string[] {
  const isListed = (globs: readonly string[]): boolean => globs.some((glob) => fits(glob, name));
  if (isListed(privileged)) return ["restricted", "baseline", "privileged"];
  return isListed(baseline) ? ["restricted", "baseline"] : ["restricted"];
}

function enforces({ metadata }: Namespace, { params }: About<Settings>): Findings {
  const standard = metadata?.labels?.[prefix];
  const may = allowed(metadata?.name ?? "", params);
  return (
    (standard === undefined || !may.includes(standard)) &&
    `the label ${prefix} is ${standard ?? "not set, so the API server takes any pod"}: set ${may.join(" or ")}.`
  );
}

function pinned({ metadata }: Namespace): Findings {
  return (
    metadata?.labels?.[`${prefix}-version`] === undefined &&
    `the label ${prefix}-version is not set, so an upgrade of the cluster may refuse running pods: name the version.`
  );
}

function owned({ metadata }: Namespace, { params }: About<Settings>): Findings {
  return (
    !params.ownerLabels.some((label) => metadata?.labels?.[label] !== undefined) &&
    `no label says whose the namespace is: set ${params.ownerLabels.join(" or ")}.`
  );
}

export const k8sNamespacePodSecurityLabels = define({
  name: "k8s-namespace-pod-security-labels",
  description: "Namespaces have the API server enforce the Pod Security Standards, and say whose they are.",
  severity: "high",
  controls: { "cis-eks": ["4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.2.5"], pss: ["restricted"] },
  remediation: "Make namespaces with the Namespace component; podSecurity loosens one, which is reviewed.",
  params: {
    baseline: list([], "Globs on names of namespaces that may stay at the level baseline."),
    privileged: list([], "Globs on names of namespaces for agents of nodes, which need the open level."),
    ownerLabels: list(["platform/owner", "owner", "team"], "Labels that say who answers; one suffices."),
  },
  checks: {
    "kubernetes:core/v1:Namespace": [enforces, pinned, owned],
    "kubernetes:core/v1:NamespacePatch": [
      (patch, about) => patch.metadata?.labels?.[prefix] !== undefined && enforces(patch, about),
    ],
  },
});
