import type { Properties } from "../model.ts";
import { isRecord } from "../values.ts";
import {
  ComponentError,
  counts,
  onlyArguments,
  shape,
  shapeOfList,
  shapeOfRecord,
  shapeOfText,
} from "./arguments.ts";
import { lookUpDefaultVpc } from "./awsx-default-vpc.ts";
import { ask, at, derive } from "./plan.ts";

const componentType = "eks:index:Cluster";

/** What goes to the default nodes, by the name that a node group has for it. */
const nodeArguments = {
  nodeSubnetIds: "nodeSubnetIds",
  nodeAssociatePublicIpAddress: "nodeAssociatePublicIpAddress",
  instanceType: "instanceType",
  nodePublicKey: "nodePublicKey",
  nodeRootVolumeEncrypted: "nodeRootVolumeEncrypted",
  nodeRootVolumeSize: "nodeRootVolumeSize",
  nodeUserData: "nodeUserData",
  minSize: "minSize",
  maxSize: "maxSize",
  desiredCapacity: "desiredCapacity",
  nodeAmiId: "amiId",
  gpu: "gpu",
  version: "version",
} as const;

const knownArguments = new Set([
  ...Object.keys(nodeArguments),
  ...["accessEntries", "authenticationMode", "autoMode", "bootstrapSelfManagedAddons"],
  ...["clusterSecurityGroup", "clusterSecurityGroupTags", "clusterTags", "corednsAddonOptions"],
  ...["createInstanceRole", "createOidcProvider", "creationRoleProvider", "deletionProtection"],
  ...["enableConfigMapMutable", "enabledClusterLogTypes", "encryptionConfigKeyArn"],
  ...["endpointPrivateAccess", "endpointPublicAccess", "fargate", "instanceRole", "instanceRoles"],
  ...["ipFamily", "kubeProxyAddonOptions", "kubernetesServiceIpAddressRange", "name", "nodeGroupOptions"],
  ...["nodeSecurityGroupTags", "privateSubnetIds", "providerCredentialOpts", "proxy", "publicAccessCidrs"],
  ...["publicSubnetIds", "roleMappings", "serviceRole", "skipDefaultNodeGroup"],
  ...["skipDefaultSecurityGroups", "storageClasses", "subnetIds", "tags", "upgradePolicy"],
  ...["useDefaultVpcCni", "userMappings", "vpcCniOptions", "vpcId"],
]);

const modes = ["CONFIG_MAP", "API_AND_CONFIG_MAP", "API"];

/** The cluster's arguments, with all its subnets under `subnetIds` and `publicAccessCidrs` checked. Fails for what the component refuses. */
export function readCluster(args: Properties): Properties {
  refuseMode(args);
  refuseContradictions(args);
  onlyArguments(componentType, args, knownArguments);
  const placed = args.vpcId === undefined ? { ...args, ...defaultNetwork(args) } : args;
  return { ...placed, subnetIds: subnetsOf(placed), publicAccessCidrs: publicCidrs(args) };
}

function refuseContradictions(args: Properties): void {
  const has = (name: string): boolean => counts(args[name]);
  const single = Object.keys(nodeArguments).filter((name) => name !== "version" && !nodeFlags.has(name));
  const refusals: readonly (readonly [boolean, string])[] = [
    [
      shapeOfRecord(args.creationRoleProvider).provider !== undefined,
      "The `creationRoleProvider.provider` option is not supported in non-nodejs Pulumi programs. Please use the `providerCredentialOpts` option instead.",
    ],
    [
      has("instanceRole") && has("instanceRoles"),
      "instanceRole and instanceRoles are mutually exclusive, and cannot both be set.",
    ],
    [
      has("subnetIds") && (has("publicSubnetIds") || has("privateSubnetIds")),
      "subnetIds, and the use of publicSubnetIds and/or privateSubnetIds are mutually exclusive. Choose a single approach.",
    ],
    [
      has("nodeGroupOptions") && single.some(has),
      "Setting nodeGroupOptions, and any set of singular node group option(s) on the cluster, is mutually exclusive. Choose a single approach.",
    ],
    [
      isAutomatic(args) && !accessOf(args).entries,
      "Access entries are required when using EKS Auto Mode. Use the authentication mode 'API' or 'API_AND_CONFIG_MAP'.",
    ],
  ];
  const found = refusals.find(([applies]) => applies);
  if (found !== undefined) throw new ComponentError(found[1]);
}

/** The component forgets these when it looks for what excludes `nodeGroupOptions`. */
const nodeFlags: ReadonlySet<string> = new Set(["nodeRootVolumeEncrypted"]);

/** True where EKS runs the nodes itself: https://docs.aws.amazon.com/eks/latest/userguide/automode.html */
export function isAutomatic(args: Properties): boolean {
  return shape(shapeOfRecord(args.autoMode).enabled) === true;
}

/** What the program says of its Fargate profile; `undefined` where it wants none. */
export function fargateOf({ fargate }: Properties): Properties | undefined {
  const wanted = shape(fargate);
  return wanted === true || isRecord(wanted) ? shapeOfRecord(wanted) : undefined;
}

/** True unless the program wants the cluster without nodes, or others run its pods. */
export function hasDefaultNodes(args: Properties): boolean {
  return shape(args.skipDefaultNodeGroup) !== true && fargateOf(args) === undefined && !isAutomatic(args);
}

/** What the program says of the default nodes, as of a node group. */
export function nodeOptionsOf(args: Properties): Properties {
  if (args.nodeGroupOptions !== undefined) return shapeOfRecord(args.nodeGroupOptions);
  return Object.fromEntries(Object.entries(nodeArguments).map(([name, option]) => [option, args[name]]));
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
