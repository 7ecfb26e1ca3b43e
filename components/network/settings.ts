import { z } from "zod";

import { logRetentionDays } from "../log-retention.ts";
import { findLayoutProblems } from "./plan.ts";

/** AWS services that private subnets can reach by an interface endpoint, by the last part of the endpoint service's name. */
export const interfaceEndpointServices = [
  "autoscaling",
  "ec2",
  "ecr.api",
  "ecr.dkr",
  "eks",
  "eks-auth",
  "elasticache",
  "elasticloadbalancing",
  "kms",
  "logs",
  "monitoring",
  "rds",
  "secretsmanager",
  "sns",
  "sqs",
  "ssm",
  "ssmmessages",
  "sts",
  "xray",
] as const;

const zonePattern = /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/;

const blocks = z.array(z.string());

const explicitSubnets = z.strictObject({
  public: blocks.describe("blocks for load balancers and NAT gateways, one per zone"),
  private: blocks.describe("blocks for nodes and pods, one per zone"),
  database: blocks
    .optional()
    .describe("blocks for stores, one per zone; without it stores live in the private subnets"),
});

const fields = z.strictObject({
  cidr: z
    .string()
    .describe(
      "the VPC's block, such as 10.0.0.0/16; not one of another stack's, or the two can never be peered. Changing it replaces everything",
    ),
  zones: z
    .array(z.string().regex(zonePattern, "must be the name of a zone, such as eu-west-1a"))
    .describe(
      "availability zones, two or three. Append only: another order moves the subnets. A further one replaces the nodes, group by group",
    ),
  subnets: z
    .union([z.literal("planned"), explicitSubnets])
    .describe("planned divides the block by itself with room for a fourth zone; or explicit blocks per tier"),
  nat: z
    .enum(["none", "single", "perZone"])
    .describe(
      "how private subnets reach the internet: not at all, for a VPC with a way out elsewhere, which the charts' public images need; through one gateway whose zone is then a single point of failure; or one per zone. Roughly $35 a month per gateway, and $0.048 per GB",
    ),
  networkAcls: z
    .enum(["default", "database"])
    .describe(
      "database lets only the private subnets reach the database subnets, and only on the stores' ports",
    ),
  interfaceEndpoints: z
    .array(z.enum(interfaceEndpointServices))
    .describe(
      "AWS APIs reached without NAT. Roughly $8 a month each, per zone; S3 and DynamoDB are always on and free",
    ),
  flowLogs: z.strictObject({
    traffic: z
      .enum(["ALL", "ACCEPT", "REJECT", "none"])
      .describe("which connections are recorded; roughly $0.57 per GB"),
    retentionDays: logRetentionDays.describe("days flow logs are kept"),
    protect: z
      .boolean()
      .describe("whether CloudWatch refuses to delete the flow logs, and Pulumi the key that reads them"),
  }),
});

type Fields = z.infer<typeof fields>;

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Settings of the network. */
export const networkSettings = fields.check(({ value, issues }) => {
  for (const { path, message } of findProblems(value)) {
    issues.push({ code: "custom", input: value, path: [...path], message });
  }
});

/** Settings of the network, checked. */
export type NetworkSettings = Readonly<Fields>;

function findProblems(value: Fields): readonly Problem[] {
  return [
    ...findZoneProblems(value.zones),
    ...findLayoutProblems(value.cidr, value.subnets, value.zones),
    ...findAclProblems(value),
    ...findRepeated(value.interfaceEndpoints),
    ...findMissingEndpoints(value),
  ];
}

function findZoneProblems(zones: readonly string[]): readonly Problem[] {
  const path = ["zones"];
  if (zones.length < 2 || zones.length > 3) {
    return [
      {
        path,
        message: `must be 2 or 3 zones, got ${zones.length}: ${zones.length < 2 ? "RDS needs two" : "a fourth costs more than it protects"}`,
      },
    ];
  }
  if (new Set(zones).size < zones.length)
    return [{ path, message: `must be different zones, got ${zones.join(", ")}` }];
  const regions = zones.filter((zone) => zonePattern.test(zone)).map(regionOf);
  if (new Set(regions).size > 1)
    return [{ path, message: `must be zones of one region, got ${zones.join(", ")}` }];
  return [];
}

function findAclProblems({ networkAcls, subnets }: Fields): readonly Problem[] {
  return networkAcls === "database" && subnets !== "planned" && subnets.database === undefined
    ? [{ path: ["networkAcls"], message: "must be default, got database: there are no database subnets" }]
    : [];
}

function findRepeated(endpoints: readonly string[]): readonly Problem[] {
  return endpoints.flatMap((endpoint, index) =>
    endpoints.indexOf(endpoint) < index
      ? [{ path: ["interfaceEndpoints", index], message: `must be named once, got ${endpoint} again` }]
      : [],
  );
}

/** What nodes call before they can join a cluster (Amazon EKS user guide, "Private cluster requirements"). */
const neededWithoutNat = ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "sts"] as const;

function findMissingEndpoints({ nat, interfaceEndpoints }: Fields): readonly Problem[] {
  const missing = neededWithoutNat.filter((service) => !interfaceEndpoints.includes(service));
  return nat === "none" && missing.length > 0
    ? [
        {
          path: ["interfaceEndpoints"],
          message: `must also name ${missing.join(", ")} with nat none: nodes join the cluster through them`,
        },
      ]
    : [];
}

/** The region of a zone: `eu-west-1` for `eu-west-1a`. */
export function regionOf(zone: string): string {
  return zone.slice(0, -1);
}
