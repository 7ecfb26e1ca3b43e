import type { Properties, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, isRecord, text } from "../../values.ts";
import type { Definitions } from "../chart-definitions.ts";
import { definitionsOf } from "../chart-definitions.ts";
import { kindsNeeded, mistakeInValues, privilegeMissing, privilegedNamespace } from "../chart-rules.ts";
import type { Release } from "../api.ts";
import { chartOf } from "../chart-lookup.ts";
import type { ChartVersion } from "../charts.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import type { Definition } from "./custom-resources.ts";
import { definitionsIn, findDefinition, putDefinition } from "./custom-resources.ts";
import { mustBeImportable, ownerOf } from "./ownership.ts";
import { deleteThing } from "./deletion.ts";
import { builtInKind } from "../kinds.ts";
import { anyKindKey, inNamespaceKey, keysOf, namespaceExists, servesKey } from "./objects.ts";
import { enforcedIn } from "./pod-admission.ts";

/** As the account lists releases. */
const releaseToken = "kubernetes:helm.sh/v3:Release";

/** The release of this id, `namespace/name`. */
export function findRelease({ account, scope }: Cluster, id: string): Stored | undefined {
  return account.find(releaseToken, id, scope);
}

/** Makes the namespace of a release where it asks for that. @throws Refusal where the namespace is missing. */
function makeNamespace(cluster: Cluster, inputs: Properties): void {
  const name = text(inputs.namespace) ?? "";
  if (namespaceExists(cluster, name)) return;
  if (inputs.createNamespace !== true) {
    throw new Refusal("NotFound", `create: failed to create: namespaces "${name}" not found`);
  }
  const kind = builtInKind("", "Namespace");
  if (kind === undefined) return;
  const { account, scope } = cluster;
  const body = { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { name } } };
  account.put({
    scope,
    token: "kubernetes:core/v1:Namespace",
    id: name,
    urn: "",
    inputs: body,
    state: body,
    keys: keysOf(kind, name, body),
  });
}

/** What is installed or upgraded. */
interface Installation {
  readonly cluster: Cluster;
  readonly manager: string;
  readonly inputs: Properties;
  readonly chart: ChartVersion;
  readonly id: string;
  readonly revision: number;
  readonly before?: Stored;
}

/** Installs a chart under a name that is free. @throws Refusal in Helm's words when it cannot be */
export function install(cluster: Cluster, inputs: Properties, manager: string): Release {
  const chart = mustLocate(inputs);
  const id = `${text(inputs.namespace) ?? ""}/${text(inputs.name) ?? ""}`;
  makeNamespace(cluster, inputs);
  if (findRelease(cluster, id) !== undefined)
    throw new Refusal("ReleaseExists", "cannot re-use a name that is still in use");
  return deploy({ cluster, manager, inputs, chart, id, revision: 1 });
}

/** Upgrades a release, also one that failed. @throws Refusal in Helm's words when it cannot be */
export function upgrade(cluster: Cluster, id: string, inputs: Properties, manager: string): Release {
  const chart = mustLocate(inputs);
  const before = findRelease(cluster, id);
  if (before === undefined)
    throw new Refusal("ReleaseNotFound", `"${text(inputs.name) ?? ""}" has no deployed releases`);
  const revision = Number(at(before.state, "status.revision") ?? 0) + 1;
  return deploy({ cluster, manager, inputs, chart, id, revision, before });
}

function mustLocate(inputs: Properties): ChartVersion {
  const found = chartOf(inputs);
  if ("mistake" in found) throw new Refusal("ChartNotFound", found.mistake);
  return found;
}

function deploy(installation: Installation): Release {
  const { cluster, inputs, chart, id } = installation;
  const values = isRecord(inputs.values) ? inputs.values : {};
  refuseValues(installation, values);
  const owned = prepareDefinitions(installation);
  mustServe(cluster, id, chart.listed ? kindsNeeded(chart.name, values) : []);
  const reason = cannotStart(cluster, installation, values);
  if (reason !== undefined && inputs.atomic === true) throw rolledBack(installation, reason);
  for (const definition of owned) putDefinition(cluster, definition, id);
  return keep(installation, owned, reason);
}

/** Values in files cannot be judged here, since what they say is not among the inputs; nor can those of a chart that is not known. */
function refuseValues({ inputs, chart }: Installation, values: Properties): void {
  if (!chart.listed || inputs.valueYamlFiles !== undefined) return;
  const mistake = mistakeInValues(chart.name, values);
  if (mistake !== undefined) throw new Refusal("InstallationFailed", mistake);
}

/** Installs those of a `crds` folder, which Helm does first, and returns those that the release will own. */
function prepareDefinitions({ cluster, inputs, chart, id, before }: Installation): readonly Definition[] {
  const brought = definitionsOf(chart.name, inputs);
  if (brought?.shipped === "folder" && before === undefined) installFolder(cluster, brought);
  if (brought?.shipped !== "template") return [];
  const owned = definitionsIn(brought.set);
  for (const { id: name } of owned) mustBeImportable(cluster, name, id);
  return owned;
}

