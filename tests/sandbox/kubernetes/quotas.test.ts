import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { Unready } from "../../../sandbox/unready.ts";
import { at } from "../../../sandbox/values.ts";
import { World, but, claim, container, deployment, gp3, running } from "./world.ts";

function quota(hard: Properties, spec: Properties = {}): Properties {
  return { metadata: { name: "compute" }, spec: { hard, ...spec } };
}

function limited(...limits: readonly Properties[]): World {
  const world = new World();
  world.make("core/v1:LimitRange", { metadata: { name: "usual" }, spec: { limits } });
  return world;
}

function withQuota(hard: Properties, spec?: Properties): World {
  const world = new World();
  world.make("core/v1:ResourceQuota", quota(hard, spec));
  return world;
}

/** A Deployment whose container asks for half a core and 256 MiB. */
const modest = running({ resources: { requests: { cpu: "500m", memory: "256Mi" } } });

function pod(resources: Properties): Properties {
  return { metadata: { name: "one" }, spec: { containers: [container({ resources })] } };
}

const short = "Minimum number of live Pods was not attained: [ReplicaFailure] ";

describe("A ResourceQuota", () => {
  it("lets a Deployment in and keeps its pods out, so that it never becomes ready", () => {
    const world = withQuota({ "requests.cpu": "1" });
    expect(() => world.make("apps/v1:Deployment", but(modest, "spec/replicas", 3))).to.throw(
      Unready,
      `${short}pods "web-" is forbidden: exceeded quota: compute, requested: requests.cpu=500m, used: requests.cpu=1, limited: requests.cpu=1`,
    );
    const { state } = world.read("apps/v1:Deployment", "default/web") ?? {};
    expect(at(state, "status")).to.deep.include({
      replicas: 2,
      availableReplicas: 2,
      unavailableReplicas: 1,
    });
  });

  it("counts the pods of other workloads", () => {
    const world = withQuota({ pods: "3" });
    world.make("apps/v1:Deployment", but(modest, "spec/replicas", 2));
    const other = but(but(modest, "metadata/name", "api"), "spec/replicas", 2);
    expect(() => world.make("apps/v1:Deployment", other)).to.throw(
      'pods "api-" is forbidden: exceeded quota: compute, requested: pods=1, used: pods=3, limited: pods=3',
    );
  });

  it("does not count a workload's own pods twice when it changes", () => {
    const world = withQuota({ pods: "2" });
    world.make("apps/v1:Deployment", but(modest, "spec/replicas", 2));
    const { state } = world.update(
      "apps/v1:Deployment",
      "default/web",
      but(but(modest, "spec/replicas", 2), "metadata/labels", { a: "b" }),
    );
    expect(at(state, "status.availableReplicas")).to.equal(2);
  });

  it("refuses a bare pod at once", () => {
    expect(() =>
      withQuota({ "limits.memory": "1Gi" }).make("core/v1:Pod", pod({ limits: { memory: "2Gi" } })),
    ).to.throw(
      'Forbidden: pods "one" is forbidden: exceeded quota: compute, requested: limits.memory=2Gi, used: limits.memory=0, limited: limits.memory=1Gi',
    );
  });

  it("keeps out containers that do not say what it limits", () => {
    expect(() =>
      withQuota({ "requests.cpu": "1", "limits.memory": "1Gi" }).make("core/v1:Pod", pod({})),
    ).to.throw(
      'Forbidden: pods "one" is forbidden: failed quota: compute: must specify limits.memory for: web; requests.cpu for: web',
    );
  });

  it("takes a limit for a request", () => {
    expect(withQuota({ "requests.cpu": "1" }).make("core/v1:Pod", pod({ limits: { cpu: "1" } })).id).to.equal(
      "default/one",
    );
  });

  it("counts only the pods of its scopes", () => {
    const scopes = {
      scopeSelector: { matchExpressions: [{ scopeName: "PriorityClass", operator: "In", values: ["high"] }] },
    };
    const world = withQuota({ pods: "0" }, scopes);
    world.make("core/v1:Pod", pod({}));
    world.make("scheduling.k8s.io/v1:PriorityClass", { metadata: { name: "high" }, value: 1000 });
    const high = but(but(pod({}), "metadata/name", "two"), "spec/priorityClassName", "high");
    expect(() => world.make("core/v1:Pod", high)).to.throw("exceeded quota: compute, requested: pods=1");
  });

  it("refuses one object too many", () => {
    const world = withQuota({ configmaps: "2", "count/deployments.apps": "1" });
    world.make("core/v1:ConfigMap", { metadata: { name: "a" } });
    expect(() => world.make("core/v1:ConfigMap", { metadata: { name: "b" } })).to.throw(
      'Forbidden: configmaps "b" is forbidden: exceeded quota: compute, requested: configmaps=1, used: configmaps=2, limited: configmaps=2',
    );
    world.make("apps/v1:Deployment", deployment);
    expect(() => world.make("apps/v1:Deployment", but(deployment, "metadata/name", "api"))).to.throw(
      'Forbidden: deployments.apps "api" is forbidden: exceeded quota: compute, requested: count/deployments.apps=1, used: count/deployments.apps=1, limited: count/deployments.apps=1',
    );
  });

  it("refuses a claim beyond the storage, and a load balancer too many", () => {
    const world = withQuota({ "requests.storage": "15Gi", "services.loadbalancers": "0" });
    world.make("storage.k8s.io/v1:StorageClass", gp3);
    world.make("core/v1:PersistentVolumeClaim", claim);
    expect(() => world.make("core/v1:PersistentVolumeClaim", but(claim, "metadata/name", "more"))).to.throw(
      'persistentvolumeclaims "more" is forbidden: exceeded quota: compute, requested: requests.storage=10Gi, used: requests.storage=10Gi, limited: requests.storage=15Gi',
    );
    const spec = { type: "LoadBalancer", ports: [{ port: 80 }] };
    expect(() => world.make("core/v1:Service", { metadata: { name: "web" }, spec })).to.throw(
      'services "web" is forbidden: exceeded quota: compute, requested: services.loadbalancers=1, used: services.loadbalancers=0, limited: services.loadbalancers=0',
    );
  });

  it("counts nothing of other namespaces", () => {
    const world = withQuota({ configmaps: "1" });
    world.make("core/v1:Namespace", { metadata: { name: "shop" } });
    expect(world.make("core/v1:ConfigMap", { metadata: { name: "a", namespace: "shop" } }).id).to.equal(
      "shop/a",
    );
  });
});

