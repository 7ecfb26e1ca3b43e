import type { Properties, Stored } from "../../model.ts";
import { Refusal, addressOf } from "../../model.ts";
import { at, isRecord, text } from "../../values.ts";
import { neverReady } from "../awaiting.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import { isBuiltInGroup } from "../kinds.ts";
import type { Run } from "../manifests/commands.ts";
import { decode } from "../manifests/decode.ts";
import { definitionsIn, isLocalChart, renderChart } from "../manifests/helm.ts";
import { releaseRequest } from "../manifests/requests.ts";
import { idOf, tokenOf } from "../names.ts";
import { ownership } from "./custom-resources.ts";
import { deleteThing } from "./deletion.ts";
import { capabilitiesOf, findObject, lookUp, ofReleaseKey } from "./objects.ts";
import { warningsAbout } from "./obstacles.ts";
import { mustBeImportable } from "./ownership.ts";
import { change, create, kindOf } from "./writing.ts";

/** What Helm makes of a chart. */
export interface Contents {
  /** Those of its `crds` folder, which belong to no release. */
  readonly definitions: readonly Properties[];
  readonly objects: readonly Properties[];
}

/**
 * Renders the chart of a release; `undefined` where it lies in no folder, or there is no Helm: nobody shall wait for the network, or fail
 * without it. @throws Refusal in Helm's words where it cannot be rendered
 */
export function render(cluster: Cluster, run: Run, inputs: Properties): Contents | undefined {
  if (!isLocalChart(text(inputs.chart) ?? "")) return undefined;
  const request = releaseRequest(inputs, capabilitiesOf(cluster));
  try {
    const objects = decode(renderChart(run, request));
    const definitions = inputs.skipCrds === true ? [] : decode(definitionsIn(run, request.chart));
    return {
      definitions,
      objects: inInstallOrder(objects).map((object) => placed(cluster, object, request.namespace)),
    };
  } catch (error) {
    if (error instanceof Refusal && error.code === "HelmMissing") return undefined;
    throw error;
  }
}

/** https://github.com/helm/helm/blob/main/pkg/release/util/kind_sorter.go */
const installOrder = (
  "PriorityClass Namespace NetworkPolicy ResourceQuota LimitRange PodDisruptionBudget ServiceAccount Secret ConfigMap StorageClass " +
  "PersistentVolume PersistentVolumeClaim CustomResourceDefinition ClusterRole ClusterRoleBinding Role RoleBinding Service DaemonSet Pod " +
  "ReplicationController ReplicaSet Deployment HorizontalPodAutoscaler StatefulSet Job CronJob IngressClass Ingress APIService " +
  "MutatingWebhookConfiguration ValidatingWebhookConfiguration"
).split(" ");

function inInstallOrder(objects: readonly Properties[]): readonly Properties[] {
  const rank = ({ kind }: Properties): number => {
    const found = installOrder.indexOf(String(kind));
    return found < 0 ? installOrder.length : found;
  };
  return [...objects].sort((left, right) => rank(left) - rank(right));
}

function placed(cluster: Cluster, object: Properties, namespace: string): Properties {
  const metadata = isRecord(object.metadata) ? object.metadata : {};
  const found = lookUp(cluster, text(object.apiVersion) ?? "", text(object.kind) ?? "");
  if (found?.kind.namespaced !== true || text(metadata.namespace) !== undefined) return object;
  return { ...object, metadata: { ...metadata, namespace } };
}

/** How a release is put there. */
interface Manner {
  /** True for an installation, which brings the definitions of the chart's `crds` folder. */
  readonly isFirst: boolean;
  /** True where Helm waits until everything is ready. */
  readonly waits: boolean;
}

/**
 * Brings the cluster to what a release holds, and takes away what it holds no longer.
 * @returns why it failed, with what was put there until then; `undefined` where it did not.
 * @throws Refusal where Helm does not even begin
 */
