import type { iam } from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { describePodNetwork, describeVolumes } from "../../../components/eks-cluster/permissions/add-ons.ts";
import {
  describeClusterAutoscaler,
  describeExternalSecrets,
  describeZone,
} from "../../../components/eks-cluster/permissions/controllers.ts";
import { describeLoadBalancerController } from "../../../components/eks-cluster/permissions/load-balancer-controller.ts";

const policies = {
  "the cluster autoscaler": describeClusterAutoscaler("demo"),
  "the load balancer controller": describeLoadBalancerController("demo"),
  "the network add-on": describePodNetwork(),
  "the volume driver": describeVolumes("arn:aws:kms:eu-west-1:111111111111:key/k"),
  "external-secrets": describeExternalSecrets(["rds!db-*", "app"]),
  "external-dns": describeZone("Z1"),
};

const list = (value: unknown): string[] => [value].flat().map(String);

const isLoadBalancer = (arn: string): boolean => arn.includes(":loadbalancer/");

function valueOf(resource: iam.PolicyStatement["Resource"]): Promise<unknown> {
  return new Promise((resolve) => {
    pulumi.output(resource).apply(resolve);
  });
}

/** What only looks may look anywhere: IAM has no narrower resource for most of it. */
const looks = /^[a-z0-9-]+:(Describe|Get|List)/;

describe("permissions of the controllers", () => {
  for (const [who, statements] of Object.entries(policies)) {
    it(`give ${who} no wildcard action`, () => {
      const actions = statements.flatMap(({ Action }) => list(Action));
      expect(actions.length).to.be.greaterThan(2);
      expect(actions.filter((action) => action.includes("*"))).to.deep.equal([]);
    });

    it(`let ${who} change nothing without naming it`, () => {
      const everywhere = statements.filter(({ Resource }) => list(Resource).includes("*"));
      const changes = everywhere
        .flatMap(({ Action }) => list(Action))
        .filter((action) => !looks.test(action));
      expect(changes).to.deep.equal([]);
    });

    it(`name each statement of ${who} once`, () => {
      const ids = statements.map(({ Sid }) => Sid);
      expect(new Set(ids).size).to.equal(ids.length);
    });
  }

  it("bind the autoscaler to the groups EKS tagged for this cluster", () => {
    expect(policies["the cluster autoscaler"].find(({ Sid }) => Sid === "ScaleOwnGroups")).to.deep.include({
      Action: ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"],
      Condition: { StringEquals: { "aws:ResourceTag/k8s.io/cluster-autoscaler/demo": "owned" } },
    });
  });

  it("bind the deletion of load balancers to those of this cluster", () => {
    const deleting = policies["the load balancer controller"].filter(({ Action }) =>
      list(Action).includes("elasticloadbalancing:DeleteLoadBalancer"),
    );
    expect(deleting.map(({ Condition }) => Condition)).to.deep.equal([
      { StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "demo" } },
    ]);
  });

  it("let nobody make a load balancer the cluster's own by tagging it later", () => {
    const tagging = policies["the load balancer controller"].filter(
      ({ Action, Resource }) =>
        list(Action).includes("elasticloadbalancing:AddTags") && list(Resource).some(isLoadBalancer),
    );
    expect(tagging.map(({ Sid, Condition }) => [Sid, Condition])).to.deep.equal([
      [
        "TagNewLoadBalancers",
        {
          StringEquals: {
            "aws:RequestTag/elbv2.k8s.aws/cluster": "demo",
            "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup"],
          },
        },
      ],
      ["ChangeOwnLoadBalancers", { StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "demo" } }],
    ]);
  });

  it("put pods into target groups of this cluster only", () => {
    const registering = policies["the load balancer controller"].find(({ Action }) =>
      list(Action).includes("elasticloadbalancing:RegisterTargets"),
    );
    expect(registering?.Condition).to.deep.equal({
      StringEquals: { "aws:ResourceTag/elbv2.k8s.aws/cluster": "demo" },
    });
  });

  it("name the zone whose records may be changed by its ARN", async () => {
    const changing = policies["external-dns"].find(({ Sid }) => Sid === "ChangeRecordsOfZone");
    expect(await valueOf(changing?.Resource)).to.equal("arn:aws:route53:::hostedzone/Z1");
  });

  it("name secrets by prefix or exactly, with the six characters AWS adds", () => {
    expect(policies["external-secrets"][0]?.Resource).to.deep.equal([
      "arn:aws:secretsmanager:*:*:secret:rds!db-*",
      "arn:aws:secretsmanager:*:*:secret:app-??????",
    ]);
  });

  it("decrypt secrets through Secrets Manager only", () => {
    expect(policies["external-secrets"][1]).to.deep.include({
      Action: "kms:Decrypt",
      Condition: { StringLike: { "kms:ViaService": "secretsmanager.*.amazonaws.com" } },
    });
  });
});
