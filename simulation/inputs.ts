import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Cluster } from "./engine/model.ts";
import type { Profile } from "./load/profile.ts";
import { readProfile } from "./load/profile.ts";
import { deployInSandbox } from "./stack/deploy.ts";
import type { GraphObject } from "./stack/graph.ts";
import { objectsIn, readGraph } from "./stack/graph.ts";
import { problemsOf } from "./stack/problems.ts";

/** What to simulate, as the command line says it. */
export interface Sources {
  readonly stack: string;
  /** A profile of ours by its name, or a file by its path. */
  readonly profile: string;
  /** A file of objects, instead of deploying the stack. */
  readonly objects?: string;
}

/** What a simulation starts from. */
export interface Inputs {
  readonly objects: readonly GraphObject[];
  readonly cluster: Cluster;
  readonly profile: Profile;
}

const root = resolve(import.meta.dirname, "..");

/** Reads profile and stack. @throws Error with everything that is wrong with both; nothing is deployed while something is. */
export function readInputs({ stack, profile: name, objects: file }: Sources): Inputs {
  const problems: string[] = [];
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  const source = attempt(() => profileFile(name));
  attempt(() => source && readProfile(source.path, source.content));
  const given = attempt(() => (file === undefined ? stackIn(stack) : objectsFrom(file)));
  throwAny(problems);
  const objects = given ?? deployInSandbox(root, stack);
  const cluster = readGraph(stack, objects);
  problems.push(...problemsOf(cluster));
  const own = cluster.workloads.filter(({ kind }) => kind !== "Platform").map((workload) => workload.name);
  const profile = attempt(() => source && readProfile(source.path, source.content, own));
  throwAny(problems);
  if (profile === undefined) throw new Error(`there is no profile ${name}`);
  return { objects, cluster, profile };
}

function throwAny(problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

/** A file by its path, or one of ours by its name. */
function profileFile(name: string): { readonly path: string; readonly content: string } {
  const folder = join(import.meta.dirname, "profiles");
  const own = readdirSync(folder).map((file) => file.replace(/\.yaml$/, ""));
  const path = own.includes(name) ? join(folder, `${name}.yaml`) : resolve(name);
  if (!existsSync(path)) {
    throw new Error(
      `there is no profile ${name}: there are ${own.join(", ")}, or give the path of a YAML file`,
    );
  }
  return { path, content: readFileSync(path, "utf8") };
}

/** The stack's own objects are not known before it is deployed. */
function stackIn(stack: string): readonly GraphObject[] | undefined {
  const known = readdirSync(root).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  if (!known.includes(stack)) throw new Error(`there is no stack ${stack}: there are ${known.join(", ")}`);
  return undefined;
}

function objectsFrom(file: string): readonly GraphObject[] {
  if (!existsSync(file)) throw new Error(`there is no file ${file}`);
  try {
    const values: unknown = JSON.parse(readFileSync(file, "utf8"));
    return objectsIn(values);
  } catch (error) {
    throw new Error(`${file} is no JSON: ${String(error)}`, { cause: error });
  }
}
