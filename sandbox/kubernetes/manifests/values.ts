import { readFileSync } from "node:fs";
import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { assetSignature, signatureKey } from "../../signatures.ts";
import { isRecord, text } from "../../values.ts";
import { decode } from "./decode.ts";

/** True for a file, or a text in place of one, as the engine sends it. */
function isAsset(value: unknown): value is Properties {
  return isRecord(value) && value[signatureKey] === assetSignature;
}

/** @throws Refusal for what lies elsewhere than on this machine. */
function contentOf({ path, text: given, uri }: Properties): string {
  const file = text(path);
  if (file === undefined || file === "") {
    if (typeof uri !== "string" || uri === "") return text(given) ?? "";
    throw new Refusal("NoNetwork", `the sandbox does not fetch ${uri}: have it in a file, and name that`);
  }
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new Refusal(
      "FileNotFound",
      `failed to read file "${file}": open ${file}: no such file or directory`,
    );
  }
}

/** The file of an asset. @throws Refusal for one that is none */
export function fileOf(asset: unknown): string | undefined {
  if (asset === undefined || typeof asset === "string") return asset;
  const file = isAsset(asset) ? text(asset.path) : undefined;
  if (file !== undefined && file !== "") return file;
  throw new Refusal("UnsupportedArgument", "the sandbox takes certificates, keys and keyrings in files only");
}

/** The values of a chart: those in files, one after the other, then those given; where both have a map, it is of both. */
export function mergedValues(files: readonly unknown[], values: unknown): Properties {
  const read = files.filter(isAsset).flatMap((file) => decode(contentOf(file)));
  return [...read, opened(values)].reduce<Properties>(
    (base, next) => (isRecord(next) ? merged(base, next) : base),
    {},
  );
}

/** https://github.com/helm/helm/blob/main/pkg/cli/values/options.go */
function merged(base: Properties, over: Properties): Properties {
  const entries = Object.entries(over).map(([key, value]) => {
    const below = base[key];
    return [key, isRecord(value) && isRecord(below) ? merged(below, value) : value] as const;
  });
  return { ...base, ...Object.fromEntries(entries) };
}

/** An asset among the values is its content. */
function opened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(opened);
  if (isAsset(value)) return contentOf(value);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, opened(item)]));
}