export function putContents(
  cluster: Cluster,
  release: string,
  { definitions, objects }: Contents,
  { isFirst, waits }: Manner,
): string | undefined {
  const missing = definitions.filter((definition) => stored(cluster, definition) === undefined);
  for (const definition of isFirst ? missing : []) create(cluster, definition, "");
  for (const object of objects) {
    mustBeServed(cluster, object);
    mustBeImportable(stored(cluster, object), release);
  }
  const before = namedIn(cluster, ofReleaseKey(release));
  const mistake = mistakeIn(() => {
    for (const object of objects) put(cluster, marked(object, release));
  });
  if (mistake !== undefined) return mistake;
  const held = new Set(objects.flatMap((object) => stored(cluster, object) ?? []).map(addressOf));
  for (const thing of before.filter((one) => !held.has(addressOf(one)))) takeAway(cluster, thing);
  return waits ? unready(cluster, objects) : undefined;
}

/** What the API server says against it; `undefined` for nothing. */
function mistakeIn(act: () => void): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof Refusal) return error.message.slice(`${error.code}: `.length);
    throw error;
  }
}

function stored(cluster: Cluster, object: Properties): Stored | undefined {
  return findObject(cluster, kindOf(cluster, object).kind, idOf(object));
}

function mustBeServed(cluster: Cluster, object: Properties): void {
  const [apiVersion, kind] = [text(object.apiVersion) ?? "", text(object.kind) ?? ""];
  if (lookUp(cluster, apiVersion, kind)?.served === true) return;
  const [name, namespace] = ["name", "namespace"].map((field) => text(at(object.metadata, field)) ?? "");
  throw new Refusal(
    "InstallationFailed",
    `unable to build kubernetes objects from release manifest: resource mapping not found for name: "${name ?? ""}" namespace: "${namespace ?? ""}" from "": no matches for kind "${kind}" in version "${apiVersion}"\nensure CRDs are installed first`,
  );
}

/** With Helm's own marks: https://helm.sh/docs/chart_best_practices/labels/ */
function marked(object: Properties, release: string): Properties {
  const metadata = isRecord(object.metadata) ? object.metadata : {};
  const [labels, annotations] = [metadata.labels, metadata.annotations].map((given) =>
    isRecord(given) ? given : {},
  );
  return {
    ...object,
    metadata: {
      ...metadata,
      labels: { ...labels, "app.kubernetes.io/managed-by": "Helm" },
      annotations: { ...annotations, ...ownership(release) },
    },
  };
}

function put(cluster: Cluster, object: Properties): void {
  const before = stored(cluster, object);
  if (before === undefined) create(cluster, object, "");
  else change(cluster, kindOf(cluster, object).kind, before, object, "");
}

/** Controllers look at everything once more when all of it is there. */
function unready(cluster: Cluster, objects: readonly Properties[]): string | undefined {
  for (const object of objects) {
    const thing = stored(cluster, object);
    if (thing === undefined || !isBuiltInGroup(kindOf(cluster, object).kind.group)) continue;
    const { object: now } = change(cluster, kindOf(cluster, object).kind, thing, thing.inputs, "");
    const reason = neverReady(now, warningsAbout(cluster, kindOf(cluster, object).kind, thing));
    if (reason !== undefined) return `context deadline exceeded: ${reason}`;
  }
  return undefined;
}

/** Takes away what a release holds, last things first, but for what the chart says shall be kept. */
export function removeContents(cluster: Cluster, release: string): void {
  for (const thing of [...namedIn(cluster, ofReleaseKey(release))].reverse()) takeAway(cluster, thing);
}

function takeAway(cluster: Cluster, thing: Stored): void {
  const annotations = at(thing.inputs, "metadata.annotations");
  if (isRecord(annotations) && annotations["helm.sh/resource-policy"] === "keep") return;
  deleteThing(cluster, thing);
}

/** Names of the objects by kind, as the provider tells them: `Deployment.apps/apps/v1`. */
export function namesIn({ objects }: Contents): Readonly<Record<string, readonly string[]>> {
  const kinds = Map.groupBy(objects, ({ apiVersion, kind }) => {
    const group =
      tokenOf({ apiVersion: String(apiVersion), kind: "" })
        .split(":")[1]
        ?.split("/")[0] ?? "";
    return `${String(kind)}${group === "core" ? "" : `.${group}`}/${String(apiVersion)}`;
  });
  return Object.fromEntries([...kinds].map(([kind, all]) => [kind, all.map(idOf)]));
}
