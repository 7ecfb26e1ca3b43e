import { expect } from "chai";
import { patiently } from "../../../sandbox/aws/patience.ts";
import type { Waiting } from "../../../sandbox/aws/patience.ts";
import { untilReady } from "../../../sandbox/kubernetes/patience.ts";
import { kubernetesProvider } from "../../../sandbox/kubernetes/simulated.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { carrying } from "../../../sandbox/operations.ts";
import type { Carrier } from "../../../sandbox/operations.ts";
import { at } from "../../../sandbox/values.ts";
import { World, but, deployment, subject } from "./world.ts";

/** Nothing happens to operations on their way. */
const undisturbed: Carrier = (_, operate) => operate();

/** A cluster whose node group has no nodes. */
function empty(): World {
  const world = new World();
  world.put("eks/nodeGroup:NodeGroup", "platform:nodes", {
    clusterName: "platform",
    scalingConfig: { desiredSize: 0 },
  });
  return world;
}

const pod: Properties = { metadata: { name: "web" }, spec: at(deployment, "spec.template.spec") };
const none = "[FailedScheduling] no nodes available to schedule pods";

describe("In a cluster without nodes", () => {
  it("a Deployment never becomes ready, in the scheduler's words", () => {
    expect(() => empty().make("apps/v1:Deployment", deployment)).to.throw(
      `Minimum number of live Pods was not attained: ${none}`,
    );
  });

  it("neither does a Pod nor a Job", () => {
    expect(() => empty().make("core/v1:Pod", pod)).to.throw(none);
    const job = { metadata: { name: "once" }, spec: { template: { spec: pod.spec } } };
    expect(() =>
      empty().make("batch/v1:Job", but(job, "spec/template/spec/restartPolicy", "Never")),
    ).to.throw(none);
  });

  it("a Deployment without pods, and a DaemonSet, have nothing to wait for", () => {
    expect(() => empty().make("apps/v1:Deployment", but(deployment, "spec/replicas", 0))).not.to.throw();
    expect(() => empty().make("apps/v1:DaemonSet", deployment)).not.to.throw();
  });

  it("a Deployment becomes ready as soon as there is a node", () => {
    const world = empty();
    expect(() => world.make("apps/v1:Deployment", deployment)).to.throw(none);
    world.put("eks/nodeGroup:NodeGroup", "platform:more", {
      clusterName: "platform",
      scalingConfig: { desiredSize: 1 },
    });
    const { state } = world.update("apps/v1:Deployment", "default/web", deployment);
    expect(at(state, "status.readyReplicas")).to.equal(1);
  });

  it("a Deployment waits for the nodes that AWS starts", async () => {
    const world = empty();
    const waiting: Waiting = new Set();
    const carry = untilReady(kubernetesProvider, 200, waiting)(undisturbed);
    const provider = carrying(kubernetesProvider, carry);
    const { inputs } = world.check("apps/v1:Deployment", deployment);
    const web = Promise.resolve(provider.create(world.session(), subject("apps/v1:Deployment"), inputs));
    const nodes = patiently(undisturbed, 200, undefined, waiting);
    const session = world.session();
    const token = "aws:eks/nodeGroup:NodeGroup";
    const order = {
      kind: "create",
      session,
      subject: { urn: "urn", token, name: "more" },
      inputs: {},
    } as const;
    void nodes(order, () => {
      const scalingConfig = { desiredSize: 1 };
      world.put("eks/nodeGroup:NodeGroup", "platform:more", { clusterName: "platform", scalingConfig });
      return { id: "platform:more", state: {}, seconds: 150 };
    });
    expect(at((await web).state, "status.readyReplicas")).to.equal(1);
  });

  it("pods run on Fargate that a profile selects", () => {
    const world = empty();
    const selectors = [{ namespace: "default", labels: { app: "web" } }];
    world.put("eks/fargateProfile:FargateProfile", "web", { clusterName: "platform", selectors });
    expect(() => world.make("apps/v1:Deployment", deployment)).not.to.throw();
    const api = but(deployment, "spec/template/metadata/labels/app", "api");
    const selected = but(but(api, "spec/selector/matchLabels/app", "api"), "metadata/name", "api");
    expect(() => world.make("apps/v1:Deployment", selected)).to.throw(none);
  });

  it("pods get nodes from Karpenter where it has a pool", () => {
    const world = empty();
    const crd = {
      metadata: { name: "nodepools.karpenter.sh" },
      spec: {
        group: "karpenter.sh",
        scope: "Cluster",
        names: { kind: "NodePool", plural: "nodepools", singular: "nodepool" },
        versions: [
          {
            name: "v1",
            served: true,
            storage: true,
            schema: {
              openAPIV3Schema: { type: "object", "x-kubernetes-preserve-unknown-fields": true },
            },
          },
        ],
      },
    };
    world.make("apiextensions.k8s.io/v1:CustomResourceDefinition", crd, "pools");
    world.make("karpenter.sh/v1:NodePool", { metadata: { name: "default" }, spec: nodePool }, "pool");
    expect(() => world.make("apps/v1:Deployment", deployment)).not.to.throw();
  });
});

const nodePool: Properties = {
  template: {
    spec: {
      nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "default" },
      requirements: [{ key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] }],
    },
  },
};
