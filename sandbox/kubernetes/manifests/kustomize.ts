import { Refusal } from "../../model.ts";
import type { Run } from "./commands.ts";

/** The commands that build an overlay, with what comes before its folder: https://kubectl.docs.kubernetes.io/references/kustomize/ */
const builders: readonly (readonly [command: string, subcommand: string])[] = [
  ["kustomize", "build"],
  ["kubectl", "kustomize"],
];

/**
 * What kustomize makes of a folder, or of a folder in a repository.
 * @throws Refusal in its words where it cannot be built, and where there is no kustomize
 */
export function buildOverlay(run: Run, directory: string, flags: readonly string[], failed: string): string {
  for (const [command, subcommand] of builders) {
    const ended = run(command, [subcommand, directory, ...flags]);
    if (ended === undefined) continue;
    if (ended.failure === undefined) return ended.output;
    throw new Refusal("BuildFailed", `${failed}: ${ended.failure}`);
  }
  throw new Refusal(
    "KustomizeMissing",
    `the overlay "${directory}" cannot be built, since there is neither "kustomize" nor "kubectl" on the PATH: install one of them (https://kubectl.docs.kubernetes.io/installation/kustomize/)`,
  );
}
