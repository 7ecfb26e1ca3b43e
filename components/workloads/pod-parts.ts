import type { iam } from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { PodIdentity } from "../eks-cluster/pod-identity.ts";
import type { Traffic } from "../kubernetes/traffic.ts";
import { describeFiles, hasFiles } from "./describe-container.ts";
import { callsAws, describePermissions } from "./describe-permissions.ts";
import { describeExternalSecret, externalSecretsApi } from "./describe-secrets.ts";
import type { PodContext } from "./pod-context.ts";
import { labelsOf } from "./selectors.ts";
import type { PodSettings } from "./workload-settings.ts";

/** One service or job, and where it runs. */
export interface PodArgs<Settings extends PodSettings> {
  readonly settings: Settings;
  /** The namespace as the cluster knows it. */
  readonly namespace: pulumi.Input<string>;
  readonly clusterName: pulumi.Input<string>;
  readonly traffic: Traffic;
  readonly context: PodContext;
  /** What its pods must not start before: the fences of the namespace, the store of secrets, its database user, earlier services. */
  readonly after: readonly pulumi.Resource[];
}

/** What every object of a service is called and labelled. */
export function metadataOf({
  settings: { name },
  namespace,
}: Pick<PodArgs<PodSettings>, "settings" | "namespace">): k8s.types.input.meta.v1.ObjectMeta {
  return { name, namespace, labels: labelsOf(name) };
}

/**
 * What must be there before the first pod: an account without a token, the policy of its traffic, and, where the row asks for
 * them, its secrets, its files and its role in AWS.
 */
export function preparePods(
  name: string,
  args: PodArgs<PodSettings>,
  child: pulumi.CustomResourceOptions & { readonly parent: pulumi.Resource },
): readonly pulumi.Resource[] {
  const { settings, traffic } = args;
  const metadata = metadataOf(args);
  const account = new k8s.core.v1.ServiceAccount(
    name,
    { metadata, automountServiceAccountToken: false },
    child,
  );
  const policy = new k8s.networking.v1.NetworkPolicy(name, { metadata, spec: traffic }, child);
  const secret =
    Object.keys(settings.secrets).length === 0
      ? []
      : [
          new k8s.apiextensions.CustomResource(
            `${name}-secret`,
            {
              apiVersion: externalSecretsApi,
              kind: "ExternalSecret",
              metadata,
              spec: describeExternalSecret(settings),
            },
            pulumi.mergeOptions(child, { dependsOn: [...args.after] }),
          ),
        ];
  const files = hasFiles(settings)
    ? [new k8s.core.v1.ConfigMap(`${name}-files`, { metadata, data: describeFiles(settings) }, child)]
    : [];
  return [account, policy, ...secret, ...files, ...giveRole(name, args, child.parent)];
}

/** A role of its own for whoever signs in to a store or calls AWS; the others have none. */
function giveRole(name: string, args: PodArgs<PodSettings>, parent: pulumi.Resource): readonly PodIdentity[] {
  const { settings, context, clusterName } = args;
  if (settings.uses.length === 0 && !callsAws(settings.permissions)) return [];
  return [
    new PodIdentity(
      `${name}-identity`,
      {
        clusterName,
        namespace: settings.namespace,
        serviceAccount: settings.name,
        accountId: context.place.apply(({ accountId }) => accountId),
        statements: describeRole(settings, context),
      },
      { parent },
    ),
  ];
}

/** What the role may do: sign in to the stores it uses, and what its permissions say. */
export function describeRole(
  settings: Pick<PodSettings, "name" | "uses" | "databaseUser" | "permissions">,
  { stores, place }: Pick<PodContext, "stores" | "place">,
): pulumi.Input<readonly iam.PolicyStatement[]> {
  const { uses, permissions } = settings;
  const signIn = uses.flatMap((store) => stores[store].statements(settings));
  if (!callsAws(permissions)) return signIn;
  return place.apply((where) => [...signIn, ...describePermissions(permissions, where)]);
}
