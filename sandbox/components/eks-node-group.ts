import type { Properties } from "../model.ts";
import { isRecord, list } from "../values.ts";
import { ComponentError, counts, notSimulated, onlyArguments, shape } from "./arguments.ts";
import { outputsOf } from "./cluster-core.ts";
import {
  managedNodeTemplate,
  startArguments,
  startsOtherwise,
  templateArguments,
} from "./managed-node-template.ts";
import { imageTypeFor } from "./node-images.ts";
import { at, child, derive, eachAt, keyOf, ref } from "./plan.ts";
import type { Child, Expansion } from "./plan.ts";

const componentType = "eks:index:ManagedNodeGroup";

/** What goes to the node group as it is. */
const nodeGroupArguments = [
  "capacityType",
  "diskSize",
  "forceUpdateVersion",
  "instanceTypes",
  "labels",
  "launchTemplate",
  "nodeGroupName",
  "nodeGroupNamePrefix",
  "releaseVersion",
  "remoteAccess",
  "tags",
  "taints",
] as const;

const knownArguments = new Set([
  ...nodeGroupArguments,
  ...templateArguments,
  ...["amiType", "cluster", "clusterName", "gpu", "ignoreScalingChanges", "nodeRole", "nodeRoleArn"],
  ...["operatingSystem", "placementGroupAvailabilityZone", "scalingConfig", "subnetIds", "version"],
]);

/** What `eks.ManagedNodeGroup` 4.3 makes: https://www.pulumi.com/registry/packages/eks/api-docs/managednodegroup/ */
export function expandManagedNodeGroup(name: string, args: Properties): Expansion {
  onlyArguments(componentType, args, knownArguments);
  refuseContradictions(args);
  if (shape(args.enableEfaSupport) === true) throw notSimulated(componentType, "'enableEfaSupport'");
  const core = outputsOf(args.cluster);
  const wanted = templateArguments.some((argument) => args[argument] !== undefined);
  const templates = wanted ? [managedNodeTemplate(name, args, at(core, "cluster"))] : [];
  const inputs = { ...nodeGroupInputs(args, core), ...templates.map(launchedFrom)[0] };
  const nodes: Child = {
    type: "aws:eks/nodeGroup:NodeGroup",
    name,
    inputs,
    dependsOn: [at(core, "eksNodeAccess")],
    conditions: [letIn(core, inputs.nodeRoleArn)],
    ignoreChanges: shape(args.ignoreScalingChanges) === true ? ["scalingConfig.desiredSize"] : [],
  };
  return {
    children: [...templates, nodes],
    outputs: { nodeGroup: child(keyOf(nodes)), placementGroupName: "" },
    keepsOutputs: true,
  };
}

function nodeGroupInputs(args: Properties, core: unknown) {
  const cluster = at(core, "cluster");
  return {
    ...Object.fromEntries(nodeGroupArguments.map((property) => [property, args[property]])),
    ...imageOf(args, cluster),
    clusterName: args.clusterName ?? at(cluster, "name"),
    nodeRoleArn: args.nodeRoleArn ?? at(args.nodeRole, "arn"),
    scalingConfig: derive([args.scalingConfig], scaling),
    subnetIds: args.subnetIds ?? at(core, "subnetIds"),
  };
}

/** The template says how large the disk is. */
function launchedFrom(template: Child): Properties {
  const version = derive([ref(keyOf(template), "latestVersion")], String);
  return { diskSize: undefined, launchTemplate: { id: ref(keyOf(template)), version } };
}

/** A template with an image or user data of its own decides the version by its image. */
function imageOf(args: Properties, cluster: unknown): Properties {
  const { amiType, operatingSystem, launchTemplate, version } = args;
  if (startsOtherwise(args)) return { releaseVersion: undefined };
  const suited = operatingSystem === undefined ? undefined : imageTypeFor(args);
  const ofCluster = launchTemplate === undefined ? at(cluster, "version") : undefined;
  return { amiType: amiType ?? suited, version: version ?? ofCluster };
}

function scaling(config: unknown): Properties {
  return { desiredSize: 2, minSize: 1, maxSize: 2, ...(isRecord(config) ? config : {}) };
}

/** Where access entries let nobody in, EKS' own entry in the ConfigMap would be overwritten by the component's. */
function letIn(core: unknown, roleArn: unknown): unknown {
  const mode = at(core, "cluster.accessConfig.authenticationMode");
  return derive([mode, eachAt(at(core, "instanceRoles"), "arn"), roleArn], (known, mapped, role) => {
    if (known === "API" || known === "API_AND_CONFIG_MAP" || list(mapped).includes(role)) return role;
    const reason =
      "A managed node group cannot be created without first setting its role in the cluster's instanceRoles";
    throw new ComponentError(reason, [{ path: "nodeRole", reason }]);
  });
}

function refuseContradictions(args: Properties): void {
  const has = (name: string): boolean => counts(args[name]);
  const isGiven = (name: string): boolean => args[name] !== undefined;
  const failures = [
    {
      applies: has("nodeRole") && has("nodeRoleArn"),
      path: "nodeRole",
      reason: "You cannot specify both nodeRole and nodeRoleArn when creating a managed node group.",
    },
    ...["gpu", "amiType"].map((key) => ({
      applies: has("amiId") && has(key),
      path: "amiId",
      reason: `You cannot specify both amiId and ${key} when creating a managed node group.`,
    })),
    {
      applies: !has("nodeRole") && !has("nodeRoleArn"),
      path: "nodeRole",
      reason: "An IAM role, or role ARN must be provided to create a managed node group",
    },
    {
      applies: has("launchTemplate") && templateArguments.some(isGiven),
      path: "launchTemplate",
      reason: `If you provide a custom launch template, you cannot provide any of ${templateArguments.join(", ")}. Please include these in the launch template that you are providing.`,
    },
    {
      applies: has("userData") && startArguments.some(isGiven),
      path: "userData",
      reason: `If you provide custom userData, you cannot provide any of ${startArguments.join(", ")}. Please include these in the userData that you are providing.`,
    },
  ].filter(({ applies }) => applies);
  if (failures.length === 0) return;
  throw new ComponentError(
    "The input properties for the managed node group are invalid.",
    failures.map(({ path, reason }) => ({ path, reason })),
  );
}