/** Helm leaves alone what is there: https://helm.sh/docs/chart_best_practices/custom_resource_definitions/ */
function installFolder(cluster: Cluster, { set }: Definitions): void {
  for (const definition of definitionsIn(set)) {
    if (findDefinition(cluster, definition.id) === undefined) putDefinition(cluster, definition, undefined);
  }
}

function mustServe(cluster: Cluster, id: string, kinds: readonly string[]): void {
  const missing = kinds.find((needed) => namedIn(cluster, servesKey(needed)).length === 0);
  if (missing === undefined) return;
  const [apiVersion, kind] = missing.split(" ");
  const [namespace, name] = id.split("/");
  throw new Refusal(
    "InstallationFailed",
    `unable to build kubernetes objects from release manifest: resource mapping not found for name: "${name ?? ""}" namespace: "${namespace ?? ""}" from "": no matches for kind "${kind ?? ""}" in version "${apiVersion ?? ""}"; ensure CRDs are installed first`,
  );
}

/** A release is never ready in time, unless nobody waits, where its pods take longer or their namespace's security level keeps them out. */
function cannotStart(
  cluster: Cluster,
  { inputs, chart }: Installation,
  values: Properties,
): string | undefined {
  if (inputs.skipAwait === true) return undefined;
  // Helm counts in seconds from the first object that it makes.
  if (Number(inputs.timeout) < chart.seconds) return "context deadline exceeded";
  const namespace = privilegedNamespace(chart.name, values, text(inputs.namespace) ?? "");
  const enforced = namespace === undefined ? undefined : enforcedIn(cluster, namespace);
  return enforced === undefined
    ? undefined
    : `context deadline exceeded: ${privilegeMissing(chart.name, enforced.level) ?? ""}`;
}

function rolledBack({ inputs, revision }: Installation, reason: string): Refusal {
  const name = text(inputs.name) ?? "";
  const words = revision === 1 ? "has been uninstalled" : "has been rolled back";
  return new Refusal(
    "InstallationFailed",
    `release ${name} failed, and ${words} due to atomic being set: ${reason}`,
  );
}

/** Of the objects in a release only the definitions are named: the sandbox renders no templates. */
function stateOf(
  { inputs, chart, revision }: Installation,
  owned: readonly Definition[],
  status: string,
): Properties {
  const { name, version, appVersion } = chart;
  const names = owned.map(({ id }) => id);
  const kind = "CustomResourceDefinition.apiextensions.k8s.io/apiextensions.k8s.io/v1";
  return {
    ...inputs,
    version,
    resourceNames: names.length === 0 ? {} : { [kind]: names },
    status: {
      status,
      revision,
      chart: name,
      version,
      appVersion,
      name: inputs.name,
      namespace: inputs.namespace,
    },
  };
}

function keep(
  installation: Installation,
  owned: readonly Definition[],
  failure: string | undefined,
): Release {
  const { cluster, manager, inputs, chart, id, before } = installation;
  const state = stateOf(installation, owned, failure === undefined ? "deployed" : "failed");
  cluster.account.put({
    scope: cluster.scope,
    token: releaseToken,
    id,
    urn: manager,
    inputs,
    state,
    keys: [
      `chart ${chart.name}`,
      inNamespaceKey(text(inputs.namespace) ?? ""),
      ...(chart.listed ? [] : [anyKindKey]),
    ],
    serial: before?.serial ?? cluster.account.nextSerial(),
    created: before?.created ?? new Date().toISOString(),
  });
  return { applied: inputs, object: state, seconds: chart.seconds, failure };
}

/** A release that is there. */
export function liveRelease({ inputs, state }: Stored): Release {
  return { applied: inputs, object: state, seconds: 0, failure: undefined };
}

/** Takes a release away with the definitions that are its own; those of a `crds` folder, and those marked to be kept, stay. */
export function uninstall(cluster: Cluster, id: string): number {
  const release = findRelease(cluster, id);
  if (release === undefined) return 1;
  const definitions = definitionsOwned(cluster, release);
  // The operator stops first: custom resources that wait for it to clean up stay, and their definitions with them.
  cluster.account.remove(release);
  for (const definition of definitions) deleteThing(cluster, definition);
  return 20;
}

function definitionsOwned(cluster: Cluster, { id, inputs, state }: Stored): readonly Stored[] {
  const brought = definitionsOf(text(at(state, "status.chart")) ?? "", inputs);
  if (brought?.shipped !== "template" || brought.kept === true) return [];
  return definitionsIn(brought.set)
    .flatMap((definition) => findDefinition(cluster, definition.id) ?? [])
    .filter((thing) => ownerOf(thing) === id);
}
