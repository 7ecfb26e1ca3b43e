import { expect } from "chai";

import { assemble } from "../../policy-pack/kernel/assemble.ts";
import { levelsFor } from "../../policy-pack/levels/levels.ts";
import { policies } from "../../policy-pack/policies.ts";
import { changed, graph, without } from "./fixtures/graph.ts";
import type { Moment, Planned } from "./fixtures/graph.ts";
import { keyArn } from "./fixtures/values.ts";
import { analyze } from "./support/engine.ts";

/** Lines of the form `name: sentence` that a policy reports for a plan. */
async function found(
  policy: string,
  moment: Moment,
  planned: readonly Planned[],
): Promise<readonly string[]> {
  const setup = { stack: "prod", levels: levelsFor("prod"), exemptions: [], today: "2026-11-21" };
  const findings = await analyze(assemble(policies, setup), graph(moment, planned));
  return findings
    .filter((finding) => finding.policy === policy)
    .map(({ urn, message }) => `${urn.split("::").at(-1) ?? ""}: ${message}`);
}

/** What is decided by the graph is decided in the first preview too. */
function inBoth(title: string, test: (moment: Moment) => Promise<void>): void {
  for (const moment of ["preview", "update"] as const) it(`${title} (${moment})`, () => test(moment));
}

const encryption = {
  ...{
    applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
    bucketKeyEnabled: true,
  },
};
const buckets: readonly Planned[] = [
  { type: "aws:s3/bucket:Bucket", name: "site" },
  { type: "aws:s3/bucket:Bucket", name: "audit" },
  ...["site", "audit"].flatMap((bucket) => [
    {
      type: "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock",
      name: `${bucket}-block`,
      refs: { bucket },
    },
    {
      type: "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
      name: `${bucket}-encryption`,
      props: { rules: [encryption] },
      refs: { bucket },
    },
  ]),
];

describe("s3-block-public-access", () => {
  inBoth("passes when each bucket has a block", async (moment) => {
    expect(await found("s3-block-public-access", moment, buckets)).to.deep.equal([]);
  });

  inBoth("objects to the one bucket without a block", async (moment) => {
    expect(await found("s3-block-public-access", moment, without(buckets, "audit-block"))).to.deep.equal([
      "audit: no BucketPublicAccessBlock points to the bucket: add one with all four flags true.",
    ]);
  });

  it("takes a block that names the bucket in letters", async () => {
    const named = changed(
      changed(buckets, "audit", { props: { bucket: "acme-audit" } }),
      ...(["audit-block", { refs: {}, props: { bucket: "acme-audit" } }] as const),
    );
    expect(await found("s3-block-public-access", "preview", named)).to.deep.equal([]);
  });
});

describe("s3-kms-encryption", () => {
  inBoth("passes when each bucket is encrypted with a key", async (moment) => {
    expect(await found("s3-kms-encryption", moment, buckets)).to.deep.equal([]);
  });

  inBoth("objects to a bucket without a configuration", async (moment) => {
    expect(await found("s3-kms-encryption", moment, without(buckets, "site-encryption"))).to.deep.equal([
      "site: no BucketServerSideEncryptionConfiguration points to the bucket: add one with aws:kms.",
    ]);
  });

  it("objects to S3's own keys", async () => {
    const rules = [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }];
    expect(
      await found("s3-kms-encryption", "preview", changed(buckets, "site-encryption", { props: { rules } })),
    ).to.deep.equal([
      "site: sseAlgorithm is AES256: use aws:kms.",
      "site: kmsMasterKeyId is not set: name a key of the account.",
      "site: bucketKeyEnabled is not true: without it every object costs a call to KMS.",
    ]);
  });
});

const tier = (name: string, exit: Partial<Planned>): readonly Planned[] => [
  { type: "aws:ec2/subnet:Subnet", name, props: { tags: { Tier: name } } },
  { type: "aws:ec2/routeTable:RouteTable", name: `${name}-table` },
  {
    type: "aws:ec2/routeTableAssociation:RouteTableAssociation",
    name: `${name}-association`,
    refs: { subnetId: name, routeTableId: `${name}-table` },
  },
  {
    type: "aws:ec2/route:Route",
    name: `${name}-route`,
    ...exit,
    refs: { routeTableId: `${name}-table`, ...exit.refs },
  },
];
const network: readonly Planned[] = [
  { type: "aws:ec2/internetGateway:InternetGateway", name: "igw" },
  { type: "aws:ec2/natGateway:NatGateway", name: "nat" },
  ...tier("public", { refs: { gatewayId: "igw" } }),
  ...tier("private", { refs: { natGatewayId: "nat" } }),
  ...without(tier("database", {}), "database-route"),
  { type: "aws:rds/subnetGroup:SubnetGroup", name: "database-group", refs: { subnetIds: ["database"] } },
];

