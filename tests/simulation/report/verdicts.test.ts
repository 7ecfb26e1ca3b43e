import { expect } from "chai";
import { readProfile } from "../../../simulation/load/profile.ts";
import { markdownOf, reportOf } from "../../../simulation/report/report.ts";
import type { Verdict } from "../../../simulation/report/verdicts.ts";
import { judge } from "../../../simulation/report/verdicts.ts";
import type { GraphObject } from "../../../simulation/stack/graph.ts";
import {
  clusterAutoscaler,
  clusterOf,
  deployment,
  hpa,
  levelProfile,
  nodeGroup,
  scaledObject,
  service,
  shop,
  subnets,
} from "../fixture.ts";

const rate = {
  type: "prometheus",
  metadata: { query: "sum(rate(http_requests_total[1m]))", threshold: "50" },
};
const doubling = {
  scaleUp: {
    stabilizationWindowSeconds: 0,
    tolerance: "0",
    policies: [{ type: "Percent", value: 100, periodSeconds: 60 }],
  },
};

/** A service that doubles each minute on its requests, a core for each copy, on nodes that are there already. */
function surging(max: number, nodes: number): readonly GraphObject[] {
  return [
    deployment("web", { cpu: "1", memory: "1Gi" }),
    service("web"),
    scaledObject("web", [rate], {
      minReplicaCount: 10,
      maxReplicaCount: max,
      advanced: { horizontalPodAutoscalerConfig: { behavior: doubling } },
    }),
    nodeGroup("base", {
      instanceTypes: ["m5.4xlarge"],
      scalingConfig: { minSize: nodes, desiredSize: nodes, maxSize: 20 },
    }),
    ...subnets,
    clusterAutoscaler(),
  ];
}

function verdicts(
  objects: readonly GraphObject[],
  profile = levelProfile(300),
): Readonly<Record<string, Verdict>> {
  const subject = { cluster: clusterOf(objects), profile: readProfile("t.yaml", profile), seed: 1 };
  return Object.fromEntries(judge(subject).verdicts.map((verdict) => [verdict.name, verdict]));
}

