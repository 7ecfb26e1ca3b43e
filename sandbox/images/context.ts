import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { filesBelow, isFile } from "../components/folders.ts";
import { isIgnored, parseIgnoreFile } from "./ignore-file.ts";
import type { IgnoreRule } from "./ignore-file.ts";

/** Where an image is built from. */
export interface BuildContext {
  /** A folder, or what Docker fetches, of which the place alone is known. */
  readonly location: string;
  /** @default none, or one that is not on disk */
  readonly dockerfile?: string | undefined;
  /** Other folders that the Dockerfile reads, by name. @default none */
  readonly named?: Readonly<Record<string, string>>;
}

/** True for what Docker fetches itself: https://docs.docker.com/build/concepts/context/#remote-context */
export function isRemote(location: string): boolean {
  return /^(?:https?:\/\/|git:\/\/|ssh:\/\/|git@|github\.com\/|docker-image:\/\/)/.test(location);
}

/** True for a folder on disk. */
export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * A digest, in hexadecimal digits, of all that a build reads: the Dockerfile, and each file that no `.dockerignore` leaves out with its
 * name, its rights and what is in it.
 */
export function hashContext({ location, dockerfile, named = {} }: BuildContext): string {
  const hash = createHash("sha256");
  const rules = rulesFor(location, dockerfile);
  if (dockerfile !== undefined && isFile(dockerfile)) hash.update(readFileSync(dockerfile));
  const others = Object.entries(named).sort(([left], [right]) => (left < right ? -1 : 1));
  for (const place of [location, ...others.map(([, path]) => path)]) {
    if (!isFolder(place)) hash.update(place);
    else for (const file of filesBelow(place)) if (!isIgnored(file, rules)) addFile(hash, place, file);
  }
  return hash.digest("hex");
}

function addFile(hash: ReturnType<typeof createHash>, folder: string, file: string): void {
  const path = join(folder, file);
  hash.update(readFileSync(path)).update(`${file} ${(statSync(path).mode & 0o777).toString(8)}\n`);
}

/** That beside the Dockerfile, under its name, goes before that of the folder. */
function rulesFor(location: string, dockerfile = ""): readonly IgnoreRule[] {
  const file = [`${dockerfile}.dockerignore`, join(location, ".dockerignore")].find((path) =>
    existsSync(path),
  );
  return file === undefined ? [] : parseIgnoreFile(readFileSync(file, "utf8"));
}
