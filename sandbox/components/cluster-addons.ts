import type { Properties } from "../model.ts";
import { hexOf } from "../values.ts";
import { merged, shape, shapeOfRecord, sortedJson } from "./arguments.ts";
import { fargateOf, isAutomatic } from "./cluster-arguments.ts";
import type { ClusterFargate } from "./cluster-fargate.ts";
import { managedAddon } from "./managed-addon.ts";
import { ask, child, derive, keyOf, ref } from "./plan.ts";
import type { Child, Key } from "./plan.ts";
import { vpcCniConfiguration } from "./vpc-cni.ts";

/** The network add-on and the component around it. */
export interface VpcCni {
  readonly component: Child;
  readonly children: readonly Child[];
}

/** The network add-on sits in a component of its own. */
export function expandVpcCni(
  name: string,
  cluster: Key,
  args: Properties,
  around: { readonly kubernetes: Key; readonly entries: readonly Key[] },
): VpcCni | undefined {
  const isLeftToEks = shape(args.useDefaultVpcCni) ?? isAutomatic(args);
  if (isLeftToEks === true) return undefined;
  const options = shapeOfRecord(args.vpcCniOptions);
  const self = { type: "eks:index:VpcCniAddon", name: `${name}-vpc-cni` };
  const addon = managedAddon({
    name: self.name,
    addonName: "vpc-cni",
    cluster,
    version: options.addonVersion,
    configuration: vpcCniConfiguration(options),
    tags: args.tags,
    options,
  });
  const inner: Child = {
    ...addon,
    parent: keyOf(self),
    inputs: { ...addon.inputs, serviceAccountRoleArn: options.serviceAccountRoleArn },
  };
  const component: Child = {
    ...self,
    inputs: {},
    dependsOn: around.entries,
    providers: { kubernetes: around.kubernetes },
    outputs: { addon: child(keyOf(inner)) },
  };
  const privileged = options.securityContextPrivileged;
  const isPrivileged = privileged !== undefined && shape(privileged) !== false;
  const patch = isPrivileged ? [privilegePatch(inner, around.kubernetes, privileged)] : [];
  return { component, children: [component, inner, ...patch] };
}

/** The add-on has no setting for it, so that its DaemonSet is patched. */
function privilegePatch(addon: Child, kubernetes: Key, privileged: unknown): Child {
  return {
    ...addon,
    type: "kubernetes:apps/v1:DaemonSetPatch",
    inputs: {
      apiVersion: "apps/v1",
      kind: "DaemonSet",
      metadata: {
        name: "aws-node",
        namespace: "kube-system",
        annotations: { "pulumi.com/patchForce": "true" },
      },
      spec: {
        template: { spec: { containers: [{ name: "aws-node", securityContext: { privileged } }] } },
      },
    },
    dependsOn: [keyOf(addon)],
    providers: { kubernetes },
    retainOnDelete: true,
  };
}

/** What runs the pods of add-ons, where the component brings it. */
export interface Capacity {
  readonly fargate: ClusterFargate | undefined;
  /** The group of the default nodes. */
  readonly nodes: Key | undefined;
}

/** kube-proxy and CoreDNS, as far as they are wanted. */
export function expandAddons(
  name: string,
  cluster: Key,
  args: Properties,
  capacity: Capacity,
): readonly Child[] {
  const proxy = shapeOfRecord(args.kubeProxyAddonOptions);
  const dns = shapeOfRecord(args.corednsAddonOptions);
  const wanted = [
    {
      addonName: "kube-proxy",
      options: proxy,
      values: proxy.configurationValues,
      enabled: shape(proxy.enabled) ?? !isAutomatic(args),
      after: [],
    },
    {
      addonName: "coredns",
      options: dns,
      values: dnsValues(dns.configurationValues, capacity),
      enabled: isDnsWanted(args, dns),
      // On AWS its creation lasts until nodes have joined; the simulated one is done at once, so that here it waits itself.
      after: [capacity.fargate?.profile, capacity.nodes].filter((key) => key !== undefined),
    },
  ];
  return wanted
    .filter(({ enabled }) => enabled === true)
    .map(({ addonName, options, values, after }) => {
      const addon = managedAddon({
        name: `${name}-${addonName}`,
        addonName,
        cluster,
        version: options.version,
        configuration: values === undefined ? undefined : sortedJson(values),
        tags: args.tags,
        options,
      });
      return { ...addon, dependsOn: after };
    });
}

/** It needs nodes, or what stands for them, so that it comes only with these or when asked for. */
function isDnsWanted(args: Properties, { enabled, configurationValues }: Properties): boolean {
  if (shape(enabled) === true || configurationValues !== undefined) return true;
  const capacious =
    fargateOf(args) !== undefined || shape(args.skipDefaultNodeGroup) !== true || isAutomatic(args);
  return capacious && shape(enabled) !== false;
}

/** https://docs.aws.amazon.com/eks/latest/userguide/fargate-getting-started.html#fargate-gs-coredns */
function dnsValues(own: unknown, { fargate }: Capacity): unknown {
  return fargate === undefined ? own : merged({ computeType: "Fargate" }, own);
}

/** The real component fetches the thumbprint from the issuer; here it is made up, since nothing is fetched. */
export function expandOidcProvider(name: string, cluster: Key, args: Properties): Child | undefined {
  if (shape(args.createOidcProvider) !== true) return undefined;
  const region = ask("aws:index/getRegion:getRegion");
  return {
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    name: `${name}-oidcProvider`,
    inputs: {
      clientIdLists: ["sts.amazonaws.com"],
      url: ref(cluster, "identities[0].oidcs[0].issuer"),
      thumbprintLists: [derive([region], (answer) => hexOf(`thumbprint of ${JSON.stringify(answer)}`, 40))],
    },
  };
}
