import { expect } from "chai";

import {
  certManagerValues,
  clusterAutoscalerValues,
  externalDnsValues,
  externalSecretsValues,
} from "../../../components/eks-cluster/controller-values.ts";
import type { ControllerContext } from "../../../components/eks-cluster/controllers.ts";
import { describeHeadroom } from "../../../components/eks-cluster/headroom.ts";
import { vcpusOf } from "../../../components/eks-cluster/instance-size.ts";
import { nodeGroupSettings } from "../../../components/eks-cluster/node-group-settings.ts";
import type { NodeGroupSettings } from "../../../components/eks-cluster/node-group-settings.ts";
import {
  cpuLimitOf,
  describeNodeClass,
  describeNodePool,
} from "../../../components/eks-cluster/node-pools.ts";
import { planAutoscaling, planManagedGroups } from "../../../components/eks-cluster/node-scaling.ts";
import { priorityClasses } from "../../../components/eks-cluster/priorities.ts";
import type { Priority } from "../../../components/eks-cluster/priorities.ts";
import { dig } from "../observability/dig.ts";
import { settings } from "./cluster.ts";

const group = (change: object = {}): NodeGroupSettings =>
  nodeGroupSettings.parse({ instanceTypes: ["t3.large"], size: { min: 1, max: 4 }, ...change });
const spot = group({
  instanceTypes: ["m7g.xlarge", "m6g.2xlarge"],
  capacity: "spot",
  size: { min: 0, max: 5 },
  taints: [{ key: "platform/capacity", value: "spot", effect: "NoSchedule" }],
  labels: { tier: "batch" },
  priority: 50,
});

const context: ControllerContext = {
  clusterName: "groundwork-test",
  region: "eu-west-1",
  vpcId: "vpc-1",
  vpcCidr: "10.0.0.0/16",
  replicas: 2,
  readableSecrets: [],
  autoscaling: undefined,
  zone: undefined,
  tags: {},
};

describe("CPUs of an instance type", () => {
  for (const [type, count] of Object.entries({
    "t3.micro": 2,
    "t3.medium": 2,
    "m6g.medium": 1,
    "m7i.large": 2,
    "c7i.xlarge": 4,
    "m7g.2xlarge": 8,
    "r7i.48xlarge": 192,
  })) {
    it(`are ${String(count)} of ${type}`, () => {
      expect(vcpusOf(type)).to.equal(count);
    });
  }

  it("are not in the name of bare metal", () => {
    expect(vcpusOf("m7g.metal")).to.equal(undefined);
  });
});

describe("who starts nodes", () => {
  const nodeGroups = { main: group(), spot };

  it("is the cluster autoscaler for every group as it is", () => {
    const cluster = settings({
      nodeGroups: { main: { instanceTypes: ["t3.large"], size: { min: 1, max: 4 } } },
    });
    expect(planManagedGroups(cluster)).to.equal(cluster.nodeGroups);
    expect(planAutoscaling(cluster)).to.deep.equal({ expander: "leastWaste", priorities: { main: 10 } });
  });

  it("is nobody for managed groups beside Karpenter, which keep what is always there", () => {
    const managed = planManagedGroups({ nodeScaling: "karpenter", nodeGroups });
    expect(Object.keys(managed)).to.deep.equal(["main"]);
    expect(managed.main?.size).to.deep.equal({ min: 1, desired: 1, max: 1, enforceDesired: false });
    expect(planAutoscaling({ nodeScaling: "karpenter", expander: "leastWaste", nodeGroups })).to.equal(
      undefined,
    );
  });

  const valuesOf = (expander: "leastWaste" | "priority"): unknown =>
    clusterAutoscalerValues(context, { expander, priorities: { main: 10, spot: 50, more: 10 } });

  it("is asked for the group that wastes least", () => {
    expect(dig(valuesOf("leastWaste"), "extraArgs", "expander")).to.equal("least-waste");
    expect(valuesOf("leastWaste")).to.not.have.property("expanderPriorities");
  });

  it("is asked for the group of the highest priority, told apart by the names EKS gives", () => {
    expect(dig(valuesOf("priority"), "extraArgs", "expander")).to.equal("priority,least-waste");
    expect(dig(valuesOf("priority"), "expanderPriorities")).to.deep.equal({
      "10": ["^eks-main-[0-9a-f]{26}-.*", "^eks-more-[0-9a-f]{26}-.*"],
      "50": ["^eks-spot-[0-9a-f]{26}-.*"],
    });
  });

  it("does not take a group for another whose name begins like it", () => {
    const priorities = dig(valuesOf("priority"), "expanderPriorities", "10", 0);
    const suffix = "20261121163556123400000001-1ec9d1aa-0000-4000-8000-000000000000";
    expect(`eks-main-${suffix}`).to.match(new RegExp(String(priorities)));
    expect(`eks-main-2-${suffix}`).to.not.match(new RegExp(String(priorities)));
  });
});

