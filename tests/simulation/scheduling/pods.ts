import type { PodTemplate, Taint, Workload } from "../../../simulation/engine/model.ts";
import type { Node, Pod } from "../../../simulation/engine/world.ts";
import { bind, makeNode, makePod } from "../../../simulation/engine/world.ts";
import { readTemplate } from "../../../simulation/stack/pod-template.ts";

const surroundings = { daemons: [], prefixDelegation: false };

/** An m5.large, which has 1.93 cores to give. */
export function node(name: string, zone = "a", taints: readonly Taint[] = []): Node {
  const spec = {
    name,
    zone,
    owner: "base",
    ownerLabel: "group",
    type: "m5.large",
    spot: false,
    labels: {},
    taints,
  };
  return makeNode({ ...spec, diskBytes: 80 * 2 ** 30, createdAt: 0, readyAt: 0 }, surroundings);
}

/** Part of a manifest. */
export type Values = Readonly<Record<string, unknown>>;

function template(spec: Values, cpu: string): PodTemplate {
  const containers = [{ name: "app", resources: { requests: { cpu, memory: "64Mi" } } }];
  const classes = {
    low: { value: -5, preempts: true, isDefault: false },
    high: { value: 10, preempts: true, isDefault: false },
  };
  return readTemplate({ metadata: { labels: { app: "web" } }, spec: { containers, ...spec } }, classes);
}

let next = 0;

/** A pod that nobody has placed yet. */
export function pod(spec: Values = {}, cpu = "500m"): Pod {
  const workload: Workload = {
    id: "apps/web",
    name: "web",
    namespace: "apps",
    kind: "Deployment",
    replicas: 1,
    template: template(spec, cpu),
    served: true,
  };
  next += 1;
  return makePod(next, workload, 0);
}

/** One that runs on a node. */
export function placed(on: Node, spec: Values = {}, cpu = "500m"): Pod {
  const made = pod(spec, cpu);
  bind(made, on);
  made.isReady = true;
  return made;
}
