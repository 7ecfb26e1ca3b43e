import { expect } from "chai";

import { Network } from "../../../components/network/network.ts";
import type { NetworkSettings } from "../../../components/network/settings.ts";
import { all, only, run } from "../../support/run.ts";
import { networkWith } from "./settings.ts";

const vpcType = "awsx:ec2:Vpc";
const endpointType = "aws:ec2/vpcEndpoint:VpcEndpoint";

function build(change: Partial<NetworkSettings> = {}) {
  return run(() => new Network("network", { ...networkWith(change), clusterName: "platform" }));
}

describe("Network", () => {
  it("asks for named zones, explicit blocks and DNS", async () => {
    const { resources } = await build();
    expect(only(resources, vpcType).inputs).to.deep.equal({
      cidrBlock: "10.0.0.0/16",
      availabilityZoneNames: ["eu-west-1a", "eu-west-1b"],
      enableDnsSupport: true,
      enableDnsHostnames: true,
      subnetStrategy: "Auto",
      natGateways: { strategy: "Single" },
      subnetSpecs: [
        {
          name: "public",
          type: "Public",
          cidrBlocks: ["10.0.128.0/22", "10.0.132.0/22"],
          tags: { Tier: "public", "kubernetes.io/role/elb": "1", "kubernetes.io/cluster/platform": "shared" },
        },
        {
          name: "private",
          type: "Private",
          cidrBlocks: ["10.0.0.0/19", "10.0.32.0/19"],
          tags: {
            Tier: "private",
            "kubernetes.io/role/internal-elb": "1",
            "kubernetes.io/cluster/platform": "shared",
          },
        },
        {
          name: "database",
          type: "Isolated",
          cidrBlocks: ["10.0.144.0/22", "10.0.148.0/22"],
          tags: { Tier: "database" },
        },
      ],
    });
  });

  it("hands out no public addresses in any subnet", async () => {
    const { expanded } = await build();
    const subnets = expanded.filter(({ type }) => type === "aws:ec2/subnet:Subnet");
    expect(subnets).to.have.length(6);
    for (const { name, inputs } of subnets) expect(inputs.mapPublicIpOnLaunch, name).to.equal(false);
  });

  for (const [nat, count] of [
    ["none", 0],
    ["single", 1],
    ["perZone", 2],
  ] as const) {
    it(`has ${count} NAT gateways with nat ${nat}`, async () => {
      const { value, expanded } = await build({ nat });
      expect(expanded.filter(({ type }) => type === "aws:ec2/natGateway:NatGateway")).to.have.length(count);
      expect(value.natGatewayCount).to.equal(count);
    });
  }

  it("puts stores into the private subnets where there is no database tier", async () => {
    const subnets = { public: ["10.0.1.0/24", "10.0.2.0/24"], private: ["10.0.10.0/24", "10.0.11.0/24"] };
    const { resources } = await build({ subnets, networkAcls: "default" });
    const { outputs } = only(resources, "platform:index:Network");
    expect(outputs.databaseSubnetIds).to.have.length(2).and.to.deep.equal(outputs.privateSubnetIds);
  });

  it("locks the default security group", async () => {
    const { resources } = await build();
    const { inputs } = only(resources, "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup");
    expect([inputs.ingress, inputs.egress]).to.deep.equal([[], []]);
  });

  it("closes the database subnets with rules of their own, and no others", async () => {
    const { resources } = await build();
    const acl = only(resources, "aws:ec2/networkAcl:NetworkAcl");
    expect(acl.inputs.subnetIds).to.deep.equal(
      only(resources, "platform:index:Network").outputs.databaseSubnetIds,
    );
  });

  it("leaves the database subnets to the VPC's own rules when told so", async () => {
    const { resources } = await build({ networkAcls: "default" });
    expect(all(resources, "aws:ec2/networkAcl:NetworkAcl")).to.deep.equal([]);
  });

  it("reaches S3 and DynamoDB from every subnet without NAT", async () => {
    const { resources, expanded } = await build();
    const tables = expanded
      .filter(({ type }) => type === "aws:ec2/routeTable:RouteTable")
      .map(({ id }) => id);
    const endpoints = all(resources, endpointType).map(({ inputs }) => [
      inputs.serviceName,
      inputs.vpcEndpointType,
      inputs.routeTableIds,
    ]);
    expect(endpoints).to.have.deep.members([
      ["com.amazonaws.eu-west-1.s3", "Gateway", tables],
      ["com.amazonaws.eu-west-1.dynamodb", "Gateway", tables],
    ]);
  });

  it("lets the whole VPC call the chosen AWS APIs under their usual names, and only over HTTPS", async () => {
    const { resources } = await build({ interfaceEndpoints: ["ecr.api", "sts"] });
    const endpoint = only(resources, endpointType, "network-endpoint-ecr-api");
    expect(endpoint.inputs).to.include({
      serviceName: "com.amazonaws.eu-west-1.ecr.api",
      privateDnsEnabled: true,
    });
    expect(endpoint.inputs.securityGroupIds).to.deep.equal([
      only(resources, "aws:ec2/securityGroup:SecurityGroup").id,
    ]);
    const rule = only(resources, "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(rule.inputs).to.include({
      cidrIpv4: "10.0.0.0/16",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    });
  });

  it("lets no other account's credentials write through an endpoint", async () => {
    const { resources, account } = await build({ interfaceEndpoints: ["sts"] });
    for (const { name, inputs } of all(resources, endpointType)) {
      const [own, ...others] = statementsOf(inputs.policy);
      expect(own, name).to.deep.include({
        Condition: { StringEquals: { "aws:PrincipalAccount": account.accountId } },
      });
      for (const other of others) expect(other, name).to.include({ Action: "s3:GetObject" });
    }
  });

  it("writes flow logs to one log group only, encrypted and with an end", async () => {
    const { resources } = await build({ flowLogs: { traffic: "ALL", retentionDays: 30, protect: false } });
    const group = only(resources, "aws:cloudwatch/logGroup:LogGroup");
    expect(group.inputs).to.include({
      retentionInDays: 30,
      kmsKeyId: only(resources, "aws:kms/key:Key").state.arn,
    });
    expect(only(resources, "aws:ec2/flowLog:FlowLog").inputs).to.include({
      trafficType: "ALL",
      logDestination: group.state.arn,
    });
    expect(only(resources, "aws:ec2/flowLog:FlowLog").deleteBeforeReplace).to.equal(true);
    const [writing] = statementsOf(only(resources, "aws:iam/rolePolicy:RolePolicy").inputs.policy);
    expect(writing).to.deep.include({ Resource: [group.state.arn, `${String(group.state.arn)}:*`] });
  });

  it("keeps flow logs and the key that reads them from being deleted when told so", async () => {
    for (const protect of [true, false]) {
      const { resources } = await build({ flowLogs: { traffic: "ALL", retentionDays: 30, protect } });
      expect(only(resources, "aws:kms/key:Key").protect).to.equal(protect);
      expect(only(resources, "aws:cloudwatch/logGroup:LogGroup").inputs.deletionProtectionEnabled).to.equal(
        protect,
      );
    }
  });

  it("records no flows when told so", async () => {
    const { resources } = await build({ flowLogs: { traffic: "none", retentionDays: 30, protect: false } });
    expect(all(resources, "aws:ec2/flowLog:FlowLog")).to.deep.equal([]);
    expect(all(resources, "aws:cloudwatch/logGroup:LogGroup")).to.deep.equal([]);
  });
});

function statementsOf(policy: unknown): readonly Readonly<Record<string, unknown>>[] {
  const { Statement } = JSON.parse(String(policy)) as {
    Statement: readonly Readonly<Record<string, unknown>>[];
  };
  return Statement;
}
