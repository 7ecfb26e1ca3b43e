import type { Properties, Settled, Stored, Subject } from "../model.ts";
import { Refusal } from "../model.ts";
import { at, isRecord, text } from "../values.ts";
import type { Definitions } from "./chart-definitions.ts";
import { definitionsOf } from "./chart-definitions.ts";
import { kindsNeeded, mistakeInValues, privilegeMissing, privilegedNamespace } from "./chart-rules.ts";
import type { ChartVersion } from "./charts.ts";
import type { Cluster } from "./cluster.ts";
import { namedIn } from "./cluster.ts";
import type { Definition } from "./custom-resources.ts";
import {
  definitionsIn,
  findDefinition,
  ownership,
  putDefinition,
  removeDefinition,
} from "./custom-resources.ts";
import { builtInKind } from "./kinds.ts";
import { inNamespaceKey, keysOf, namespaceExists, servesKey } from "./objects.ts";
import { enforcedIn } from "./readiness.ts";
import { Unready } from "../unready.ts";

/** The Pulumi type of Helm releases. */
export const releaseToken = "kubernetes:helm.sh/v3:Release";

/** The release of this id, `namespace/name`. */
export function findRelease({ account, scope }: Cluster, id: string): Stored | undefined {
  return account.find(releaseToken, id, scope);
}

/** Makes the namespace of a release where it asks for that. @throws Refusal where the namespace is missing. */
export function makeNamespace(cluster: Cluster, inputs: Properties): void {
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
export interface Installation {
  readonly cluster: Cluster;
  readonly subject: Subject;
  readonly inputs: Properties;
  readonly chart: ChartVersion;
  readonly id: string;
  readonly revision: number;
  readonly before?: Stored;
}

/** Installs or upgrades. @throws Refusal in Helm's words when it cannot be; Unready when its pods never start. */
export function install(installation: Installation): Settled {
  const { cluster, inputs, chart, id } = installation;
  const values = isRecord(inputs.values) ? inputs.values : {};
  // Values in files cannot be judged here: what they say is not among the inputs.
  const mistake = inputs.valueYamlFiles === undefined ? mistakeInValues(chart.name, values) : undefined;
  if (mistake !== undefined) throw new Refusal("InstallationFailed", mistake);
  const owned = prepareDefinitions(installation);
  mustServe(cluster, id, kindsNeeded(chart.name, values));
  const reason = cannotStart(cluster, installation, values);
  if (reason !== undefined && inputs.atomic === true) throw rolledBack(installation, reason);
  for (const definition of owned) putDefinition(cluster, definition, id);
  return keep(installation, owned, reason);
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

function ownerOf({ state }: Stored): string | undefined {
  const annotations = at(state, "metadata.annotations");
  if (!isRecord(annotations) || annotations["meta.helm.sh/release-name"] === undefined) return undefined;
  return `${text(annotations["meta.helm.sh/release-namespace"]) ?? ""}/${text(annotations["meta.helm.sh/release-name"]) ?? ""}`;
}

/** Helm takes over no object that another hand made. */
function mustBeImportable(cluster: Cluster, name: string, release: string): void {
  const thing = findDefinition(cluster, name);
  if (thing === undefined || ownerOf(thing) === release) return;
  throw new Refusal(
    "InstallationFailed",
    `Unable to continue with install: CustomResourceDefinition "${name}" in namespace "" exists and cannot be imported into the current release: invalid ownership metadata; ${ownershipMistakes(thing, release).join("; ")}`,
  );
}

function ownershipMistakes(thing: Stored, release: string): readonly string[] {
  const found = at(thing.state, "metadata.annotations");
  const current = isRecord(found) ? found : {};
  const wrong = Object.entries(ownership(release)).filter(([key, value]) => current[key] !== value);
  const annotations = wrong.map(([key, value]) => {
    const is = text(current[key]);
    const mistake =
      is === undefined
        ? `missing key "${key}": must be set to "${value}"`
        : `key "${key}" must equal "${value}": current value is "${is}"`;
    return `annotation validation error: ${mistake}`;
  });
  if (ownerOf(thing) !== undefined) return annotations;
  return [
    'label validation error: missing key "app.kubernetes.io/managed-by": must be set to "Helm"',
    ...annotations,
  ];
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

/** Pods that their namespace's security level keeps out: the release is never ready, unless nobody waits. */
function cannotStart(
  cluster: Cluster,
  { inputs, chart }: Installation,
  values: Properties,
): string | undefined {
  if (inputs.skipAwait === true) return undefined;
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

function keep(installation: Installation, owned: readonly Definition[], reason: string | undefined): Settled {
  const { cluster, subject, inputs, chart, id, before } = installation;
  const state = stateOf(installation, owned, reason === undefined ? "deployed" : "failed");
  cluster.account.put({
    scope: cluster.scope,
    token: releaseToken,
    id,
    urn: subject.urn,
    inputs,
    state,
    keys: [`chart ${chart.name}`, inNamespaceKey(text(inputs.namespace) ?? "")],
    serial: before?.serial ?? cluster.account.nextSerial(),
    created: before?.created ?? new Date().toISOString(),
  });
  const settled = { id, state, seconds: chart.seconds };
  if (reason === undefined) return settled;
  throw new Unready(
    `failed to become available within allocated timeout. Error: Helm Release ${id}: ${reason}`,
    settled,
  );
}

/** Takes a release away with the definitions that are its own; those of a `crds` folder, and those marked to be kept, stay. */
export function uninstall(cluster: Cluster, release: Stored): void {
  const definitions = definitionsOf(text(at(release.state, "status.chart")) ?? "", release.inputs);
  if (definitions?.shipped === "template" && definitions.kept !== true) {
    for (const { id } of definitionsIn(definitions.set)) {
      const thing = findDefinition(cluster, id);
      if (thing !== undefined && ownerOf(thing) === release.id) removeDefinition(cluster, thing);
    }
  }
  cluster.account.remove(release);
}
