import { expect } from "chai";
import { parse } from "yaml";
import type { Properties } from "../../../sandbox/model.ts";
import { at } from "../../../sandbox/values.ts";
import { group, security } from "./a-node-group.ts";
import { refusal } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

describe("eks.NodeGroup", () => {
  const nodes = (change: Properties = {}): Promise<Finished> => group("NodeGroup", change);

  it("makes a launch configuration, and a stack of CloudFormation that holds the Auto Scaling group", async () => {
    const { laboratory } = await nodes();
    expect(laboratory.tree()).to.deep.equal([
      "aws:cloudformation/stack:Stack spot-nodes < the component",
      "aws:ec2/launchConfiguration:LaunchConfiguration spot-nodeLaunchConfiguration < the component",
      ...security,
      "eks:index:RandomSuffix spot-cfnStackName < the component",
    ]);
    expect(laboratory.waitsFor("Stack spot-nodes")).to.include("ConfigMap main-nodeAccess");
  });

  it("writes the group into the stack's template", async () => {
    const { laboratory } = await nodes({ maxSize: 5, spotPrice: "1", autoScalingGroupTags: { owner: "me" } });
    const written: unknown = parse(String(laboratory.inputs("Stack spot-nodes").templateBody), {
      customTags: [{ tag: "!Ref", resolve: (name: string) => `the ${name}` }],
    });
    expect(at(written, "Outputs.NodeGroup.Value")).to.equal("the NodeGroup");
    expect(at(written, "Resources.NodeGroup")).to.deep.equal({
      Type: "AWS::AutoScaling::AutoScalingGroup",
      Properties: {
        DesiredCapacity: 2,
        LaunchConfigurationName: "<LaunchConfiguration spot-nodeLaunchConfiguration>.id",
        MinSize: 1,
        MaxSize: 5,
        VPCZoneIdentifier: ["subnet-1"],
        Tags: [
          { Key: "Name", Value: "platform-worker", PropagateAtLaunch: "true" },
          { Key: "kubernetes.io/cluster/platform", Value: "owned", PropagateAtLaunch: "true" },
          { Key: "owner", Value: "me", PropagateAtLaunch: "true" },
        ],
      },
      UpdatePolicy: { AutoScalingRollingUpdate: { MinInstancesInService: "0", MaxBatchSize: "1" } },
    });
  });

  it("has the disks as a launch configuration says them", async () => {
    const disks = async (args: Properties): Promise<unknown> => {
      const inputs = (await nodes(args)).laboratory.inputs(
        "LaunchConfiguration spot-nodeLaunchConfiguration",
      );
      return [inputs.rootBlockDevice, inputs.ebsBlockDevices];
    };
    expect(await disks({})).to.deep.equal([{}, []]);
    expect(await disks({ nodeRootVolumeSize: 50 })).to.deep.equal([{ volumeSize: 50 }, []]);
    expect(await disks({ operatingSystem: "Bottlerocket", nodeRootVolumeSize: 50 })).to.deep.equal([
      {},
      [{ deviceName: "/dev/xvdb", volumeSize: 50 }],
    ]);
  });
});

describe("the user data of nodes", () => {
  const userData = async (change: Properties): Promise<string> => {
    const { laboratory } = await group("NodeGroup", change);
    return String(laboratory.inputs("LaunchConfiguration spot-nodeLaunchConfiguration").userData);
  };
  const signal =
    "/opt/aws/bin/cfn-signal --exit-code $? --stack <RandomSuffix spot-cfnStackName>.output --resource NodeGroup --region eu-west-1\n";

  it("of Amazon Linux 2023 has a part for each thing that the node is told, and signals its stack", async () => {
    const nodeadmExtraOptions = [{ contentType: "text/x-shellscript", content: "echo" }];
    const parts = (
      await userData({
        labels: { tier: "web" },
        taints: { special: { value: "true", effect: "NoSchedule" }, bare: { effect: "NoExecute" } },
        kubeletExtraArgs: "--max-pods=50",
        nodeUserData: "#!/bin/sh",
        nodeadmExtraOptions,
      })
    ).split("--BOUNDARY");
    const node = (part: number): unknown => parse(parts[part]?.split("---\n")[1] ?? "");
    expect(at(node(1), "spec.cluster")).to.deep.equal({
      name: "platform",
      apiServerEndpoint: "https://api",
      certificateAuthority: "Y2E=",
      cidr: "172.20.0.0/16",
    });
    expect(at(node(2), "spec.kubelet.flags")).to.deep.equal([
      "--max-pods=50",
      "--node-labels=tier=web",
      "--register-with-taints=special=true:NoSchedule,bare:NoExecute",
    ]);
    expect(parts.slice(3)).to.deep.equal([
      "\nContent-Type: text/x-shellscript\n\necho\n",
      '\nContent-Type: text/x-shellscript; charset="us-ascii"\n\n#!/bin/sh\n',
      `\nContent-Type: text/x-shellscript; charset="us-ascii"\n\n#!/bin/bash\n\n${signal}\n`,
      "--\n",
    ]);
  });

  it("of Amazon Linux 2 is a script", async () => {
    const given = { operatingSystem: "AL2", bootstrapExtraArgs: "--x", kubeletExtraArgs: "--max-pods=50" };
    expect(await userData(given)).to.equal(
      `#!/bin/bash\n\n/etc/eks/bootstrap.sh --apiserver-endpoint "https://api" --b64-cluster-ca "Y2E=" "platform" --x --kubelet-extra-args --max-pods=50\n\n${signal}`,
    );
  });

  it("of Bottlerocket is its settings", async () => {
    const bottlerocketSettings = { settings: { kubernetes: { "max-pods": 100 } } };
    expect(
      await userData({ operatingSystem: "Bottlerocket", bottlerocketSettings, labels: { a: "b" } }),
    ).to.equal(
      [
        "[settings.cloudformation]",
        'logical-resource-id = "NodeGroup"',
        "should-signal = true",
        'stack-name = "<RandomSuffix spot-cfnStackName>.output"',
        "",
        "[settings.kubernetes]",
        'api-server = "https://api"',
        'cluster-certificate = "Y2E="',
        'cluster-dns-ip = "172.20.0.10"',
        'cluster-name = "platform"',
        "max-pods = 100",
        "",
        "[settings.kubernetes.node-labels]",
        'a = "b"',
        "",
      ].join("\n"),
    );
  });

  it("is what the program gives in its place", async () => {
    expect(await userData({ nodeUserDataOverride: "#!/bin/own" })).to.equal("#!/bin/own");
  });

  for (const [operatingSystem, change, message] of [
    [
      "Bottlerocket",
      { nodeUserData: "#!/bin/sh" },
      "Bottlerocket does not support running scripts as part of the user data. If you need to run scripts, please use a different OS.",
    ],
    [
      "Bottlerocket",
      { kubeletExtraArgs: "--x" },
      "The 'kubeletExtraArgs' argument is not supported with Bottlerocket.",
    ],
    [
      "AL2023",
      { bootstrapExtraArgs: "--x" },
      "The 'bootstrapExtraArgs' argument is not supported for nodeadm based user data.",
    ],
  ] as const) {
    it(`refuses ${Object.keys(change).join("")} with ${operatingSystem}`, async () => {
      expect(await refusal(() => userData({ operatingSystem, ...change }))).to.equal(message);
    });
  }
});
