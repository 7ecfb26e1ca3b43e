import type { PackageDependency } from "@pulumi/pulumi/proto/plugin_pb.js";
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { sdk } from "./sdk.ts";

const { PackageDependency: Dependency } = sdk("./proto/plugin_pb.js");

/** The little of a package.json that matters here. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  /** Present in packages that stand for a provider plugin. */
  readonly pulumi?: {
    readonly resource?: boolean;
    readonly name?: string;
    readonly version?: string;
    readonly server?: string;
  };
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const isManifest = (value: unknown): value is Manifest =>
  typeof value === "object" &&
  value !== null &&
  "name" in value &&
  typeof value.name === "string" &&
  "version" in value &&
  typeof value.version === "string";

/** The package.json of a directory, or nothing where there is none worth the name. */
export function readManifest(directory: string): Manifest | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
    return isManifest(manifest) ? manifest : undefined;
  } catch {
    return undefined;
  }
}

/** Every package installed for a directory, nested ones included; each place once, however many links lead there. */
export function installedPackages(directory: string, seen = new Set<string>()): readonly Manifest[] {
  return packageDirectories(join(directory, "node_modules")).flatMap((path) => {
    if (!existsSync(path)) return [];
    const place = realpathSync(path);
    if (seen.has(place)) return [];
    seen.add(place);
    const manifest = readManifest(place);
    return [...(manifest === undefined ? [] : [manifest]), ...installedPackages(place, seen)];
  });
}

/** `node_modules/name` and `node_modules/@scope/name`. */
function packageDirectories(modules: string): readonly string[] {
  return names(modules).flatMap((name) => {
    const path = join(modules, name);
    return name.startsWith("@") ? names(path).map((scoped) => join(path, scoped)) : [path];
  });
}

function names(directory: string): readonly string[] {
  try {
    return readdirSync(directory).filter((name) => !name.startsWith("."));
  } catch {
    return [];
  }
}

/**
 * The provider plugins that the installed packages stand for, by the `pulumi` section of their package.json, in
 * Pulumi's form: https://www.pulumi.com/docs/iac/guides/building-extending/packages/schema/
 */
export function requiredPlugins(packages: readonly Manifest[]): readonly PackageDependency[] {
  const plugins = packages.flatMap((manifest) => {
    if (manifest.pulumi?.resource !== true) return [];
    const plugin = new Dependency()
      .setKind("resource")
      .setName(manifest.pulumi.name ?? manifest.name.replace(/^@pulumi\//, ""))
      .setVersion(`v${(manifest.pulumi.version ?? manifest.version).replace(/^v/, "")}`)
      .setServer(manifest.pulumi.server ?? "");
    return [plugin];
  });
  return [
    ...new Map(plugins.map((plugin) => [`${plugin.getName()}@${plugin.getVersion()}`, plugin])).values(),
  ];
}
