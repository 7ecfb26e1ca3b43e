import { parse } from "yaml";
import type { AccountView, Properties, Stored } from "../../model.ts";
import { isWithheld } from "../../secrets.ts";
import { at, isRecord, list, text } from "../../values.ts";
import { accessEntryToken, clusterToken, nodeGroupToken } from "./references.ts";

/**
 * Nodes of a cluster: those of its managed groups, and those of Auto Scaling groups that are marked as its own, as far as it lets them
 * in: https://docs.aws.amazon.com/eks/latest/userguide/launch-workers.html
 */
export function nodesOf(account: AccountView, clusterName: string): number {
  const managed = account
    .all(nodeGroupToken)
    .filter(({ state }) => state.clusterName === clusterName)
    .map(({ state }) => at(state, "scalingConfig.desiredSize"));
  const mark = `kubernetes.io/cluster/${clusterName}`;
  const own = account
    .all("aws:autoscaling/group:Group")
    .filter(({ state }) => list(state.tags).some((tag) => at(tag, "key") === mark))
    .filter((group) => isLetIn(account, clusterName, group))
    .map(({ state }) => state.desiredCapacity);
  return [...managed, ...own].reduce<number>((sum, count) => sum + Number(count ?? 0), 0);
}

/** The ARN of the role that a group's machines have; `""` for none. */
function roleOf(account: AccountView, { state }: Stored): string {
  const profile = profileOf(account, state);
  const name = text(profile) ?? text(at(profile, "name")) ?? text(at(profile, "arn")) ?? "";
  const role = text(account.find("aws:iam/instanceProfile:InstanceProfile", name)?.state.role) ?? "";
  return text(account.find("aws:iam/role:Role", role)?.state.arn) ?? "";
}

/** What the group's template or configuration says of the instance profile. */
function profileOf(account: AccountView, group: Properties): unknown {
  const configuration = text(group.launchConfiguration);
  if (configuration !== undefined && configuration !== "")
    return account.find("aws:ec2/launchConfiguration:LaunchConfiguration", configuration)?.state
      .iamInstanceProfile;
  const mixed = at(group, "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification");
  const names = [
    at(group, "launchTemplate.id"),
    at(group, "launchTemplate.name"),
    at(mixed, "launchTemplateId"),
    at(mixed, "launchTemplateName"),
  ].flatMap((name) => text(name) ?? []);
  const [template] = names.flatMap(
    (name) => account.find("aws:ec2/launchTemplate:LaunchTemplate", name) ?? [],
  );
  return template?.state.iamInstanceProfile;
}

/** Kinds of access entries that nodes come in by: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
const nodeEntries: ReadonlySet<unknown> = new Set(["EC2", "EC2_LINUX", "EC2_WINDOWS"]);

function hasEntry(account: AccountView, { id, scope }: Stored, roleArn: string): boolean {
  return nodeEntries.has(account.find(accessEntryToken, `${id}:${roleArn}`, scope)?.state.type);
}

/** EKS lets the roles of managed groups in by itself; others need an access entry, or a line in the ConfigMap `aws-auth`. */
function isLetIn(account: AccountView, name: string, group: Stored): boolean {
  // Another region may have a cluster of that name.
  const cluster = account.find(clusterToken, name, group.scope);
  const roleArn = roleOf(account, group);
  if (cluster === undefined || roleArn === "") return false;
  const mode = text(at(cluster.state, "accessConfig.authenticationMode")) ?? "CONFIG_MAP";
  const isManaged = account
    .all(nodeGroupToken)
    .some(({ state }) => state.clusterName === name && state.nodeRoleArn === roleArn);
  return (
    isManaged ||
    (mode !== "CONFIG_MAP" && hasEntry(account, cluster, roleArn)) ||
    (mode !== "API" && isMapped(account, cluster, roleArn))
  );
}

/** https://docs.aws.amazon.com/eks/latest/userguide/auth-configmap.html */
function isMapped(account: AccountView, { state }: Stored, roleArn: string): boolean {
  const map = account.find("kubernetes:core/v1:ConfigMap", "kube-system/aws-auth", text(state.arn) ?? "");
  const mapRoles = at(map?.state, "data.mapRoles");
  if (isWithheld(mapRoles)) return true;
  return rolesIn(text(mapRoles) ?? "").some(
    (role) => isRecord(role) && role.rolearn === roleArn && list(role.groups).includes("system:nodes"),
  );
}

function rolesIn(mapRoles: string): readonly unknown[] {
  try {
    return list(parse(mapRoles));
  } catch {
    return [];
  }
}
