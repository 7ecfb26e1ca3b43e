import { define } from "../../kernel/define.ts";
import type { ResourceCheck } from "../../kernel/definition.ts";
import { list } from "../../kernel/params.ts";
import { fits } from "../../kernel/urn.ts";

interface Settings {
  readonly components: readonly string[];
}

/** The types of what a resource is part of, which its URN names from the outermost inwards. */
function ancestors(urn: string): readonly string[] {
  const [, , types = ""] = urn.split("::");
  return types.split("$").slice(0, -1);
}

const fromComponent: ResourceCheck<object, Settings> = (_, { urn, params: { components } }) =>
  !ancestors(urn).some((type) => components.some((glob) => fits(glob, type))) &&
  `no component of ${components.join(" or ")} made it: use one, which brings encryption, backups and protection.`;

export const statefulOnlyThroughComponents = define({
  name: "stateful-only-through-components",
  description: "What keeps data is made by a component that knows how to keep it.",
  severity: "low",
  remediation: "Use the platform's component for it, or write one.",
  params: { components: list(["platform:index:*"], "Globs on types of components that may make it.") },
  checks: {
    "aws:backup/vault:Vault": [fromComponent],
    "aws:cloudtrail/trail:Trail": [fromComponent],
    "aws:dynamodb/table:Table": [fromComponent],
    "aws:ecr/repository:Repository": [fromComponent],
    "aws:efs/fileSystem:FileSystem": [fromComponent],
    "aws:eks/cluster:Cluster": [fromComponent],
    "aws:elasticache/replicationGroup:ReplicationGroup": [fromComponent],
    "aws:kms/key:Key": [fromComponent],
    "aws:rds/cluster:Cluster": [fromComponent],
    "aws:rds/instance:Instance": [fromComponent],
    "aws:route53/zone:Zone": [fromComponent],
    "aws:s3/bucket:Bucket": [fromComponent],
    "aws:secretsmanager/secret:Secret": [fromComponent],
  },
});
