import type { Properties } from "../model.ts";
import { hexOf } from "../values.ts";
import { shape, shapeOfRecord, sortedJson } from "./arguments.ts";
import { hasDefaultNodes } from "./cluster-arguments.ts";
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
  if (shape(args.useDefaultVpcCni) === true) return undefined;
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
  return { component, children: [component, inner] };
}

/** kube-proxy unless it is switched off; CoreDNS, which needs nodes, where there are default ones or when asked for. */
export function expandAddons(
  name: string,
  cluster: Key,
  args: Properties,
  nodes: Key | undefined,
): readonly Child[] {
  const proxy = shapeOfRecord(args.kubeProxyAddonOptions);
  const dns = shapeOfRecord(args.corednsAddonOptions);
  const wanted = [
    { addonName: "kube-proxy", options: proxy, enabled: shape(proxy.enabled) !== false, after: [] },
    {
      addonName: "coredns",
      options: dns,
      // On AWS its creation lasts until nodes have joined; the simulated one is done at once, so that here it waits itself.
      after: nodes === undefined ? [] : [nodes],
      enabled:
        shape(dns.enabled) === true ||
        dns.configurationValues !== undefined ||
        (hasDefaultNodes(args) && shape(dns.enabled) !== false),
    },
  ];
  return wanted
    .filter(({ enabled }) => enabled)
    .map(({ addonName, options, after }) => {
      const values = options.configurationValues;
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