describe("the verdicts", () => {
  const ready = verdicts(surging(130, 10));

  it("pass a stack that doubles each minute on nodes that are there", () => {
    const surge = ready["10 to 100 pods within 5 minutes"];
    expect(surge?.result).to.equal("pass");
    expect(surge?.measured).to.match(/^1\d to 100 pods in (1|2)\d\d s$/);
    expect(ready["more than 100 pods"]).to.deep.include({ result: "pass", limit: "" });
    expect(ready["10,000 concurrent users"]?.result).to.equal("pass");
    expect(ready["95 % of requests under 200 ms"]?.result).to.equal("pass");
    expect(ready["loss of a zone at the peak (eu-west-1a)"]?.result).to.equal("pass");
  });

  it("name the object that caps, how long it did, and what to change", () => {
    const capped = verdicts(surging(60, 10))["10 to 100 pods within 5 minutes"];
    expect(capped?.result).to.equal("fail");
    expect(capped?.measured).to.match(/pods became 60 in 15 minutes, never 100$/);
    expect(capped?.limit).to.match(
      /^maxReplicaCount 60 of ScaledObject web, for \d+ s: raise maxReplicaCount/,
    );
  });

  it("tell that ten thousand requests a second need more than a hundred and thirty cores at a hundredth of a second each", () => {
    const carried = ready["10,000 requests per second"];
    expect(carried?.result).to.equal("pass");
    expect(carried?.measured).to.equal("100.00 % of 10000 requests/s answered by 130 pods on 10 nodes");
    expect(verdicts(surging(90, 10))["10,000 requests per second"]?.measured).to.match(
      /^90\.\d\d %|^89\.\d\d %/,
    );
  });

  it("find that nodes come too late where none is spare", () => {
    const late = verdicts(surging(130, 1), levelProfile(300, "nodeStartSeconds: 240\n"))[
      "10 to 100 pods within 5 minutes"
    ];
    expect(late?.result).to.equal("fail");
    expect(late?.measured).to.match(/^1\d to 100 pods in 3\d\d s$/);
    expect(late?.limit).to.match(/^start of new nodes, 240 s each, for \d+ s: keep headroom/);
  });

  it("do not apply where there is nothing to judge", () => {
    const none = verdicts([deployment("web", { replicas: 2 }), nodeGroup("base"), ...subnets]);
    expect(none["10 to 100 pods within 5 minutes"]?.result).to.equal("not applicable");
    expect(ready["half of the spot nodes taken back at the peak"]).to.deep.include({
      result: "not applicable",
      measured: "no node is a spot instance",
    });
  });

  it("do not apply to a step that begins above a hundred pods", () => {
    const many = verdicts([
      deployment("web"),
      service("web"),
      hpa("web", { min: 101, max: 130 }),
      nodeGroup("base", {
        instanceTypes: ["m5.4xlarge"],
        scalingConfig: { minSize: 6, desiredSize: 6, maxSize: 6 },
      }),
      ...subnets,
    ]);
    expect(many["10 to 100 pods within 5 minutes"]).to.deep.include({
      result: "not applicable",
      measured: "101 pods run before the step",
    });
  });

  it("count on the pods of a lost zone until their toleration is over", () => {
    const unreachable = { key: "node.kubernetes.io/unreachable", operator: "Exists", effect: "NoExecute" };
    const back = (tolerations: readonly object[]): string => {
      const stack = [
        deployment("web", { spec: { tolerations } }),
        service("web"),
        hpa("web", { min: 3, max: 3 }),
        nodeGroup("base"),
        ...subnets,
      ];
      return verdicts(stack, levelProfile(5))["loss of a zone at the peak (eu-west-1a)"]?.measured ?? "";
    };
    expect(back([])).to.match(/^3 pods fell to 2, back after 3[67]\d s;/);
    expect(back([{ ...unreachable, tolerationSeconds: 10 }])).to.match(
      /^3 pods fell to 2, back after [78]\d s;/,
    );
  });

  it("fail a service whose only pod is in the zone that is lost", () => {
    const alone = [
      deployment("web"),
      service("web"),
      hpa("web", { min: 1, max: 1 }),
      nodeGroup("base"),
      ...subnets,
    ];
    const loss = verdicts(alone, levelProfile(5))["loss of a zone at the peak (eu-west-1a)"];
    expect(loss?.result).to.equal("fail");
    expect(loss?.measured).to.match(/^1 pods fell to 0, back after \d+ s; every service kept 0 or more/);
  });

  it("fail a response time that the load is too much for", () => {
    const slow = [
      deployment("web"),
      service("web"),
      hpa("web", { min: 2, max: 2 }),
      nodeGroup("base"),
      ...subnets,
    ];
    const verdict = verdicts(slow, levelProfile(95))["95 % of requests under 200 ms"];
    expect(verdict?.result).to.equal("fail");
    expect(verdict?.limit).to.match(/^maxReplicas 2 of HPA web/);
  });

  it("survive the loss of spot nodes whose pods have room elsewhere", () => {
    const spot = nodeGroup("spot", {
      capacityType: "SPOT",
      scalingConfig: { minSize: 4, desiredSize: 4, maxSize: 9 },
    });
    const loss = verdicts([...surging(130, 10), spot])["half of the spot nodes taken back at the peak"];
    expect(loss?.result).to.equal("pass");
  });
});

describe("a report", () => {
  const profile = readProfile("t.yaml", levelProfile(100));
  const cluster = clusterOf(shop);
  const judgement = judge({ cluster, profile, seed: 1 });

  it("is the same text for the same seed", () => {
    const [first, second] = [judgement, judge({ cluster, profile, seed: 1 })].map((result) =>
      markdownOf(reportOf(cluster, profile, 1, result), profile),
    );
    expect(first).to.equal(second);
  });

  it("names what is not simulated", () => {
    const ghost = clusterOf([...shop, hpa("ghost")]);
    expect(markdownOf(reportOf(ghost, profile, 1, judgement), profile)).to.include(
      "- ghost scales apps/ghost, which is not among the stack's objects",
    );
  });
});
