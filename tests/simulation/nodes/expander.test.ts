import { expect } from "chai";
import type { ClusterAutoscalerSettings } from "../../../simulation/engine/model.ts";
import { randomOf } from "../../../simulation/engine/random.ts";
import type { Option } from "../../../simulation/nodes/expander.ts";
import { choose } from "../../../simulation/nodes/expander.ts";

const settings: ClusterAutoscalerSettings = {
  scanSeconds: 10,
  expander: "random",
  priorities: [],
  unneededSeconds: 600,
  delayAfterAddSeconds: 600,
  utilizationThreshold: 0.5,
  maxProvisionSeconds: 900,
  balanceSimilar: false,
  skipSystemPods: true,
  expendablePriority: -10,
};

const option = (group: string, count: number, pods: number, waste: number): Option => ({
  group,
  autoScalingGroup: `eks-${group}-20261121180000000000000001-0a1b2c3d`,
  count,
  pods,
  waste,
});
const options = [option("base", 1, 3, 0.4), option("spot", 2, 5, 0.2), option("large", 1, 5, 0.6)];

const pick = (changes: Partial<ClusterAutoscalerSettings>, seed = 1): string | undefined =>
  choose(options, { ...settings, ...changes }, randomOf(seed, "test"))?.group;

describe("an expander", () => {
  it("takes the group that wastes least", () => {
    expect(pick({ expander: "least-waste" })).to.equal("spot");
  });

  it("takes the group that needs fewest nodes, of those any", () => {
    expect([1, 2, 3, 4, 5, 6].map((seed) => pick({ expander: "least-nodes" }, seed))).not.to.include("spot");
    expect(pick({ expander: "least-nodes,least-waste" })).to.equal("base");
  });

  it("takes the group that is named first by priority", () => {
    const priorities = [
      { priority: 50, patterns: ["^eks-large-[0-9a-f]{26}-.*"] },
      { priority: 10, patterns: [".*"] },
    ];
    expect(pick({ expander: "priority", priorities })).to.equal("large");
  });

  it("knows groups by their Auto Scaling group alone: without one that fits, priority leaves them all", () => {
    const priorities = [{ priority: 50, patterns: ["^large"] }];
    expect(pick({ expander: "priority,least-waste", priorities })).to.equal("spot");
  });

  it("leaves equals to the next one", () => {
    expect(pick({ expander: "most-pods,least-waste" })).to.equal("spot");
  });

  it("takes any at random, the same for the same seed", () => {
    const picks = Array.from({ length: 30 }, (_, seed) => pick({}, seed));
    expect([...new Set(picks)].sort()).to.deep.equal(["base", "large", "spot"]);
    expect(pick({}, 7)).to.equal(pick({}, 7));
  });

  it("has nothing to choose where no group helps", () => {
    expect(choose([], settings, randomOf(1, "test"))).to.equal(undefined);
  });
});
