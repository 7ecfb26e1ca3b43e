import { define } from "../../kernel/define.ts";
import type { About } from "../../kernel/definition.ts";
import { whole } from "../../kernel/params.ts";
import { items } from "../../kernel/read.ts";
import { called, onPods } from "../../reading/pods.ts";
import type { Container, PodSpec } from "../../reading/pods.ts";
import { quantity } from "../../reading/quantities.ts";

type Amounts = Readonly<Record<string, string>>;
type Settings = Readonly<Record<"maxMemoryRatio", number>>;

/** What a container reserves and may use, where it leaves that to its pod included. */
function amounts(pod: PodSpec, { resources }: Container): Readonly<Record<"requests" | "limits", Amounts>> {
  return {
    requests: { ...pod.resources?.requests, ...resources?.requests },
    limits: { ...pod.resources?.limits, ...resources?.limits },
  };
}

function absent(pod: PodSpec, container: Container): readonly string[] {
  const { requests, limits } = amounts(pod, container);
  return [
    ...["cpu", "memory", "ephemeral-storage"]
      .filter((key) => requests[key] === undefined)
      .map((key) => `requests.${key}`),
    ...(limits.memory === undefined ? ["limits.memory"] : []),
  ];
}

function judge(pod: PodSpec, container: Container, { type, params }: About<Settings>): readonly string[] {
  const { requests, limits } = amounts(pod, container);
  const missing = type.endsWith("Patch") ? [] : absent(pod, container);
  const [reserved, used] = [quantity(requests.memory), quantity(limits.memory)];
  const isWide = reserved !== undefined && used !== undefined && used > reserved * params.maxMemoryRatio;
  return [
    ...missing.map((key) => `resources.${key} of ${called(container)} is not set: say what it needs.`),
    ...(isWide
      ? [
          `resources.limits.memory of ${called(container)} is ${limits.memory ?? ""}, more than ${params.maxMemoryRatio} times the ${requests.memory ?? ""} it reserves: bring the two together, or its node runs out of memory.`,
        ]
      : []),
  ];
}

export const k8sResourcesSet = define({
  name: "k8s-resources-set",
  description: "Containers say what they need, and have a limit on memory.",
  severity: "medium",
  controls: { ckv: ["CKV_K8S_10", "CKV_K8S_12", "CKV_K8S_13"] },
  remediation:
    "Set the service's resources. A limit on CPU is not asked for: it slows a container down while its node is idle.",
  params: {
    maxMemoryRatio: whole(4, "Times the reserved memory that a container may use at most."),
  },
  checks: onPods<Settings>((pod, _, about) =>
    [...items(pod.initContainers), ...items(pod.containers)].flatMap((container) =>
      judge(pod, container, about),
    ),
  ),
});
