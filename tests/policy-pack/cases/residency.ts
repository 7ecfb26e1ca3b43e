import type { Token } from "../../../policy-pack/kernel/tokens.ts";
import { account, otherAccount, UNKNOWN } from "../fixtures/values.ts";
import type { CaseBook, Cases } from "./case.ts";

const american = (what: string): string =>
  `${what} is in us-east-1: keep copies in eu-west-1 or eu-central-1.`;
const arn = (service: string, name: string, region = "us-east-1"): string =>
  `arn:aws:${service}:${region}:${account}:${name}`;

const stateful = [
  ...["aws:backup/vault:Vault", "aws:cloudtrail/trail:Trail", "aws:dynamodb/table:Table"],
  ...["aws:ecr/repository:Repository", "aws:efs/fileSystem:FileSystem", "aws:eks/cluster:Cluster"],
  ...["aws:elasticache/replicationGroup:ReplicationGroup", "aws:kms/key:Key", "aws:rds/cluster:Cluster"],
  ...["aws:rds/instance:Instance", "aws:route53/zone:Zone", "aws:s3/bucket:Bucket"],
  "aws:secretsmanager/secret:Secret",
] as const satisfies readonly Token[];

/** The same resource wherever it may be in a program. */
function placed(type: Token): Cases {
  const at = (types: string) => ({
    patch: {},
    about: { urn: `urn:pulumi:prod::groundwork::${types}${type}::subject` },
  });
  return {
    [type]: [
      {
        when: "the program itself makes it",
        ...at(""),
        finds:
          "no component of platform:index:* made it: use one, which brings encryption, backups and protection.",
      },
      {
        when: "somebody else's component makes it",
        ...at("awsx:ec2:Vpc$"),
        finds:
          "no component of platform:index:* made it: use one, which brings encryption, backups and protection.",
      },
      { when: "a component of a component makes it", ...at("platform:index:Site$acme:index:Store$") },
    ],
  };
}

/** What the policies on where data is, and on who makes resources, make of single ones. */
export const residency: CaseBook = {
  "stateful-only-through-components": Object.assign({}, ...stateful.map(placed)) as Cases,
  "residency-allowed-regions": {
    "aws:s3/bucket:Bucket": [
      {
        when: "it stands in another region than its provider",
        patch: { region: "us-west-2" },
        finds: "region is us-west-2: use eu-west-1.",
      },
      {
        when: "it stands where only parts of CloudFront may",
        patch: { region: "us-east-1" },
        finds: "region is us-east-1: use eu-west-1.",
      },
      { when: "its own region is a listed one", patch: { region: "eu-west-1" } },
      { when: "its region is not known yet", patch: { region: UNKNOWN }, defers: true },
      {
        when: "its provider is elsewhere",
        patch: {},
        about: {
          provider: {
            ...{ type: "pulumi:providers:aws", name: "aws", urn: "urn" },
            props: { region: "ap-south-1" },
          },
        },
        finds: "region is ap-south-1: use eu-west-1.",
      },
    ],
    "aws:wafv2/webAcl:WebAcl": [
      { when: "CloudFront needs it in one region", patch: { region: "us-east-1" } },
      {
        when: "nothing needs it in that region",
        patch: { region: "us-west-2" },
        finds: "region is us-west-2: use eu-west-1.",
      },
    ],
  },
  "residency-no-foreign-copies": {
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": [
      {
        when: "the copy's key is elsewhere",
        patch: {
          rules: [
            {
              status: "Enabled",
              destination: {
                bucket: "arn:aws:s3:::copy",
                encryptionConfiguration: { replicaKmsKeyId: arn("kms", "key/1") },
              },
            },
          ],
        },
        finds: american("the key of a destination"),
      },
      {
        when: "nothing says where the copy is",
        patch: { rules: [{ status: "Enabled", destination: { bucket: "arn:aws:s3:::copy" } }] },
      },
    ],
    "aws:backup/plan:Plan": [
      {
        when: "backups are copied elsewhere",
        patch: {
          rules: [
            {
              ...{ ruleName: "daily", targetVaultName: "vault" },
              copyActions: [
                { destinationVaultArn: arn("backup", "backup-vault:near", "eu-central-1") },
                { destinationVaultArn: arn("backup", "backup-vault:far") },
              ],
            },
          ],
        },
        finds: american("a copy's vault"),
      },
    ],
    "aws:secretsmanager/secret:Secret": [
      {
        when: "it is replicated elsewhere",
        patch: { replicas: [{ region: "us-east-1" }] },
        finds: american("a replica"),
      },
      { when: "its replicas are not known yet", patch: { replicas: UNKNOWN }, defers: true },
    ],
    "aws:dynamodb/table:Table": [
      {
        when: "it is replicated elsewhere",
        patch: { replicas: [{ regionName: "us-east-1" }] },
        finds: american("a replica"),
      },
    ],
    "aws:rds/instance:Instance": [
      {
        when: "it is a replica of one elsewhere",
        patch: { replicateSourceDb: arn("rds", "db:orders") },
        finds: american("replicateSourceDb"),
      },
      { when: "it is a replica of a neighbour", patch: { replicateSourceDb: "orders" } },
    ],
    "aws:ecr/replicationConfiguration:ReplicationConfiguration": [
      {
        when: "images are copied elsewhere",
        patch: {
          replicationConfiguration: {
            rules: [{ destinations: [{ region: "us-east-1", registryId: account }] }],
          },
        },
        finds: american("a destination"),
      },
    ],
    "aws:kms/key:Key": [
      {
        when: "the key may be copied",
        patch: { multiRegion: true },
        finds: "multiRegion is true, so the key can be copied to any region: leave it unset.",
      },
    ],
  },
  "provider-account-pinned": {
    "pulumi:providers:aws": [
      {
        when: "it works in any account, without tags",
        patch: { allowedAccountIds: undefined, defaultTags: undefined },
        finds: [
          "allowedAccountIds is not set, so it works in whatever account a machine is logged in to: set it.",
          "defaultTags is not set: set the tags that every resource must have.",
        ],
      },
      {
        when: "it is the one that nobody passed",
        patch: {},
        about: { name: "default_7_48_0" },
        finds:
          "it is the default provider, which uses whatever account a machine is logged in to: pass one explicitly.",
      },
      {
        when: "it may work in another account as well",
        patch: { allowedAccountIds: [account, otherAccount] },
        finds: `allowedAccountIds lets in ${otherAccount}: name the stack's account, ${account}.`,
      },
      { when: "the accounts are not known yet", patch: { allowedAccountIds: UNKNOWN }, defers: true },
    ],
  },
};
