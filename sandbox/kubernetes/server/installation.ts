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
import type { Run } from "../manifests/commands.ts";
import type { Contents } from "./contents.ts";
import { namesIn, putContents, removeContents, render } from "./contents.ts";
import type { Definition } from "./custom-resources.ts";
import { definitionsIn, findDefinition, putDefinition } from "./custom-resources.ts";
import { mustBeImportable, ownerOf } from "./ownership.ts";
import { deleteThing } from "./deletion.ts";
import { anyKindKey, inNamespaceKey, servesKey } from "./objects.ts";
import { enforcedIn } from "./pod-admission.ts";
import { makeNamespace } from "./release-namespace.ts";

/** As the account lists releases. */
const releaseToken = "kubernetes:helm.sh/v3:Release";

/** The release of this id, `namespace/name`. */
export function findRelease({ account, scope }: Cluster, id: string): Stored | undefined {
  return account.find(releaseToken, id, scope);
}

/** Where Helm installs, and what renders its charts. */
interface Site {
  readonly cluster: Cluster;
  readonly run: Run;
}

/** What is installed or upgraded. */
interface Installation extends Site {
  readonly manager: string;
  readonly inputs: Properties;
  readonly chart: ChartVersion;
  readonly id: string;
  readonly revision: number;
  readonly before?: Stored;
}

/** Installs a chart under a name that is free. @throws Refusal in Helm's words when it cannot be */
export function install(site: Site, inputs: Properties, manager: string): Release {
  const { cluster } = site;
  const chart = mustLocate(inputs);
  const id = `${text(inputs.namespace) ?? ""}/${text(inputs.name) ?? ""}`;
  makeNamespace(cluster, inputs);
  if (findRelease(cluster, id) !== undefined)
    throw new Refusal("ReleaseExists", "cannot re-use a name that is still in use");
  return deploy({ ...site, manager, inputs, chart, id, revision: 1 });
}

/** Upgrades a release, also one that failed. @throws Refusal in Helm's words when it cannot be */
export function upgrade(site: Site, id: string, inputs: Properties, manager: string): Release {
  const { cluster } = site;
  const chart = mustLocate(inputs);
  const before = findRelease(cluster, id);
  if (before === undefined)
    throw new Refusal("ReleaseNotFound", `"${text(inputs.name) ?? ""}" has no deployed releases`);
  const revision = Number(at(before.state, "status.revision") ?? 0) + 1;
  return deploy({ ...site, manager, inputs, chart, id, revision, before });
}

function mustLocate(inputs: Properties): ChartVersion {
  const found = chartOf(inputs);
  if ("mistake" in found) throw new Refusal("ChartNotFound", found.mistake);
  return found;
}

function deploy(installation: Installation): Release {
  const { cluster, run, inputs, chart, id } = installation;
  const contents = render(cluster, run, inputs);
  if (contents !== undefined) return deployContents(installation, contents);
  const values = isRecord(inputs.values) ? inputs.values : {};
  refuseValues(installation, values);
  const owned = prepareDefinitions(installation);
  mustServe(cluster, id, chart.listed ? kindsNeeded(chart.name, values) : []);
  const reason = cannotStart(cluster, installation, values);
  if (reason !== undefined && inputs.atomic === true) throw rolledBack(installation, reason);
  for (const definition of owned) putDefinition(cluster, definition, id);
  return keep(installation, namesOf(owned), reason);
}

function namesOf(definitions: readonly Definition[]): Properties {
  const kind = "CustomResourceDefinition.apiextensions.k8s.io/apiextensions.k8s.io/v1";
  return definitions.length === 0 ? {} : { [kind]: definitions.map(({ id }) => id) };
}

/** A release whose objects are known is what becomes of them. */
function deployContents(installation: Installation, contents: Contents): Release {
  const { cluster, run, inputs, chart, id, before } = installation;
  const reason = putContents(cluster, id, contents, {
    isFirst: before === undefined,
    waits: inputs.skipAwait !== true,
  });
  if (reason !== undefined && inputs.atomic === true) {
    const earlier = before === undefined ? undefined : render(cluster, run, before.inputs);
    if (earlier === undefined) removeContents(cluster, id);
    else putContents(cluster, id, earlier, { isFirst: false, waits: false });
    throw rolledBack(installation, reason);
  }
  return keep({ ...installation, chart: { ...chart, listed: true } }, namesIn(contents), reason);
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
  for (const { id: name } of owned) mustBeImportable(findDefinition(cluster, name), id);
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

/** Of a chart that is not rendered only the definitions are named. */
function stateOf(
  { inputs, chart, revision }: Installation,
  resourceNames: Properties,
  status: string,
): Properties {
  const { name, version, appVersion } = chart;
  return {
    ...inputs,
    version,
    resourceNames,
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

function keep(installation: Installation, resourceNames: Properties, failure: string | undefined): Release {
  const { cluster, manager, inputs, chart, id, before } = installation;
  const state = stateOf(installation, resourceNames, failure === undefined ? "deployed" : "failed");
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
  removeContents(cluster, id);
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
