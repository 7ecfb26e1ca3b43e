import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { NetworkPlacement } from "../contracts.ts";
import { regionOf } from "./settings.ts";
import type { NetworkSettings } from "./settings.ts";

/**
 * Private ways to AWS: S3 and DynamoDB through the route tables, free of charge, and the chosen APIs through network
 * interfaces that answer under the APIs' usual names. None lets another account's credentials write anything anywhere, so a
 * stolen workload cannot carry data out to a bucket of its own.
 */
export function openEndpoints(
  name: string,
  vpc: NetworkPlacement,
  routeTableIds: pulumi.Output<string[]>,
  services: NetworkSettings["interfaceEndpoints"],
  opts: pulumi.CustomResourceOptions,
): void {
  const region = regionOf(vpc.zones[0] ?? "");
  const ownAccountOnly = describeOwnAccountOnly(opts);

  for (const service of ["s3", "dynamodb"]) {
    new aws.ec2.VpcEndpoint(
      `${name}-${service}`,
      {
        vpcId: vpc.vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Gateway",
        routeTableIds,
        policy: service === "s3" ? describeS3Access(opts) : ownAccountOnly,
        tags: { Name: `${name}-${service}` },
      },
      opts,
    );
  }
  if (services.length === 0) return;

  const group = openEndpointPort(name, vpc, opts);
  for (const service of services) {
    const endpoint = `${name}-${service.replace(".", "-")}`;
    new aws.ec2.VpcEndpoint(
      endpoint,
      {
        vpcId: vpc.vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: "Interface",
        subnetIds: vpc.privateSubnetIds,
        securityGroupIds: [group.id],
        privateDnsEnabled: true,
        policy: ownAccountOnly,
        tags: { Name: endpoint },
      },
      opts,
    );
  }
}

function openEndpointPort(
  name: string,
  vpc: NetworkPlacement,
  opts: pulumi.CustomResourceOptions,
): aws.ec2.SecurityGroup {
  const group = new aws.ec2.SecurityGroup(
    name,
    { vpcId: vpc.vpcId, description: "Who may call AWS APIs inside the VPC", tags: { Name: name } },
    opts,
  );
  new aws.vpc.SecurityGroupIngressRule(
    `${name}-from-vpc`,
    {
      securityGroupId: group.id,
      cidrIpv4: vpc.vpcCidr,
      description: "HTTPS from inside the VPC",
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
    },
    opts,
  );
  return group;
}

function describeOwnAccountOnly(opts: pulumi.InvokeOptions): pulumi.Output<string> {
  return pulumi.jsonStringify({ Version: "2012-10-17", Statement: [ownAccount(opts)] });
}

/**
 * Image layers, packages of Amazon Linux and public images are read from buckets of others, partly without credentials of
 * ours: reading stays open, writing does not (Amazon ECR user guide, "Minimum Amazon S3 bucket permissions").
 */
function describeS3Access(opts: pulumi.InvokeOptions): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      ownAccount(opts),
      { Sid: "AnyoneReads", Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "*" },
    ],
  });
}

function ownAccount(opts: pulumi.InvokeOptions): pulumi.Input<Record<string, unknown>> {
  return {
    Sid: "OwnAccount",
    Effect: "Allow",
    Principal: "*",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "aws:PrincipalAccount": aws.getCallerIdentityOutput({}, opts).accountId } },
  };
}