describe("subnet-private-no-igw-route", () => {
  inBoth("passes when only public subnets reach the internet gateway", async (moment) => {
    expect(await found("subnet-private-no-igw-route", moment, network)).to.deep.equal([]);
  });

  inBoth("objects to a private subnet with a route to the internet gateway", async (moment) => {
    const open = changed(network, "private-route", {
      refs: { routeTableId: "private-table", gatewayId: "igw" },
    });
    expect(await found("subnet-private-no-igw-route", moment, open)).to.deep.equal([
      "private: the subnet's tier is private, yet it has a route to an internet gateway: take the route out of its table.",
    ]);
  });

  inBoth("objects to a database subnet with a way out", async (moment) => {
    const open = [
      ...without(network, "database-table", "database-association"),
      ...tier("database", { refs: { natGatewayId: "nat" } }).slice(1),
    ];
    expect(await found("subnet-private-no-igw-route", moment, open)).to.deep.equal([
      "database: the subnet's tier is database, yet it has a route to a NAT gateway: take the route out of its table.",
    ]);
  });

  it("sees a route that stands inside the table", async () => {
    const routes = [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-0abc" }];
    expect(
      await found(
        "subnet-private-no-igw-route",
        "update",
        changed(network, "private-table", { props: { routes } }),
      ),
    ).to.deep.equal([
      "private: the subnet's tier is private, yet it has a route to an internet gateway: take the route out of its table.",
    ]);
  });
});

describe("rds-private-subnets", () => {
  inBoth("passes when databases are in database subnets", async (moment) => {
    expect(await found("rds-private-subnets", moment, network)).to.deep.equal([]);
  });

  inBoth("objects to a subnet with a route to the internet", async (moment) => {
    const open = changed(network, "database-group", { refs: { subnetIds: ["public"] } });
    expect(await found("rds-private-subnets", moment, open)).to.deep.equal([
      "database-group: subnet public has a route to an internet gateway: use the network's database subnets.",
    ]);
  });

  it("waits for the update when a component's output may mean any of its subnets", async () => {
    const opaque = changed(network, "database-group", { refs: { subnetIds: ["public", "database"] } });
    expect(await found("rds-private-subnets", "preview", opaque)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", opaque)).to.deep.equal([
      ": 1 check deferred until the update: rds-private-subnets 1.",
    ]);
    expect(await found("rds-private-subnets", "update", opaque)).to.have.length(1);
  });
});

const https = { ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0" };
const edge: readonly Planned[] = [
  { type: "aws:ec2/securityGroup:SecurityGroup", name: "group" },
  {
    type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
    ...{ name: "rule", props: https, refs: { securityGroupId: "group" } },
  },
  { type: "aws:lb/loadBalancer:LoadBalancer", name: "balancer", refs: { securityGroups: ["group"] } },
];

describe("sg-public-ingress-only-on-lb", () => {
  const refusal = (ports: string): string =>
    `${ports} is open to 0.0.0.0/0: only ports 80 and 443 of a load balancer's own group may be.`;

  inBoth("passes when a load balancer's group is open on 443", async (moment) => {
    expect(await found("sg-public-ingress-only-on-lb", moment, edge)).to.deep.equal([]);
  });

  inBoth("objects to another port of a load balancer", async (moment) => {
    const open = changed(edge, "rule", { props: { ...https, fromPort: 8080, toPort: 8080 } });
    expect(await found("sg-public-ingress-only-on-lb", moment, open)).to.deep.equal([
      `rule: ${refusal("port 8080")}`,
    ]);
  });

  inBoth("objects to a group that nothing uses", async (moment) => {
    expect(await found("sg-public-ingress-only-on-lb", moment, without(edge, "balancer"))).to.deep.equal([
      `rule: ${refusal("port 443")}`,
    ]);
  });

  inBoth("objects to a group that a load balancer shares", async (moment) => {
    const shared = [
      ...edge,
      { type: "aws:ec2/instance:Instance", name: "machine", refs: { vpcSecurityGroupIds: ["group"] } },
    ];
    expect(await found("sg-public-ingress-only-on-lb", moment, shared)).to.deep.equal([
      `rule: ${refusal("port 443")}`,
    ]);
  });

  it("sees rules inside a group, the default group's too, and the older rule resource", async () => {
    const ingress = [{ protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] }];
    const older = { type: "ingress", protocol: "tcp", fromPort: 80, toPort: 80, cidrBlocks: ["0.0.0.0/0"] };
    const open: readonly Planned[] = [
      { type: "aws:ec2/securityGroup:SecurityGroup", name: "inline", props: { ingress } },
      { type: "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", name: "default", props: { ingress } },
      { type: "aws:ec2/securityGroupRule:SecurityGroupRule", name: "older", props: older },
    ];
    expect(await found("sg-public-ingress-only-on-lb", "update", open)).to.deep.equal(
      ["inline", "default", "older"].map((name) => `${name}: ${refusal("port 80")}`),
    );
  });
});
