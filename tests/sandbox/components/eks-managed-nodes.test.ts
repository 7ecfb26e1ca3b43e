import { expect } from "chai";
import { parse } from "yaml";
import { expand } from "../../../sandbox/components/components.ts";
import { ComponentError } from "../../../sandbox/components/arguments.ts";
import { reference } from "../../../sandbox/components/engine-values.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { at } from "../../../sandbox/values.ts";
import { clusterUrn, group } from "./a-node-group.ts";
import { refusal } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

/** Managed nodes, whose role the ConfigMap of the cluster lets in. */
const nodes = (change: Properties = {}, ofCluster: Properties = {}): Promise<Finished> =>
  group(
    "ManagedNodeGroup",
    { instanceProfile: undefined, nodeRoleArn: "arn:workers", ...change },
    { instanceRoles: [{ arn: "arn:workers" }], ...ofCluster },
  );
const template = "LaunchTemplate spot-launchTemplate";

describe("eks.ManagedNodeGroup with a launch template of its own", () => {
  it("asks in it for tokens where the program wants the newer metadata service", async () => {
    const { laboratory } = await nodes({ enableIMDSv2: true, diskSize: 50 });
    expect(laboratory.inputs(template)).to.deep.equal({
      blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { volumeSize: 50 } }],
      metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2, httpEndpoint: "enabled" },
    });
    expect(laboratory.inputs("NodeGroup spot")).to.deep.include({
      launchTemplate: { id: `<${template}>.id`, version: `<${template}>.latestVersion` },
      version: "1.35",
    });
    expect(laboratory.inputs("NodeGroup spot")).not.to.have.property("diskSize");
  });

  it("tells its nodes labels and taints, and leaves version and type to the image", async () => {
    const { laboratory } = await nodes({
      kubeletExtraArgs: "--max-pods=50",
      amiType: "AL2023_ARM_64_STANDARD",
      labels: { tier: "web" },
      taints: [{ key: "special", value: "true", effect: "NO_SCHEDULE" }],
    });
    const text = Buffer.from(String(laboratory.inputs(template).userData), "base64").toString();
    const flags = at(parse(text.split("---\n")[2]?.split("\n--BOUNDARY")[0] ?? ""), "spec.kubelet.flags");
    expect(flags).to.deep.equal([
      "--max-pods=50",
      "--node-labels=tier=web",
      "--register-with-taints=special=true:NoSchedule",
    ]);
    expect(laboratory.inputs(template).imageId).to.equal("ami-recommended");
    expect(laboratory.questions).to.include(
      'aws:ssm/getParameter:getParameter {"name":"/aws/service/eks/optimized-ami/1.35/amazon-linux-2023/arm64/standard/recommended/image_id"}',
    );
    expect(laboratory.inputs("NodeGroup spot")).not.to.have.any.keys("version", "amiType", "releaseVersion");
  });

  it("has none for a system alone, which decides the type of the images", async () => {
    const { laboratory } = await nodes({ operatingSystem: "Bottlerocket", instanceTypes: ["c7g.large"] });
    expect(laboratory.tree()).to.deep.equal(["aws:eks/nodeGroup:NodeGroup spot < the component"]);
    expect(laboratory.inputs("NodeGroup spot").amiType).to.equal("BOTTLEROCKET_ARM_64");
  });

  it("waits for the ConfigMap that lets its nodes in", async () => {
    expect((await nodes()).laboratory.waitsFor("NodeGroup spot")).to.include("ConfigMap main-nodeAccess");
  });

  it("takes an image beside the word that it is for no graphics", async () => {
    const { laboratory } = await nodes({ amiId: "ami-1", gpu: false });
    expect(laboratory.inputs(template).imageId).to.equal("ami-1");
  });

  it("refuses a role that the ConfigMap does not let in", async () => {
    expect(await refusal(() => nodes({}, { instanceRoles: [] }))).to.equal(
      "A managed node group cannot be created without first setting its role in the cluster's instanceRoles",
    );
  });

  it("refuses a taint that Kubernetes does not know", async () => {
    const taints = [{ key: "a", effect: "NEVER" }];
    expect(await refusal(() => nodes({ kubeletExtraArgs: "--x", taints }))).to.equal(
      "Invalid taint effect: NEVER. Must be one of NO_SCHEDULE, NO_EXECUTE, PREFER_NO_SCHEDULE.",
    );
  });

  for (const [what, change, path, reason] of [
    [
      "an image and its type",
      { amiId: "ami-1", amiType: "AL2023_x86_64_STANDARD" },
      "amiId",
      "You cannot specify both amiId and amiType when creating a managed node group.",
    ],
    [
      "a template beside what needs one",
      { launchTemplate: { id: "lt-1" }, enableIMDSv2: true },
      "launchTemplate",
      "If you provide a custom launch template, you cannot provide any of bootstrapExtraArgs, kubeletExtraArgs, bottlerocketSettings, nodeadmExtraOptions, enableIMDSv2, userData, amiId, enableEfaSupport. Please include these in the launch template that you are providing.",
    ],
    [
      "user data beside what is written into it",
      { userData: "#!", kubeletExtraArgs: "--x" },
      "userData",
      "If you provide custom userData, you cannot provide any of bootstrapExtraArgs, kubeletExtraArgs, bottlerocketSettings, nodeadmExtraOptions. Please include these in the userData that you are providing.",
    ],
  ] as const) {
    it(`refuses ${what}, and names the argument`, () => {
      const args = { cluster: reference(clusterUrn), nodeRoleArn: "arn:workers", ...change };
      expect(() => expand("eks:index:ManagedNodeGroup", "spot", args))
        .to.throw(ComponentError)
        .with.deep.property("properties", [{ path, reason }]);
    });
  }
});
