import type { Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, isRecord, text } from "../../values.ts";
import { ownership } from "./custom-resources.ts";

/** The release that owns a thing, as `namespace/name`; `undefined` for none. */
export function ownerOf({ state }: Stored): string | undefined {
  const annotations = at(state, "metadata.annotations");
  if (!isRecord(annotations) || annotations["meta.helm.sh/release-name"] === undefined) return undefined;
  return `${text(annotations["meta.helm.sh/release-namespace"]) ?? ""}/${text(annotations["meta.helm.sh/release-name"]) ?? ""}`;
}

/** Helm takes over no object that another hand made. */
export function mustBeImportable(thing: Stored | undefined, release: string): void {
  if (thing === undefined || ownerOf(thing) === release) return;
  const { kind, metadata } = thing.inputs;
  const [name, namespace] = [at(metadata, "name"), at(metadata, "namespace") ?? ""].map(String);
  throw new Refusal(
    "InstallationFailed",
    `Unable to continue with install: ${String(kind)} "${name ?? ""}" in namespace "${namespace ?? ""}" exists and cannot be imported into the current release: invalid ownership metadata; ${ownershipMistakes(thing, release).join("; ")}`,
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
