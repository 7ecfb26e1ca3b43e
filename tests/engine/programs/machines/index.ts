import * as aws from "@pulumi/aws";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const volumeSize = config.getNumber("volumeSize") ?? 16;
const givenKey = config.get("keyName");

// The default VPC, as a function and as a component.
// eslint-disable-next-line @typescript-eslint/no-deprecated -- programs in use ask so
const network = awsx.ec2.getDefaultVpcOutput();
const sameNetwork = new awsx.ec2.DefaultVpc("default");
const [subnetId] = [network.publicSubnetIds.apply(([first]) => first ?? "")];

const key = new aws.ec2.KeyPair("key", {
  publicKey:
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJq0h2mYBzT0sX0rXlyaJxRrQ8pMhQHbJ5nYxkq0tU3R ops@example.com",
});
const image = aws.ec2.getAmiOutput({
  owners: ["099720109477"],
  mostRecent: true,
  filters: [{ name: "name", values: ["ubuntu/images/hvm-ssd/ubuntu-jammy-22.04-amd64-server-*"] }],
});
const group = new aws.ec2.SecurityGroup("web", {
  vpcId: sameNetwork.vpcId,
  ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["198.51.100.0/24"] }],
  egress: [{ protocol: "-1", fromPort: 0, toPort: 0, cidrBlocks: ["0.0.0.0/0"] }],
});
const server = new aws.ec2.Instance("server", {
  ami: image.id,
  instanceType: "t3.micro",
  keyName: givenKey ?? key.keyName,
  subnetId,
  vpcSecurityGroupIds: [group.id],
  rootBlockDevice: { volumeSize, volumeType: "gp3" },
});
const address = new aws.ec2.Eip("server", { instance: server.id, domain: "vpc" });

// An engine of an older series, in the form that the provider's own page has it.
const engine = aws.rds.getEngineVersionOutput({ engine: "mysql", version: "5.7" });
const database = new aws.rds.Instance("data", {
  engine: engine.engine,
  engineVersion: engine.version,
  instanceClass: "db.t3.micro",
  allocatedStorage: 10,
  storageType: "gp2",
  dbName: "shop",
  username: "shop",
  manageMasterUserPassword: true,
  parameterGroupName: "default.mysql5.7",
  maintenanceWindow: "Fri:09:00-Fri:09:30",
  skipFinalSnapshot: true,
});

const api = new aws.appsync.GraphQLApi("shop", {
  authenticationType: "API_KEY",
  schema: "type Query { hello: String }",
});
const apiKey = new aws.appsync.ApiKey("shop", { apiId: api.id });
new aws.appsync.DataSource("none", { apiId: api.id, name: "none", type: "NONE" });

export const isOneNetwork = pulumi.all([network.vpcId, sameNetwork.vpcId]).apply(([one, two]) => one === two);
export const publicIp = address.publicIp;
export const found = aws.rds.getInstanceOutput({ dbInstanceIdentifier: database.identifier }).address;
export const endpoint = api.uris.apply(({ GRAPHQL }) => GRAPHQL);
export const accessKey = apiKey.key;
