import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import type { Definition } from "../../policy-pack/kernel/definition.ts";
import { policies } from "../../policy-pack/policies.ts";

const root = resolve(import.meta.dirname, "../..");

/** A copy of the pack outside the repository, as somebody takes it who wants some of its policies only: the others are disabled. */
export class PackCopy {
  readonly #home = mkdtempSync(join(tmpdir(), "groundwork-pack-"));
  public readonly folder = join(this.#home, "policies");

  /**
   * @param environment whose levels are written anew
   * @param level of those that are wanted
   */
  public constructor(
    environment: "dev" | "prod",
    level: "mandatory" | "remediate",
    isWanted: (policy: Definition) => boolean,
  ) {
    cpSync(join(root, "policy-pack"), this.folder, { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.#home, "node_modules"));
    writeFileSync(join(this.folder, "exemptions.yaml"), "exemptions: []\n");
    const levels = policies.map((policy) => [
      policy.name,
      { enforcementLevel: isWanted(policy) ? level : "disabled", ...defaultsOf(policy) },
    ]);
    writeFileSync(
      join(this.folder, `levels/${environment}.json`),
      JSON.stringify(Object.fromEntries(levels)),
    );
  }

  public remove(): void {
    rmSync(this.#home, { recursive: true, force: true });
  }
}

function defaultsOf(policy: Definition): Readonly<Record<string, unknown>> {
  const settings = policy.kind === "run" ? [] : Object.entries(policy.params);
  return Object.fromEntries(settings.map(([name, param]) => [name, param.default]));
}
