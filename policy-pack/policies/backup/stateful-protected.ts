import { define } from "../../kernel/define.ts";
import type { About, ResourceCheck } from "../../kernel/definition.ts";
import type { Findings } from "../../kernel/findings.ts";
import { flag, list } from "../../kernel/params.ts";
import { property } from "../../kernel/read.ts";
import type { Token } from "../../kernel/tokens.ts";
import { fits } from "../../kernel/urn.ts";
import { isReplica } from "../../reading/databases.ts";

interface Settings {
  readonly protect: boolean;
  readonly disposableLogGroups: readonly string[];
}

type Check = ResourceCheck<object, Settings>;

/** Holds data, and the service has no lock of its own that this policy asks for instead. */
const holders: ReadonlySet<string> = new Set<Token>([
  "aws:backup/vault:Vault",
  "aws:cloudtrail/trail:Trail",
  "aws:ecr/repository:Repository",
  "aws:efs/fileSystem:FileSystem",
  "aws:elasticache/replicationGroup:ReplicationGroup",
  "aws:kms/key:Key",
  "aws:rds/cluster:Cluster",
  "aws:rds/instance:Instance",
  "aws:route53/zone:Zone",
  "aws:s3/bucket:Bucket",
  "aws:secretsmanager/secret:Secret",
]);

/** Pulumi itself refuses to delete what is protected. A read replica can be made again from its source. */
const guarded: Check = (props, { type, options, params }) =>
  holders.has(type) &&
  params.protect &&
  !options.protect &&
  !isReplica(props) &&
  "the option protect is not set: set it, so that nothing deletes the resource by accident.";

const replacedLast: Check = (_, { type, options }) =>
  holders.has(type) &&
  options.deleteBeforeReplace === true &&
  "the option deleteBeforeReplace is true: leave it unset, or a replacement begins with the loss.";

/** The service's own lock, under the name that the resource has for it: it holds against everyone, so Pulumi's need not be on as well. */
function locked(key: string): Check {
  return (props) => property(props, key) !== true && `${key} is not true: set it.`;
}

/** The word by which a deletion takes the content along. */
function notForced(key: string): Check {
  return (props) =>
    property(props, key) === true && `${key} is true: leave it unset, or deleting takes the content along.`;
}

function lockedLog(props: object, about: About<Settings>): Findings {
  const isDisposable = about.params.disposableLogGroups.some((glob) => fits(glob, about.name));
  return !isDisposable && locked("deletionProtectionEnabled")(props, about);
}

export const statefulProtected = define({
  name: "stateful-protected",
  description: "What holds data cannot be deleted by accident.",
  severity: "high",
  controls: { fsbp: ["ELB.6", "DynamoDB.6"], ckv: ["CKV_AWS_150"] },
  remediation: "Set the component's protect; taking a resource away then begins with setting it to false.",
  params: {
    protect: flag(true, "Whether the option protect is wanted on whatever holds data."),
    disposableLogGroups: list([], "Globs on logical names of log groups that CloudWatch may delete."),
  },
  checks: {
    "*": [guarded, replacedLast],
    "aws:backup/vault:Vault": [notForced("forceDestroy")],
    "aws:dynamodb/table:Table": [locked("deletionProtectionEnabled")],
    "aws:ecr/repository:Repository": [notForced("forceDelete")],
    "aws:eks/cluster:Cluster": [locked("deletionProtection")],
    "aws:route53/zone:Zone": [notForced("forceDestroy")],
    "aws:s3/bucket:Bucket": [notForced("forceDestroy")],
    "aws:lb/loadBalancer:LoadBalancer": [locked("enableDeletionProtection")],
    "aws:alb/loadBalancer:LoadBalancer": [locked("enableDeletionProtection")],
    "aws:cloudwatch/logGroup:LogGroup": [lockedLog],
  },
});
