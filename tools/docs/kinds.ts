import * as kubernetes from "@pulumi/kubernetes";

import { builtInKind } from "../../sandbox/kubernetes/kinds.ts";
import type { Kind } from "../../sandbox/kubernetes/kinds.ts";

/** A kind of Kubernetes at one version. */
export interface ServedKind extends Kind {
  readonly version: string;
}

/** Every kind that a program can make, since the SDK has a class for it, and that the sandbox serves. */
export function servedKinds(): readonly ServedKind[] {
  return Object.values<unknown>(kubernetes)
    .flatMap(membersOf)
    .flatMap(([version, module]) => membersOf(module).map(([kind, type]) => ({ version, kind, type })))
    .flatMap(({ version, kind, type }) => {
      const group = groupOf(type);
      const served = group === undefined ? undefined : builtInKind(group, kind);
      return served?.versions.includes(version) === true ? [{ ...served, version }] : [];
    });
}

function membersOf(module: unknown): readonly (readonly [string, unknown])[] {
  return typeof module === "object" && module !== null ? Object.entries(module) : [];
}

/** The API group of a resource class, from its token: `apps` of `kubernetes:apps/v1:Deployment`, nothing for `core`. */
function groupOf(type: unknown): string | undefined {
  if (typeof type !== "function" || !("__pulumiType" in type)) return undefined;
  const group = /^kubernetes:([^/]+)\//.exec(String(type.__pulumiType))?.[1];
  return group === "core" ? "" : group;
}
