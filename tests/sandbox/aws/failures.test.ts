import { expect } from "chai";
import { failuresOf } from "../../../sandbox/aws/facts.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";

const subnet = "aws:ec2/subnet:Subnet";
const group = "aws:ec2/securityGroup:SecurityGroup";
const replicationGroup = "aws:elasticache/replicationGroup:ReplicationGroup";

/** The reasons given for inputs of a type. */
function reasons(token: string, inputs: Properties): readonly string[] {
  return failuresOf(token, inputs).map(({ reason }) => reason);
}

describe("failuresOf", () => {
  it("accepts valid inputs", () => {
    expect(reasons(subnet, { vpcId: "vpc-1", cidrBlock: "10.0.0.0/24", tags: { Name: "a" } })).to.deep.equal(
      [],
    );
  });

  it("misses a required property", () => {
    expect(failuresOf(subnet, {})).to.deep.equal([
      {
        property: "vpcId",
        reason: 'Missing required argument. The argument "vpcId" is required, but no definition was found.',
      },
    ]);
  });

  it("misses a required property inside an object, and only where the object is given", () => {
    const role = "arn:aws:iam::111111111111:role/cluster";
    expect(failuresOf("aws:eks/cluster:Cluster", { roleArn: role, vpcConfig: {} })).to.deep.equal([
      {
        property: "vpcConfig.subnetIds",
        reason:
          'Missing required argument. The argument "vpcConfig.subnetIds" is required, but no definition was found.',
      },
    ]);
  });

  it("names the element of a list that is wrong", () => {
    const ingress = [
      { fromPort: 443, toPort: 443, protocol: "tcp", cidrBlocks: ["10.0.0.0/16"] },
      { fromPort: 80, protocol: "tcp" },
    ];
    expect(failuresOf(group, { ingress }).map(({ property }) => property)).to.deep.equal([
      "ingress[1].toPort",
    ]);
  });

  it("never judges what is unknown", () => {
    expect(failuresOf(subnet, { vpcId: UNKNOWN, cidrBlock: UNKNOWN })).to.deep.equal([]);
    expect(failuresOf("aws:ec2/flowLog:FlowLog", { vpcId: UNKNOWN })).to.deep.equal([]);
  });

  it("refuses a misspelt property", () => {
    expect(failuresOf(subnet, { vpcId: "vpc-1", cidrblock: "10.0.0.0/24" })).to.deep.equal([
      {
        property: "cidrblock",
        reason: 'Invalid or unknown key. "cidrblock" is not a property of this type.',
      },
    ]);
  });

  it("refuses to set an output", () => {
    expect(reasons(subnet, { vpcId: "vpc-1", arn: "arn:aws:ec2:::x" })).to.deep.equal([
      'Computed attributes cannot be set. "arn" is an output of this type.',
    ]);
  });

  const rules: readonly (readonly [what: string, token: string, inputs: Properties, reason: string])[] = [
    [
      "a value outside an enumeration",
      subnet,
      { vpcId: "v", privateDnsHostnameTypeOnLaunch: "dns" },
      'expected privateDnsHostnameTypeOnLaunch to be one of ["ip-name" "resource-name"], got dns',
    ],
    [
      "a block with host bits",
      subnet,
      { vpcId: "v", cidrBlock: "10.0.0.5/24" },
      '"10.0.0.5/24" is not a valid CIDR block; did you mean "10.0.0.0/24"?',
    ],
    [
      "what is no block",
      subnet,
      { vpcId: "v", cidrBlock: "10.0.0/24" },
      '"10.0.0/24" is not a valid CIDR block: invalid CIDR address: 10.0.0/24',
    ],
    [
      "properties that exclude each other",
      "aws:iam/role:Role",
      { assumeRolePolicy: "{}", name: "a", namePrefix: "b" },
      'Conflicting configuration arguments. "name": conflicts with namePrefix',
    ],
    [
      "a name that is too long",
      "aws:iam/role:Role",
      { assumeRolePolicy: "{}", name: "a".repeat(65) },
      `expected length of name to be in the range (1 - 64), got ${"a".repeat(65)}`,
    ],
    [
      "a document that is not JSON",
      "aws:iam/role:Role",
      { assumeRolePolicy: "{" },
      '"assumeRolePolicy" contains an invalid JSON',
    ],
    [
      "a number out of range",
      "aws:kms/key:Key",
      { deletionWindowInDays: 5 },
      "expected deletionWindowInDays to be in the range (7 - 30), got 5",
    ],
    [
      "what is no ARN",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
      { role: "r", policyArn: "ReadOnlyAccess" },
      '"policyArn" (ReadOnlyAccess) is an invalid ARN: arn: invalid prefix',
    ],
    [
      "a pattern that does not fit",
      "aws:kms/alias:Alias",
      { targetKeyId: "k", name: "main" },
      "invalid value for name (must match regular expression ^alias/[0-9A-Za-z_/-]+$)",
    ],
    [
      "none of what one is needed of",
      "aws:ec2/flowLog:FlowLog",
      { trafficType: "ALL" },
      "Invalid combination of arguments: one of `",
    ],
    [
      "two of what only one may be given of",
      "aws:ec2/flowLog:FlowLog",
      { vpcId: "v", subnetId: "s" },
      "Invalid combination of arguments: only one of `",
    ],
    [
      "a property without the one it needs",
      "aws:kms/key:Key",
      { rotationPeriodInDays: 90 },
      'Missing required argument. "rotationPeriodInDays": all of `enableKeyRotation,rotationPeriodInDays` must be specified',
    ],
  ];
  for (const [what, token, inputs, reason] of rules) {
    it(`refuses ${what}`, () => {
      const [first = ""] = reasons(token, inputs);
      expect(first.slice(0, reason.length)).to.equal(reason);
    });
  }

  it("says once that one of several is needed", () => {
    expect(failuresOf("aws:ec2/flowLog:FlowLog", { trafficType: "ALL" })).to.have.length(1);
  });

  it("lets no newcomer into an enumeration of numbers", () => {
    const [reason = ""] = reasons("aws:cloudwatch/logGroup:LogGroup", { retentionInDays: 2 });
    expect(reason).to.match(/^expected retentionInDays to be one of \[0 1 3 5 7 .*\], got 2$/);
  });

  it("refuses a word where a number is asked for, except one that the provider takes", () => {
    const port = (value: string): readonly string[] =>
      reasons("aws:lb/targetGroup:TargetGroup", { healthCheck: { port: value } });
    expect(port("traffic-port")).to.deep.equal([]);
    expect(port("8080")).to.deep.equal([]);
    expect(port("http")).to.deep.equal([
      "expected healthCheck.port to be in the range (1 - 65535), got http",
    ]);
  });

  it("insists on https where the provider does", () => {
    const token = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
    const given = { clientIdLists: ["sts.amazonaws.com"], url: "http://example.com" };
    expect(reasons(token, given)).to.deep.equal([
      'expected "url" to have a url with schema of: "https", got http://example.com',
    ]);
    expect(reasons(token, { ...given, url: "https://example.com" })).to.deep.equal([]);
  });

  it("lets a newcomer into a long enumeration, but nothing of another shape", () => {
    const lambda = {
      role: "arn:aws:iam::111111111111:role/a",
      handler: "a",
      s3Bucket: "code",
      s3Key: "a.zip",
    };
    expect(reasons("aws:lambda/function:Function", { ...lambda, runtime: "nodejs26.x" })).to.deep.equal([]);
    expect(reasons("aws:lambda/function:Function", { ...lambda, runtime: "Node JS" })[0]).to.match(
      /^expected runtime to be one of \[/,
    );
  });

  it("never shows a secret value", () => {
    const auth = reasons(replicationGroup, { description: "cache", authToken: "hunter2" }).join();
    expect(auth).to.contain("authToken").and.not.to.contain("hunter2");
  });
});
