import { expect } from "chai";
import { Account } from "../../../../sandbox/account.ts";
import { nodesOf } from "../../../../sandbox/aws/eks/nodes.ts";
import type { Properties } from "../../../../sandbox/model.ts";

const roleArn = "arn:aws:iam::123456789012:role/workers";
const clusterArn = "arn:aws:eks:eu-west-1:123456789012:cluster/main";
const launched: Properties = { launchTemplate: { name: "template" }, desiredCapacity: 2 };
const mark = (cluster: string): Properties => ({ key: `kubernetes.io/cluster/${cluster}`, value: "owned" });

/** The cluster `main`, and a launch template whose machines have the role `workers`. */
class Region {
  public readonly account = new Account();

  public constructor(authenticationMode?: string) {
    const accessConfig = authenticationMode === undefined ? {} : { accessConfig: { authenticationMode } };
    this.put("eks/cluster:Cluster", "main", { arn: clusterArn, ...accessConfig });
    this.put("iam/role:Role", "workers", { arn: roleArn });
    this.put("iam/instanceProfile:InstanceProfile", "profile", { role: "workers" });
    this.put("ec2/launchTemplate:LaunchTemplate", "lt-1", { iamInstanceProfile: { name: "profile" } }, [
      "template",
    ]);
  }

  public put(type: string, id: string, state: Properties, keys: readonly string[] = []): this {
    this.account.put({ scope: "eu-west-1", token: `aws:${type}`, id, urn: "", inputs: {}, state, keys });
    return this;
  }

  public group(state: Properties = launched, cluster = "main"): this {
    return this.put("autoscaling/group:Group", `group-${cluster}`, { ...state, tags: [mark(cluster)] });
  }

  public entry(type: string): this {
    return this.put("eks/accessEntry:AccessEntry", `main:${roleArn}`, { type });
  }

  public mapped(mapRoles: string): this {
    const state = { data: { mapRoles } };
    const id = "kube-system/aws-auth";
    const token = "kubernetes:core/v1:ConfigMap";
    this.account.put({ scope: clusterArn, token, id, urn: "", inputs: {}, state, keys: [] });
    return this;
  }

  public nodes(): number {
    return nodesOf(this.account, "main");
  }
}

const nodeMapping = `- rolearn: ${roleArn}\n  username: x\n  groups: [system:bootstrappers, system:nodes]\n`;

describe("the nodes of a simulated cluster", () => {
  it("are none where there is no group", () => {
    expect(new Region("API").nodes()).to.equal(0);
  });

  it("are those of its managed groups, which EKS lets in by itself", () => {
    const region = new Region()
      .put("eks/nodeGroup:NodeGroup", "a", { clusterName: "main", scalingConfig: { desiredSize: 3 } })
      .put("eks/nodeGroup:NodeGroup", "b", { clusterName: "other", scalingConfig: { desiredSize: 5 } });
    expect(region.nodes()).to.equal(3);
  });

  it("are those of an Auto Scaling group whose role has an access entry for nodes", () => {
    expect(new Region("API").group().nodes()).to.equal(0);
    expect(new Region("API").group().entry("STANDARD").nodes()).to.equal(0);
    expect(new Region("API").group().entry("EC2_LINUX").nodes()).to.equal(2);
    expect(new Region("CONFIG_MAP").group().entry("EC2_LINUX").nodes()).to.equal(0);
  });

  it("are those of one whose role the ConfigMap aws-auth maps to nodes", () => {
    expect(new Region().group().nodes()).to.equal(0);
    expect(new Region().group().mapped(nodeMapping).nodes()).to.equal(2);
    expect(new Region("API_AND_CONFIG_MAP").group().mapped(nodeMapping).nodes()).to.equal(2);
    expect(new Region("API").group().mapped(nodeMapping).nodes()).to.equal(0);
    expect(new Region().group().mapped(nodeMapping.replace("system:nodes", "viewers")).nodes()).to.equal(0);
    expect(new Region().group().mapped("- rolearn: [").nodes()).to.equal(0);
  });

  it("are those of one whose role a ConfigMap may map that is a secret", () => {
    const secret = `secret:sha256:${"0".repeat(64)}`;
    expect(new Region().group().mapped(secret).nodes()).to.equal(2);
  });

  it("are let in by the cluster of their own region, not by another of its name", () => {
    const region = new Region("API").entry("EC2_LINUX");
    const far = { scope: "us-east-1", urn: "", inputs: {}, keys: [] };
    const state = { ...launched, tags: [mark("main")] };
    region.account.put({ ...far, token: "aws:eks/cluster:Cluster", id: "main", state: {} });
    region.account.put({ ...far, token: "aws:autoscaling/group:Group", id: "far", state });
    expect(region.nodes()).to.equal(0);
  });

  it("are those of one that shares the role of a managed group", () => {
    const managed = { clusterName: "main", nodeRoleArn: roleArn, scalingConfig: { desiredSize: 1 } };
    expect(new Region("API").group().put("eks/nodeGroup:NodeGroup", "a", managed).nodes()).to.equal(3);
  });

  it("are none of a group that is another cluster's, or whose machines have no role", () => {
    const region = (): Region => new Region("API").entry("EC2_LINUX");
    expect(region().group(launched, "other").nodes()).to.equal(0);
    const bare = { launchTemplate: { id: "lt-2" }, desiredCapacity: 2 };
    expect(region().put("ec2/launchTemplate:LaunchTemplate", "lt-2", {}).group(bare).nodes()).to.equal(0);
  });

  it("may come from a launch configuration, or from a template in a policy of mixed instances", () => {
    const region = (): Region => new Region("API").entry("EC2_LINUX");
    const configured = { launchConfiguration: "lc-1", desiredCapacity: 4 };
    const configuration = { iamInstanceProfile: "profile" };
    expect(
      region()
        .put("ec2/launchConfiguration:LaunchConfiguration", "lc-1", configuration)
        .group(configured)
        .nodes(),
    ).to.equal(4);
    const launchTemplateSpecification = { launchTemplateId: "lt-1" };
    const mixedInstancesPolicy = { launchTemplate: { launchTemplateSpecification } };
    expect(region().group({ mixedInstancesPolicy, desiredCapacity: 5 }).nodes()).to.equal(5);
  });
});
