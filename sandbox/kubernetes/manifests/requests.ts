import { resolve } from "node:path";
import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, isRecord, list, text } from "../../values.ts";
import type { Capabilities } from "../api.ts";
import type { ChartRequest } from "./helm.ts";
import { fileOf, mergedValues } from "./values.ts";

/** What a chart is rendered for. */
interface Surroundings {
  readonly capabilities: Capabilities;
  /** Where objects go that name no namespace. */
  readonly namespace: string;
}

/** The request of a `helm.v4.Chart`: https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v4/chart/ */
export function chartRequest(name: string, args: Properties, around: Surroundings): ChartRequest {
  const repository = isRecord(args.repositoryOpts) ? args.repositoryOpts : {};
  return {
    name: text(args.name) ?? name,
    namespace: text(args.namespace) ?? around.namespace,
    chart: text(args.chart) ?? "",
    values: mergedValues(list(args.valueYamlFiles), args.values),
    capabilities: around.capabilities,
    withDefinitions: args.skipCrds !== true,
    hooks: "none",
    options: {
      "--version": text(args.version),
      ...optionsOf(repository),
      "--keyring": fileOf(args.keyring),
      "--post-renderer": text(at(args.postRenderer, "command")),
      "--post-renderer-args": list(at(args.postRenderer, "args")).map(String),
    },
    switches: {
      ...{ "--devel": args.devel === true, "--verify": args.verify === true },
      ...{ "--dependency-update": args.dependencyUpdate === true, "--plain-http": args.plainHttp === true },
    },
  };
}

/** The request of a `helm.v3.Release` of a chart in a folder: https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/release/ */
export function releaseRequest(inputs: Properties, capabilities: Capabilities): ChartRequest {
  return {
    name: text(inputs.name) ?? "",
    namespace: text(inputs.namespace) ?? "",
    chart: text(inputs.chart) ?? "",
    values: mergedValues(list(inputs.valueYamlFiles), inputs.values),
    capabilities,
    withDefinitions: false,
    hooks: "none",
    switches: { "--dependency-update": inputs.dependencyUpdate === true },
  };
}

function optionsOf({ repo, username, password, caFile, certFile, keyFile }: Properties) {
  return {
    ...{ "--repo": text(repo), "--username": text(username), "--password": text(password) },
    ...{ "--ca-file": fileOf(caFile), "--cert-file": fileOf(certFile), "--key-file": fileOf(keyFile) },
  };
}

/**
 * The request of a `helm.v3.Chart`, whose options its SDK sends as JSON: https://www.pulumi.com/registry/packages/kubernetes/api-docs/helm/v3/chart/
 * @throws Refusal for a repository's address in place of its name
 */
export function legacyChartRequest(json: string, around: Surroundings): ChartRequest {
  const given = asRecord(JSON.parse(json));
  const fetching = asRecord(given.fetch_opts);
  return {
    name: text(given.release_name) ?? "",
    namespace: text(given.namespace) ?? "default",
    chart: legacyReference(given, text(fetching.repo)),
    values: mergedValues([], given.values),
    capabilities: legacyCapabilities(given, around.capabilities),
    withDefinitions: given.skip_crd_rendering !== true,
    hooks: given.include_test_hook_resources === true ? "all" : "untested",
    options: {
      "--version": text(given.version) ?? text(fetching.version),
      ...{ "--repo": text(fetching.repo), "--keyring": text(fetching.keyring) },
      ...{ "--username": text(fetching.username), "--password": text(fetching.password) },
      ...{ "--ca-file": text(fetching.ca_file), "--cert-file": text(fetching.cert_file) },
      "--key-file": text(fetching.key_file),
    },
    switches: { "--devel": fetching.devel === true, "--verify": fetching.verify === true },
  };
}

function asRecord(value: unknown): Properties {
  return isRecord(value) ? value : {};
}

/** What the program says of the cluster goes before what the cluster says. */
function legacyCapabilities(given: Properties, { version, apiVersions }: Capabilities): Capabilities {
  const { kube_version: asked, api_versions: named } = given;
  return {
    version: text(asked) ?? version,
    apiVersions: Array.isArray(named) ? named.map(String) : apiVersions,
  };
}

/** A chart of a repository that goes by a name has that before its own. */
function legacyReference(given: Properties, address: string | undefined): string {
  const folder = text(given.path);
  const name = text(given.chart) ?? "";
  if (folder !== undefined) return resolve(folder, name);
  const repository = namedRepository(given);
  if (address !== undefined || repository === "" || name.startsWith("oci://")) return name;
  return name.startsWith(`${repository}/`) ? name : `${repository}/${name}`;
}

/** @throws Refusal for an address */
function namedRepository({ repo }: Properties): string {
  const name = text(repo) ?? "";
  if (!name.startsWith("http")) return name.replace(/\/$/, "");
  throw new Refusal(
    "InvalidArgument",
    "'repo' option specifies the name of the Helm Chart repo, not the URL.Use 'fetchOpts.repo' to specify a URL for a remote Chart",
  );
}
