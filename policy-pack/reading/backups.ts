import { Undecided } from "../kernel/findings.ts";
import type { Graph, Node } from "../kernel/graph.ts";
import { items, property } from "../kernel/read.ts";
import type { Props, Token } from "../kernel/tokens.ts";

/** What AWS Backup can keep, with the service's name in ARNs (AWS Backup developer guide, "Supported resources"). */
export const kept = {
  "aws:dynamodb/table:Table": "dynamodb",
  "aws:ebs/volume:Volume": "ec2",
  "aws:efs/fileSystem:FileSystem": "elasticfilesystem",
  "aws:rds/cluster:Cluster": "rds",
  "aws:rds/instance:Instance": "rds",
  "aws:s3/bucket:Bucket": "s3",
} as const satisfies Partial<Record<Token, string>>;

/** A type that AWS Backup can keep. */
export type Kept = keyof typeof kept;

type Selection = Node<Props<"aws:backup/selection:Selection">>;

/** Tags as they will be, the provider's own included. */
function tagOf(node: Node<object>, key: string): unknown {
  return property(property(node.props, "tagsAll") ?? property(node.props, "tags"), key);
}

/** Whether a list of ARNs names the resource: itself, everything, or everything of its service. */
function names(
  selection: Selection,
  list: "resources" | "notResources",
  node: Node,
  graph: Graph,
  type: Kept,
): boolean {
  const { nodes, exact } = graph.targets(selection, list, type);
  if (nodes.some(({ urn }) => urn === node.urn)) {
    if (!exact) throw new Undecided(list);
    return true;
  }
  return items(selection.props[list]).some(
    (arn) => arn === "*" || (arn.endsWith("*") && arn.split(":")[2] === kept[type]),
  );
}

/** Conditions hold together, and each names a tag as `aws:ResourceTag/<key>`. Those that compare otherwise prove nothing. */
function fitsConditions({ props }: Selection, node: Node): boolean {
  return items(props.conditions).every(
    ({ stringEquals = [], stringLikes, stringNotEquals, stringNotLikes }) => {
      const others = [stringLikes, stringNotEquals, stringNotLikes].flatMap(items);
      const isEqual = stringEquals.every(
        ({ key, value }) => tagOf(node, key.replace("aws:ResourceTag/", "")) === value,
      );
      return others.length === 0 && isEqual;
    },
  );
}

/** Whether a selection takes the resource into its plan. Its tags add to what it names; its conditions narrow that. */
export function isSelected(node: Node, graph: Graph, selection: Selection, type: Kept): boolean {
  if (names(selection, "notResources", node, graph, type)) return false;
  const tagged = items(selection.props.selectionTags).some(({ key, value }) => tagOf(node, key) === value);
  return tagged || (names(selection, "resources", node, graph, type) && fitsConditions(selection, node));
}
