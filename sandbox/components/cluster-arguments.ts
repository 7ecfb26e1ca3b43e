import type { Properties } from "../model.ts";
import { ComponentError, notSimulated, onlyArguments, shape, shapeOfList, shapeOfText } from "./arguments.ts";
import { lookUpDefaultVpc } from "./awsx-default-vpc.ts";
import { machineArguments } from "./node-machines.ts";
import { ask, at, derive } from "./plan.ts";

const componentType = "eks:index:Cluster";

const knownArguments = new Set([
  ...machineArguments,
  "accessEntries",
  "authenticationMode",
  "bootstrapSelfManagedAddons",
  "clusterSecurityGroupTags",
  "clusterTags",
  "corednsAddonOptions",
  "createInstanceRole",
  "createOidcProvider",
  "deletionProtection",
  "desiredCapacity",
  "enableConfigMapMutable",
  "enabledClusterLogTypes",
  "encryptionConfigKeyArn",
  "endpointPrivateAccess",
  "endpointPublicAccess",
  "instanceRoles",
  "instanceType",
  "kubeProxyAddonOptions",
  "kubernetesServiceIpAddressRange",
  "maxSize",
  "minSize",
  "name",
  "nodeAmiId",
  "nodeAssociatePublicIpAddress",
  "nodeSecurityGroupTags",
  "nodeSubnetIds",
  "privateSubnetIds",
  "publicAccessCidrs",
  "publicSubnetIds",
  "roleMappings",
  "serviceRole",
  "skipDefaultNodeGroup",
  "skipDefaultSecurityGroups",
  "storageClasses",
  "subnetIds",
  "tags",
  "upgradePolicy",
  "useDefaultVpcCni",
  "userMappings",
  "version",
  "vpcCniOptions",
  "vpcId",
]);

const modes = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];

/** The cluster's arguments, with all its subnets under `subnetIds` and `publicAccessCidrs` checked. Fails for what the component refuses. */
export function readCluster(args: Properties): Properties {
  refuseMode(args);
  if (
    args.subnetIds !== undefined &&
    (args.publicSubnetIds !== undefined || args.privateSubnetIds !== undefined)
  ) {
    throw new ComponentError(
      "subnetIds, and the use of publicSubnetIds and/or privateSubnetIds are mutually exclusive. Choose a single approach.",
    );
  }
  onlyArguments(componentType, args, knownArguments);
  const bare = shape(args.skipDefaultNodeGroup) === true;
  refuseRoles(args, bare);
  const placed = args.vpcId === undefined ? { ...args, ...defaultNetwork(args) } : args;
  return { ...placed, subnetIds: subnetsOf(placed), publicAccessCidrs: publicCidrs(args) };
}

function refuseRoles({ createInstanceRole, instanceRoles }: Properties, bare: boolean): void {
  if (bare === (shape(createInstanceRole) === true) && createInstanceRole !== undefined)
    throw notSimulated(componentType, "the argument 'createInstanceRole'");
  if (isGiven(instanceRoles) && !bare)
    throw notSimulated(componentType, "the argument 'instanceRoles' beside default nodes");
}

/** True unless the program wants the cluster without nodes. */
export function hasDefaultNodes(args: Properties): boolean {
  return shape(args.skipDefaultNodeGroup) !== true;
}

/** Whether access entries let somebody in, and whether the ConfigMap does: https://docs.aws.amazon.com/eks/latest/userguide/grant-k8s-access.html */
export function accessOf(args: Properties): { readonly entries: boolean; readonly configMap: boolean } {
  const mode = shapeOfText(args.authenticationMode) ?? "CONFIG_MAP";
  return { entries: mode !== "CONFIG_MAP", configMap: mode !== "API" };
}

/** Without a VPC of the program's own it is the default one, with all its subnets. */
function defaultNetwork({ subnetIds, publicSubnetIds, privateSubnetIds }: Properties): Properties {
  const { vpcId } = lookUpDefaultVpc();
  if ((subnetIds ?? publicSubnetIds ?? privateSubnetIds) !== undefined) return { vpcId };
  const filters = [{ name: "vpc-id", values: [vpcId] }];
  return { vpcId, subnetIds: at(ask("aws:ec2/getSubnets:getSubnets", { filters }), "ids") };
}

/** Secrets are the only thing that EKS encrypts with a key of one's own. */
export function encryption(keyArn: unknown): Properties {
  return { provider: { keyArn }, resources: ["secrets"] };
}

function refuseMode(args: Properties): void {
  const mode = shapeOfText(args.authenticationMode);
  if (mode !== undefined && !modes.includes(mode)) {
    throw new ComponentError(
      `Invalid value for authenticationMode: ${mode}. Allowed values are: ${modes.join(", ")}.`,
    );
  }
  const mapping = ["roleMappings", "userMappings", "instanceRoles"].find((property) =>
    isGiven(args[property]),
  );
  if (mode === "API" && mapping !== undefined) {
    throw new ComponentError(
      `The '${mapping}' property does not support non-empty values when 'authenticationMode' is set to 'API'.`,
    );
  }
  if (args.accessEntries === undefined || (mode !== undefined && mode !== "CONFIG_MAP")) return;
  throw new ComponentError(
    `The 'accessEntries' property is not supported when 'authenticationMode' is ${describeMode(mode)}.`,
  );
}

function describeMode(mode: string | undefined): string {
  return mode === undefined ? "not set" : `set to '${mode}'`;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && shapeOfList(value)?.length !== 0;
}

/** Public ones first. */
function subnetsOf(args: Properties): unknown {
  const { subnetIds, publicSubnetIds = [], privateSubnetIds = [] } = args;
  return subnetIds ?? derive([publicSubnetIds, privateSubnetIds], (...known) => known.flat());
}

function publicCidrs({ publicAccessCidrs, endpointPublicAccess }: Properties): unknown {
  if (publicAccessCidrs === undefined) return undefined;
  return derive([publicAccessCidrs, endpointPublicAccess], (cidrs, open) => {
    if (open !== false) return cidrs;
    throw new ComponentError("`publicAccessCidrs` can only be set when `endpointPublicAccess` is true");
  });
}