describe("A LimitRange", () => {
  const usual = { type: "Container", default: { cpu: "500m" }, defaultRequest: { cpu: "100m" } };

  it("gives requests and limits to containers that have none", () => {
    const { state } = limited(usual).make("core/v1:Pod", pod({}));
    expect(at(state, "spec.containers[0].resources")).to.deep.equal({
      limits: { cpu: "500m" },
      requests: { cpu: "100m" },
    });
  });

  it("so that a quota counts them", () => {
    const world = limited(usual);
    world.make("core/v1:ResourceQuota", quota({ "requests.cpu": "250m" }));
    expect(() => world.make("apps/v1:Deployment", but(deployment, "spec/replicas", 3))).to.throw(
      "exceeded quota: compute, requested: requests.cpu=100m, used: requests.cpu=200m, limited: requests.cpu=250m",
    );
  });

  const mistakes: readonly (readonly [
    title: string,
    limit: Properties,
    resources: Properties,
    reason: string,
  ])[] = [
    [
      "a limit above its most",
      { type: "Container", max: { memory: "1Gi" } },
      { limits: { memory: "2Gi" } },
      "maximum memory usage per Container is 1Gi, but limit is 2Gi",
    ],
    [
      "a request below its least",
      { type: "Container", min: { memory: "64Mi" } },
      { requests: { memory: "32Mi" } },
      "minimum memory usage per Container is 64Mi, but request is 32Mi",
    ],
    [
      "a limit far above the request",
      { type: "Container", maxLimitRequestRatio: { cpu: "2" } },
      { limits: { cpu: "1" }, requests: { cpu: "200m" } },
      "cpu max limit to request ratio per Container is 2, but provided ratio is 5.000000",
    ],
    [
      "a pod above its most",
      { type: "Pod", max: { cpu: "1" } },
      { limits: { cpu: "1500m" } },
      "maximum cpu usage per Pod is 1, but limit is 1500m",
    ],
    [
      "two things at once",
      { type: "Container", max: { cpu: "1", memory: "1Gi" } },
      { limits: { cpu: "2", memory: "2Gi" } },
      "[maximum cpu usage per Container is 1, but limit is 2, maximum memory usage per Container is 1Gi, but limit is 2Gi]",
    ],
  ];
  for (const [title, limit, resources, reason] of mistakes) {
    it(`refuses ${title}`, () => {
      expect(() => limited(limit).make("core/v1:Pod", pod(resources))).to.throw(
        `Forbidden: pods "one" is forbidden: ${reason}`,
      );
    });
  }

  it("keeps a Deployment from becoming ready for the same reasons", () => {
    const world = limited({ type: "Container", max: { cpu: "250m" } });
    expect(() => world.make("apps/v1:Deployment", running({ resources: { limits: { cpu: "1" } } }))).to.throw(
      Unready,
      `${short}pods "web-" is forbidden: maximum cpu usage per Container is 250m, but limit is 1`,
    );
  });

  it("refuses a claim of another size", () => {
    expect(() =>
      limited({ type: "PersistentVolumeClaim", max: { storage: "5Gi" } }).make(
        "core/v1:PersistentVolumeClaim",
        claim,
      ),
    ).to.throw(
      'persistentvolumeclaims "data" is forbidden: maximum storage usage per PersistentVolumeClaim is 5Gi, but request is 10Gi',
    );
  });
});
