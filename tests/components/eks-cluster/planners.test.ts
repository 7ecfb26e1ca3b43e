import { expect } from "chai";

import { describeAccessEntry } from "../../../components/eks-cluster/access.ts";
import { afterNodes, beforeNodes } from "../../../components/eks-cluster/add-ons.ts";
import { amiTypeOf, describeDisks, describeTaints } from "../../../components/eks-cluster/launch-template.ts";
import { architectureOf } from "../../../components/eks-cluster/node-group-settings.ts";

describe("access entries", () => {
  const principalArn = "arn:aws:iam::111111111111:role/team";

  it("make an administrator of the whole cluster with the cluster's policy", () => {
    expect(describeAccessEntry({ principalArn, groups: [], policy: "admin" })).to.deep.equal({
      principalArn,
      accessPolicies: {
        admin: {
          policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy",
          accessScope: { type: "cluster" },
        },
      },
    });
  });

  it("make an administrator of one namespace with the namespaced policy", () => {
    expect(
      describeAccessEntry({ principalArn, groups: [], policy: "admin", namespaces: ["apps"] }),
    ).to.deep.equal({
      principalArn,
      accessPolicies: {
        admin: {
          policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSAdminPolicy",
          accessScope: { type: "namespace", namespaces: ["apps"] },
        },
      },
    });
  });

  it("let a viewer look at everything", () => {
    expect(describeAccessEntry({ principalArn, groups: [], policy: "view" }).accessPolicies).to.deep.equal({
      view: {
        policyArn: "arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy",
        accessScope: { type: "cluster" },
      },
    });
  });
});

describe("access entries of teams", () => {
  const principalArn = "arn:aws:iam::111111111111:role/team";

  it("put a principal into its groups, beside a policy of AWS's or without one", () => {
    expect(describeAccessEntry({ principalArn, groups: ["shop-team"] })).to.deep.equal({
      principalArn,
      kubernetesGroups: ["shop-team"],
    });
    expect(describeAccessEntry({ principalArn, groups: ["shop-team"], policy: "view" })).to.include.keys(
      "kubernetesGroups",
      "accessPolicies",
    );
  });
});

describe("images and disks of nodes", () => {
  const disk = (deviceName: string, volumeSize: number): object => ({
    deviceName,
    ebs: { volumeSize, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
  });

  it("put everything of Amazon Linux on one encrypted disk", () => {
    expect(describeDisks({ image: "al2023", diskGb: 50 })).to.deep.equal([disk("/dev/xvda", 50)]);
  });

  it("give Bottlerocket its small system disk beside the data disk, both encrypted", () => {
    expect(describeDisks({ image: "bottlerocket", diskGb: 80 })).to.deep.equal([
      disk("/dev/xvda", 4),
      disk("/dev/xvdb", 80),
    ]);
  });

  for (const [type, architecture] of [
    ["t3.large", "x86_64"],
    ["m7g.2xlarge", "arm64"],
    ["c6gn.metal", "arm64"],
    ["g5.xlarge", "x86_64"],
    ["g5g.xlarge", "arm64"],
    ["a1.large", "arm64"],
    ["m7i-flex.large", "x86_64"],
  ] as const) {
    it(`know that ${type} is ${architecture}`, () => {
      expect(architectureOf(type)).to.equal(architecture);
    });
  }

  it("follow image and architecture", () => {
    const types = [
      amiTypeOf({ image: "al2023", instanceTypes: ["t3.large"] }),
      amiTypeOf({ image: "al2023", instanceTypes: ["t4g.large"] }),
      amiTypeOf({ image: "bottlerocket", instanceTypes: ["t3.large"] }),
      amiTypeOf({ image: "bottlerocket", instanceTypes: ["t4g.large"] }),
    ];
    expect(types).to.deep.equal([
      "AL2023_x86_64_STANDARD",
      "AL2023_ARM_64_STANDARD",
      "BOTTLEROCKET_x86_64",
      "BOTTLEROCKET_ARM_64",
    ]);
  });

  it("spell taints as EKS does and leave out an absent value", () => {
    expect(
      describeTaints({
        taints: [
          { key: "dedicated", value: "data", effect: "NoSchedule" },
          { key: "spot", effect: "PreferNoSchedule" },
        ],
      }),
    ).to.deep.equal([
      { key: "dedicated", value: "data", effect: "NO_SCHEDULE" },
      { key: "spot", effect: "PREFER_NO_SCHEDULE" },
    ]);
  });
});

describe("phases of add-ons", () => {
  it("hold before the nodes what nodes need to become ready", () => {
    expect(beforeNodes.map(({ addOn }) => addOn)).to.deep.equal([
      "vpc-cni",
      "kube-proxy",
      "eks-pod-identity-agent",
    ]);
  });

  it("hold after the nodes what is never active without them", () => {
    expect(afterNodes("arn:key", {}).map(({ addOn }) => addOn)).to.deep.equal([
      "coredns",
      "aws-ebs-csi-driver",
      "metrics-server",
    ]);
  });

  it("tag the volumes of pods with what says whose they are", () => {
    const driver = afterNodes("arn:key", { CostCenter: "cc-1" }).find(
      ({ addOn }) => addOn === "aws-ebs-csi-driver",
    );
    expect(driver?.configuration).to.deep.equal({ controller: { extraVolumeTags: { CostCenter: "cc-1" } } });
  });

  it("turn network policies on", () => {
    expect(beforeNodes[0]?.configuration).to.deep.equal({ enableNetworkPolicy: "true" });
  });
});
