import { expect } from "chai";

import { kubernetesVersion } from "../../../versions.ts";
import { all, only, run } from "../../support/run.ts";
import type { Recorded } from "../../support/run.ts";
import { cluster, nodeGroup } from "./cluster.ts";

const nodes = "aws:eks/nodeGroup:NodeGroup";

describe("node groups", () => {
  const change = {
    nodeGroups: {
      main: nodeGroup,
      spot: {
        ...nodeGroup,
        instanceTypes: ["m7g.large", "m6g.large"],
        capacity: "spot",
        image: "bottlerocket",
        labels: { tier: "batch" },
        taints: [{ key: "spot", value: "true", effect: "NoSchedule" }],
        maxUnavailablePercent: 50,
      },
    },
  };
  let resources: readonly Recorded[];

  before(async () => {
    ({ resources } = await run(() => cluster(change)));
  });

  it("keep pods from the metadata service and encrypt their disks", () => {
    expect(
      only(resources, "aws:ec2/launchTemplate:LaunchTemplate", "cluster-nodes-main-template").inputs,
    ).to.deep.include({
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        {
          deviceName: "/dev/xvda",
          ebs: { volumeSize: 50, volumeType: "gp3", encrypted: "true", deleteOnTermination: "true" },
        },
      ],
      monitoring: { enabled: true },
    });
  });

  it("tag what AWS makes by itself", () => {
    const template = only(resources, "aws:ec2/launchTemplate:LaunchTemplate", "cluster-nodes-main-template");
    const tags = { Owner: "platform-team", Name: "groundwork-test-main" };
    expect(template.inputs.tagSpecifications).to.deep.equal([
      { resourceType: "instance", tags },
      { resourceType: "volume", tags },
      { resourceType: "network-interface", tags },
    ]);
  });

  it("leave the number of nodes to the autoscaler after their creation", () => {
    for (const found of all(resources, nodes)) {
      expect(found.ignoreChanges, found.name).to.deep.equal(["scalingConfig.desiredSize"]);
    }
  });

  it("carry out what their settings say", () => {
    expect(only(resources, nodes, "cluster-nodes-spot").inputs).to.deep.include({
      amiType: "BOTTLEROCKET_ARM_64",
      capacityType: "SPOT",
      instanceTypes: ["m7g.large", "m6g.large"],
      scalingConfig: { minSize: 1, desiredSize: 2, maxSize: 4 },
      updateConfig: { maxUnavailablePercentage: 50 },
      nodeRepairConfig: { enabled: true },
      labels: { "node-group": "spot", "platform/capacity": "spot", tier: "batch" },
      taints: [{ key: "spot", value: "true", effect: "NO_SCHEDULE" }],
      version: kubernetesVersion,
    });
  });

  it("run in private subnets only", () => {
    const privateIds = all(resources, "aws:ec2/subnet:Subnet")
      .filter(({ name }) => name.startsWith("private-"))
      .map(({ id }) => id);
    expect(only(resources, nodes, "cluster-nodes-main").inputs.subnetIds).to.deep.equal(privateIds);
  });
});
