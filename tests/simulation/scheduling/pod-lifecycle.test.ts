import { expect } from "chai";
import type { State } from "../../../simulation/engine/state.ts";
import type { GraphObject } from "../../../simulation/stack/graph.ts";
import {
  clusterAutoscaler,
  deployment,
  levelProfile,
  nodeGroup,
  service,
  shop,
  subnets,
} from "../fixture.ts";
import { plenty, run } from "../runs.ts";

const quota = (hard: Readonly<Record<string, string>>): GraphObject => ({
  type: "kubernetes:core/v1:ResourceQuota",
  id: "quota",
  inputs: { kind: "ResourceQuota", metadata: { name: "quota", namespace: "apps" }, spec: { hard } },
});

const five = [deployment("web", { replicas: 5 }), service("web"), ...plenty];

describe("a namespace's quota", () => {
  const readyUnder = (
    hard: Readonly<Record<string, string>>,
  ): readonly [number | undefined, string | undefined] => {
    const { services, limits } = run([...five, quota(hard)], { seconds: 60 }).state;
    return [services[0]?.ready, [...limits.keys()][0]];
  };

  it("stops the pods that it has no room for, and is named", () => {
    expect(readyUnder({ pods: "3" })).to.deep.equal([3, "ResourceQuota of apps: pods 3"]);
    expect(readyUnder({ "requests.cpu": "2" })).to.deep.equal([4, "ResourceQuota of apps: requests.cpu 2"]);
    expect(readyUnder({ "requests.memory": "1Gi" })).to.deep.equal([
      2,
      "ResourceQuota of apps: requests.memory 1Gi",
    ]);
  });

  it("is silent where it suffices", () => {
    expect(readyUnder({ pods: "5", "requests.cpu": "2500m" })).to.deep.equal([5, undefined]);
  });
});

describe("a new pod", () => {
  /** Seconds from the creation of the first further pod until it is ready. */
  function wait(profile: string, objects: readonly GraphObject[]): number {
    let started: number | undefined;
    let took: number | undefined;
    const watch = ({ now, services }: State): void => {
      const pods = services.find(({ workload }) => workload.name === "web")?.pods ?? [];
      if (pods.length > 3) started ??= now;
      if (started !== undefined && pods.filter(({ isReady }) => isReady).length > 3) took ??= now - started;
    };
    const requests = (second: number): number => (second < 300 ? 100 : 145);
    run(objects, { profile, requests, messages: () => 0, watch, seconds: 900 });
    return took ?? Number.NaN;
  }

  const quick = levelProfile(1).replace(
    "startSeconds: 10, pullSeconds: 5",
    "startSeconds: 1, pullSeconds: 0",
  );
  const roomy = shop.filter(({ id }) => id !== "placeholder");

  it("pulls its image where the node lacks it, starts, and waits for its next probe", () => {
    const slow = levelProfile(1).replace(
      "startSeconds: 10, pullSeconds: 5",
      "startSeconds: 41, pullSeconds: 0",
    );
    expect(wait(quick, roomy)).to.be.within(5, 7);
    expect(wait(slow, roomy)).to.be.within(35, 60);
  });

  it("waits for whose place it takes, as long as that one takes to stop", () => {
    expect(wait(quick, shop) - wait(quick, roomy)).to.equal(11);
  });
});

describe("a pod that ends", () => {
  it("takes no more requests, and keeps its place until its preStop sleep is over", () => {
    const load = (second: number): number => (second < 300 ? 500 : 20);
    const web = shop.filter(({ id }) => id === "web");
    const seen: { at: number; ready: number; held: number }[] = [];
    const watch = ({ now, services, nodes }: State): void => {
      const held = nodes.reduce((sum, { pods }) => sum + pods.size, 0);
      seen.push({ at: now, ready: services[0]?.ready ?? 0, held });
    };
    run([...web, nodeGroup("base"), ...subnets, clusterAutoscaler()], {
      requests: load,
      watch,
      seconds: 1500,
    });
    const gone = seen.find(({ at, ready }, index) => at > 300 && ready < (seen[index - 1]?.ready ?? 0));
    const freed = seen.find(({ at, held }) => at > (gone?.at ?? 0) && held < (gone?.held ?? 0));
    expect((freed?.at ?? 0) - (gone?.at ?? 0)).to.be.within(9, 11);
  });
});
