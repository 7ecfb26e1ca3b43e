import { readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative, sep } from "node:path";
import type { Properties } from "../model.ts";
import { assetSignature, signatureKey } from "../signatures.ts";
import { isRecord } from "../values.ts";

const load = createRequire(import.meta.url);

/** A file of the program as a value. The engine reads it and adds its digest, so that another content is a change. */
export function fileAsset(path: string): Properties {
  return { [signatureKey]: assetSignature, path };
}

/**
 * The files below a folder, relative to it and with `/` between the parts, in the order of their names. Links to files are files. What the
 * sandbox keeps in the program's folder, and changes with every operation, is none of the program's.
 */
export function filesBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    return entry.isFile() || (entry.isSymbolicLink() && isFile(path)) ? [relative(folder, path)] : [];
  });
  const own = files.map((file) => file.split(sep)).filter((parts) => !parts.includes(".sandbox"));
  return own.map((parts) => parts.join("/")).sort();
}

/** True for what can be read as a file. */
export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

/** The media type that goes with a file's name, by the list of the real components; `undefined` for an ending that is not in it. */
export function mediaTypeOf(path: string): string | undefined {
  // Loaded when it is asked for: most programs upload nothing.
  const types: unknown = load("mime");
  if (!isRecord(types) || !isLookup(types.getType)) throw new Error("the package mime has no getType");
  return types.getType(path) ?? undefined;
}

type Lookup = (this: unknown, path: string) => string | null;

function isLookup(value: unknown): value is Lookup {
  return typeof value === "function";
}
