import { defineStack } from "../../kernel/define.ts";
import type { StackCheck } from "../../kernel/definition.ts";
import { flag, list } from "../../kernel/params.ts";
import { items } from "../../kernel/read.ts";
import { fits } from "../../kernel/urn.ts";
import { isSelected } from "../../reading/backups.ts";
import type { Kept } from "../../reading/backups.ts";
import { isReplica } from "../../reading/databases.ts";

interface Settings {
  readonly presentElsewhere: boolean;
  readonly requireCopy: boolean;
  readonly rebuildable: readonly string[];
}

function covered(type: Kept): StackCheck<object, Settings> {
  return (node, graph, { presentElsewhere, rebuildable }) => {
    const selections = graph.all("aws:backup/selection:Selection");
    if (selections.length === 0 && presentElsewhere) return undefined;
    if (isReplica(node.props) || rebuildable.some((glob) => fits(glob, node.name))) return undefined;
    return (
      !selections.some((selection) => isSelected(node, graph, selection, type)) &&
      "no backup Selection takes the resource into a plan: give it the tag that one selects by, or list it in rebuildable."
    );
  };
}

export const backupCoversStateful = defineStack({
  name: "backup-covers-stateful",
  description: "What holds data is in a backup plan, whose backups end some day and survive a region.",
  severity: "high",
  controls: { fsbp: ["RDS.26", "EC2.28", "EFS.2", "DynamoDB.4"], ckv: ["CKV2_AWS_8", "CKV2_AWS_9"] },
  remediation:
    "Select by a tag that the provider gives to everything, and copy to a vault of another region.",
  params: {
    presentElsewhere: flag(
      false,
      "Whether another stack of the account has the plan, if this one has no Selection.",
    ),
    requireCopy: flag(true, "Whether every rule of a plan must copy to another vault."),
    rebuildable: list([], "Globs on logical names of what can be made again from elsewhere."),
  },
  checks: {
    "aws:backup/plan:Plan": [
      ({ props }) =>
        items(props.rules).map(
          ({ ruleName, lifecycle }) =>
            (lifecycle?.deleteAfter ?? 0) === 0 &&
            `rule ${ruleName} keeps its backups for ever: set lifecycle.deleteAfter.`,
        ),
      ({ props }, _, { requireCopy }) =>
        requireCopy &&
        items(props.rules).map(
          ({ ruleName, copyActions }) =>
            items(copyActions).length === 0 &&
            `rule ${ruleName} copies nowhere: add a copyAction to a vault of another region.`,
        ),
    ],
    "aws:dynamodb/table:Table": [covered("aws:dynamodb/table:Table")],
    "aws:ebs/volume:Volume": [covered("aws:ebs/volume:Volume")],
    "aws:efs/fileSystem:FileSystem": [covered("aws:efs/fileSystem:FileSystem")],
    "aws:rds/cluster:Cluster": [covered("aws:rds/cluster:Cluster")],
    "aws:rds/instance:Instance": [covered("aws:rds/instance:Instance")],
    "aws:s3/bucket:Bucket": [covered("aws:s3/bucket:Bucket")],
  },
});
