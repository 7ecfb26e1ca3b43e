import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { EksCluster } from "../../../components/eks-cluster/eks-cluster.ts";
import { eksClusterSettings } from "../../../components/eks-cluster/settings.ts";
import type { EksClusterSettings } from "../../../components/eks-cluster/settings.ts";
import type { DomainBinding, NetworkPlacement } from "../../../components/contracts.ts";

/** The smallest valid settings of a node group, as YAML has them. */
export const nodeGroup = { instanceTypes: ["t3.large"], size: { min: 1, desired: 2, max: 4 } };

/** The smallest valid settings of a cluster, as YAML has them. */
export const clusterSettings = {
  name: "groundwork-test",
  endpoint: { access: "private" },
  access: { admins: { principalArn: "arn:aws:iam::111111111111:role/platform-admin", policy: "admin" } },
  logRetentionDays: 30,
  deletionProtection: false,
  nodeGroups: { main: nodeGroup },
  controllerReplicas: 1,
};

/** Parsed settings with one thing changed. */
export function settings(change: Readonly<Record<string, unknown>> = {}): EksClusterSettings {
  return eksClusterSettings.parse({ ...clusterSettings, ...change });
}

/** A real network around the cluster, made of the resources it refers to. */
export function network(provider: aws.Provider): NetworkPlacement {
  const opts = { provider };
  const vpc = new aws.ec2.Vpc("vpc", { cidrBlock: "10.0.0.0/16" }, opts);
  const subnetIds = (tier: string, offset: number): pulumi.Output<string[]> =>
    pulumi.all(
      ["eu-west-1a", "eu-west-1b"].map(
        (availabilityZone, index) =>
          new aws.ec2.Subnet(
            `${tier}-${index}`,
            { vpcId: vpc.id, cidrBlock: `10.0.${offset + index}.0/24`, availabilityZone },
            opts,
          ).id,
      ),
    );
  return {
    vpcId: vpc.id,
    vpcCidr: "10.0.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b"],
    publicSubnetIds: subnetIds("public", 0),
    privateSubnetIds: subnetIds("private", 10),
    databaseSubnetIds: subnetIds("database", 20),
    natGatewayIds: pulumi.output([]),
  };
}

/** A stack without a domain. */
export const noDomain: DomainBinding = {
  zoneName: undefined,
  zoneId: undefined,
  certificateArn: undefined,
  edgeCertificateArn: undefined,
};

/** A cluster in its own small network. */
export function cluster(change: Readonly<Record<string, unknown>> = {}, domain = noDomain): EksCluster {
  const provider = new aws.Provider("aws", { region: "eu-west-1" });
  const args = { ...settings(change), network: network(provider), domain, tags: { Owner: "platform-team" } };
  return new EksCluster("cluster", args, { providers: [provider] });
}
