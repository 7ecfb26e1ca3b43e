import { expect } from "chai";

import { describeKarpenter } from "../../../components/eks-cluster/permissions/karpenter.ts";
import { all, only, run } from "../../support/run.ts";
import type { Recorded } from "../../support/run.ts";
import { dig } from "../observability/dig.ts";
import { settled } from "../workloads/settings.ts";
import { cluster, nodeGroup } from "./cluster.ts";
import { waitsFor } from "./graph.ts";

const change = {
  nodeScaling: "karpenter",
  nodeGroups: {
    main: nodeGroup,
    spot: {
      instanceTypes: ["t3.large", "t3a.large"],
      capacity: "spot",
      size: { min: 0, max: 4 },
    },
  },
};
const pool = "kubernetes:karpenter.sh/v1:NodePool";
const nodeClass = "kubernetes:karpenter.k8s.aws/v1:EC2NodeClass";
const group = "aws:eks/nodeGroup:NodeGroup";

describe("a cluster with Karpenter", () => {
  let resources: readonly Recorded[];

  before(async () => {
    ({ resources } = await run(() => cluster(change)));
  });

  it("has no cluster autoscaler, and none of its tags", () => {
    const releases = all(resources, "kubernetes:helm.sh/v3:Release").map(({ inputs }) => inputs.name);
    expect(releases).to.include.members(["karpenter", "karpenter-crd"]).and.not.include("cluster-autoscaler");
    expect(JSON.stringify(only(resources, group).inputs.tags)).to.not.contain("cluster-autoscaler");
  });

  it("takes its charts from their registry", () => {
    expect(
      only(resources, "kubernetes:helm.sh/v3:Release", "cluster-karpenter-karpenter").inputs,
    ).to.deep.include({
      chart: "oci://public.ecr.aws/karpenter/karpenter",
      version: "1.14.1",
      skipCrds: true,
    });
  });

  it("keeps the nodes that are always there in a managed group of one size", () => {
    expect(only(resources, group, "cluster-nodes-main").inputs.scalingConfig).to.deep.equal({
      minSize: 1,
      desiredSize: 1,
      maxSize: 1,
    });
  });

  it("has a pool and a class for each group that may grow, which go before Karpenter does", () => {
    expect(all(resources, pool).map(({ inputs }) => dig(inputs, "metadata", "name"))).to.have.members([
      "main",
      "spot",
    ]);
    expect(waitsFor(resources, pool, "cluster-karpenter-spot-pool")).to.include.all.keys(
      "EC2NodeClass cluster-karpenter-spot-class",
      "Release cluster-karpenter-karpenter",
      "Release cluster-karpenter-karpenter-crd",
      "PodIdentityAssociation cluster-karpenter-identity",
    );
  });

  it("gives Karpenter its role after there is a cluster to give it in", () => {
    const association = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
    expect(waitsFor(resources, association, "cluster-karpenter-identity")).to.include(
      "StorageClass cluster-storage-class",
    );
  });

  it("starts nodes where the managed ones are, with their role and in their security group", () => {
    const { spec } = only(resources, nodeClass, "cluster-karpenter-main-class").inputs;
    const role = only(resources, "aws:iam/role:Role", "cluster-node-role");
    expect(dig(spec, "role")).to.equal(role.state.name);
    const { inputs } = only(resources, group);
    expect(dig(spec, "subnetSelectorTerms")).to.deep.equal(
      Array.isArray(inputs.subnetIds) ? inputs.subnetIds.map((id: unknown) => ({ id })) : [],
    );
  });

  it("hears of every node that AWS takes back, from no one but AWS's events and over TLS", () => {
    const targets = all(resources, "aws:cloudwatch/eventTarget:EventTarget");
    const queue = only(resources, "aws:sqs/queue:Queue");
    expect(targets).to.have.length(5);
    for (const { inputs } of targets) expect(inputs.arn).to.equal(queue.state.arn);
    const policy: unknown = JSON.parse(
      String(only(resources, "aws:sqs/queuePolicy:QueuePolicy").inputs.policy),
    );
    expect(dig(policy, "Statement", 0)).to.deep.include({
      Principal: { Service: "events.amazonaws.com" },
      Action: "sqs:SendMessage",
    });
    expect(dig(policy, "Statement", 0, "Condition", "ArnEquals", "aws:SourceArn")).to.have.length(5);
    expect(dig(policy, "Statement", 1)).to.deep.include({
      Effect: "Deny",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });
});

describe("Karpenter's role", () => {
  const scope = {
    clusterName: "groundwork-test",
    region: "eu-west-1",
    accountId: "111111111111",
    nodeRoleArn: "arn:aws:iam::111111111111:role/nodes",
    queueArn: "arn:aws:sqs:eu-west-1:111111111111:interruptions",
  };
  const statements = async (): Promise<readonly unknown[]> => settled([...describeKarpenter(scope)]);
  const about = async (action: string): Promise<readonly unknown[]> =>
    (await statements()).filter((statement) => [dig(statement, "Action")].flat().includes(action));

  it("hands nodes one role and no other, through EC2 only", async () => {
    expect(await about("iam:PassRole")).to.deep.equal([
      {
        Sid: "GiveNodesTheirRole",
        Effect: "Allow",
        Action: "iam:PassRole",
        Resource: scope.nodeRoleArn,
        Condition: { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } },
      },
    ]);
  });

  for (const action of ["ec2:TerminateInstances", "ec2:CreateLaunchTemplate", "iam:CreateInstanceProfile"]) {
    it(`may ${action} only with the cluster's tag`, async () => {
      const found = await about(action);
      expect(found).to.have.length(1);
      expect(JSON.stringify(dig(found[0], "Condition"))).to.contain(
        'kubernetes.io/cluster/groundwork-test":"owned"',
      );
    });
  }

  it("may do on every resource nothing but look", async () => {
    for (const statement of await statements()) {
      if (dig(statement, "Resource") !== "*") continue;
      for (const action of [dig(statement, "Action")].flat())
        expect(String(action)).to.match(/:(Describe|Get|List)/);
    }
  });
});

describe("a cluster with headroom", () => {
  it("keeps places free after there is somebody to start nodes for them", async () => {
    const { resources } = await run(() => cluster({ headroom: { pods: 2, cpu: "500m", memory: "512Mi" } }));
    const deployment = "kubernetes:apps/v1:Deployment";
    expect(only(resources, deployment).inputs.spec).to.deep.include({ replicas: 2 });
    expect(waitsFor(resources, deployment, "cluster-headroom")).to.include.all.keys(
      "Release cluster-controllers-cluster-autoscaler",
      "PriorityClass cluster-priority-headroom",
      "NetworkPolicy cluster-headroom-namespace-deny-all",
    );
    const quota = only(resources, "kubernetes:core/v1:ResourceQuota", "cluster-headroom-namespace-quota");
    expect(dig(quota.inputs, "spec", "hard")).to.deep.equal({
      pods: "3",
      "requests.cpu": "2",
      "requests.memory": "1536Mi",
    });
  });
});

describe("the number of nodes", () => {
  const main = (size: object): Promise<Recorded> =>
    run(() => cluster({ nodeGroups: { main: { ...nodeGroup, size } } })).then(({ resources }) =>
      only(resources, group),
    );

  it("begins with the fewest there may be", async () => {
    const { inputs, ignoreChanges } = await main({ min: 2, max: 4 });
    expect(inputs.scalingConfig).to.deep.equal({ minSize: 2, desiredSize: 2, maxSize: 4 });
    expect(ignoreChanges).to.deep.equal(["scalingConfig.desiredSize"]);
  });

  it("is set by an update only where that is asked for, so that min can rise", async () => {
    const { inputs, ignoreChanges } = await main({ min: 3, desired: 3, max: 4, enforceDesired: true });
    expect(inputs.scalingConfig).to.deep.equal({ minSize: 3, desiredSize: 3, maxSize: 4 });
    expect(ignoreChanges).to.deep.equal([]);
  });
});