describe("node pools", () => {
  it("say what the group says", () => {
    expect(describeNodePool("spot", spot)).to.deep.equal({
      template: {
        metadata: { labels: { "node-group": "spot", "platform/capacity": "spot", tier: "batch" } },
        spec: {
          nodeClassRef: { group: "karpenter.k8s.aws", kind: "EC2NodeClass", name: "spot" },
          requirements: [
            {
              key: "node.kubernetes.io/instance-type",
              operator: "In",
              values: ["m7g.xlarge", "m6g.2xlarge"],
            },
            { key: "karpenter.sh/capacity-type", operator: "In", values: ["spot"] },
            { key: "kubernetes.io/arch", operator: "In", values: ["arm64"] },
          ],
          taints: [{ key: "platform/capacity", value: "spot", effect: "NoSchedule" }],
          expireAfter: "720h",
        },
      },
      limits: { cpu: "40" },
      disruption: {
        consolidationPolicy: "WhenEmptyOrUnderutilized",
        consolidateAfter: "10m",
        budgets: [{ nodes: "33%" }],
      },
      weight: 50,
    });
  });

  it("leave out of their limit what the managed group holds", () => {
    expect(cpuLimitOf(group())).to.equal(6);
  });

  it("make nodes like those of a managed group", () => {
    const near = {
      role: "nodes",
      subnetIds: ["subnet-1", "subnet-2"],
      securityGroupId: "sg-1",
      tags: { Owner: "me" },
    };
    expect(describeNodeClass(group({ image: "bottlerocket", diskGb: 80 }), near)).to.deep.equal({
      amiSelectorTerms: [{ alias: "bottlerocket@latest" }],
      role: "nodes",
      subnetSelectorTerms: [{ id: "subnet-1" }, { id: "subnet-2" }],
      securityGroupSelectorTerms: [{ id: "sg-1" }],
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", size: "4Gi" },
        { deviceName: "/dev/xvdb", size: "80Gi" },
      ].map(({ deviceName, size }) => ({
        deviceName,
        ebs: { volumeSize: size, volumeType: "gp3", encrypted: true, deleteOnTermination: true },
      })),
      detailedMonitoring: true,
      tags: { Owner: "me" },
    });
  });
});

describe("headroom", () => {
  const deployment = describeHeadroom({ image: "pause", pods: 3, cpu: "500m", memory: "1Gi" });

  it("is pods that do nothing and give way to all others", () => {
    expect(deployment.replicas).to.equal(3);
    expect(dig(deployment, "template", "spec")).to.deep.include({
      priorityClassName: "platform-headroom",
      terminationGracePeriodSeconds: 0,
    });
    expect(dig(deployment, "template", "spec", "containers", 0, "resources", "requests")).to.deep.include({
      cpu: "500m",
      memory: "1Gi",
    });
  });

  it("ranks below all services, and just high enough that new nodes are started for it", () => {
    const { headroom, ...services } = priorityClasses;
    expect(headroom.value).to.equal(-10);
    for (const { value } of Object.values(services)) expect(value).to.be.above(headroom.value);
    expect([headroom.preempts, priorityClasses.critical.preempts]).to.deep.equal([false, true]);
  });
});

describe("priorities", () => {
  it("give whatever names none that of a service, so that no service pushes it out", () => {
    const defaults = Object.entries<Priority>(priorityClasses).filter(
      ([, { isDefault }]) => isDefault === true,
    );
    expect(defaults.map(([key]) => key)).to.deep.equal(["standard"]);
  });

  it("put the controllers above all services, also where their charts leave it open", () => {
    const secrets = externalSecretsValues(context);
    for (const values of [secrets, dig(secrets, "webhook"), dig(secrets, "certController")])
      expect(dig(values, "priorityClassName")).to.equal("system-cluster-critical");
    expect(externalDnsValues(context, "example.com").priorityClassName).to.equal("system-cluster-critical");
    expect(dig(certManagerValues(context), "global", "priorityClassName")).to.equal(
      "system-cluster-critical",
    );
  });
});
