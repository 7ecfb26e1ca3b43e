import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const allocatedStorage = config.getNumber("allocatedStorage") ?? 20;
const zones = config.getNumber("zones") ?? 2;

// The default VPC of the account, as every new account has it.
const vpc = aws.ec2.getVpcOutput({ default: true });
const subnets = aws.ec2.getSubnetsOutput({ filters: [{ name: "vpc-id", values: [vpc.id] }] });

const web = new aws.ec2.SecurityGroup("web", {
  ingress: [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }],
  egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});

const data = new aws.ec2.SecurityGroup("data", {
  ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: [web.id] }],
});

const subnetGroup = new aws.rds.SubnetGroup("data", {
  subnetIds: subnets.ids.apply((ids) => ids.slice(0, zones)),
});

const database = new aws.rds.Instance("data", {
  engine: "postgres",
  engineVersion: "17",
  instanceClass: "db.t4g.micro",
  allocatedStorage,
  dbName: "app",
  username: "app",
  manageMasterUserPassword: true,
  dbSubnetGroupName: subnetGroup.name,
  vpcSecurityGroupIds: [data.id],
  skipFinalSnapshot: true,
});

const ami = aws.ec2.getAmiOutput({
  mostRecent: true,
  owners: ["amazon"],
  filters: [{ name: "name", values: ["al2023-ami-2023*-x86_64"] }],
});

const server = new aws.ec2.Instance("web", {
  ami: ami.id,
  instanceType: "t3.micro",
  vpcSecurityGroupIds: [web.id],
  userData: "#!/bin/bash\necho hello > index.html\nnohup python3 -m http.server 80 &\n",
  tags: { Name: "web" },
});

export const endpoint = database.endpoint;
export const publicIp = server.publicIp;
