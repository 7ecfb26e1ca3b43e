import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";

import { settingsSchema } from "../../config.ts";
import { levels } from "../../policy-pack/levels/levels.ts";
import { policies } from "../../policy-pack/policies.ts";
import { relatedByAws, requirements, untestable } from "../../policy-pack/requirements.ts";
import { factsOf, outputsOf } from "../../sandbox/aws/facts.ts";
import { behaviours } from "../../sandbox/aws/index.ts";
import { invokes } from "../../sandbox/aws/invokes.ts";
import { components } from "../../sandbox/components/components.ts";
import { dockerBuildKinds } from "../../sandbox/images/docker-build.ts";
import { dockerKinds } from "../../sandbox/images/docker.ts";
import { charts } from "../../sandbox/kubernetes/charts.ts";
import { customKinds } from "../../sandbox/kubernetes/custom-kinds.ts";
import { random } from "../../sandbox/utilities/random/index.ts";
import { tls } from "../../sandbox/utilities/tls/index.ts";
import { charts as platformCharts } from "../../versions.ts";
import { environmentsPage, glanceTable } from "./environments.ts";
import { frameworksPage } from "./frameworks.ts";
import { servedKinds } from "./kinds.ts";
import { withSection } from "./markdown.ts";
import { policiesPage } from "./policies.ts";
import { sandboxPage } from "./sandbox.ts";
import type { PropertyCounts } from "./sandbox.ts";
import { settingsPage } from "./settings.ts";
import { perStack, readDescriptions, readSettings } from "./stacks.ts";

const root = resolve(import.meta.dirname, "../..");

/** What every generated file holds when it is fresh, by its path from the root. */
export function freshPages(): ReadonlyMap<string, string> {
  const stacks = perStack((stack) => readSettings(root, stack));
  const readme = withSection(readPage("README.md"), "environments", glanceTable(stacks));
  return new Map([
    [
      "docs/settings.md",
      settingsPage({ schemas: settingsSchema.shape, descriptions: readDescriptions(root), stacks }),
    ],
    ["docs/environments.md", environmentsPage(stacks)],
    ["docs/policies.md", policiesPage({ policies, levels, concerns: readConcerns() })],
    ["docs/frameworks.md", frameworksPage({ policies, relatedByAws, requirements, untestable })],
    [
      "docs/sandbox.md",
      sandboxPage({
        behaviours: [...behaviours.values()],
        countsOf,
        invokes: Object.keys(invokes),
        components: [...components.keys()],
        images: Object.keys({ ...dockerBuildKinds, ...dockerKinds }),
        kinds: servedKinds(),
        customKinds,
        charts,
        utilities: [random, tls],
        installed: Object.keys(platformCharts),
      }),
    ],
    ...(readme === undefined ? [] : [["README.md", readme] as const]),
  ]);
}

function countsOf(token: string): PropertyCounts {
  const properties = [...(factsOf(token)?.values() ?? [])];
  return {
    outputs: outputsOf(token).length,
    defaults: properties.filter((property) => property.default !== undefined).length,
    replacing: properties.filter(({ replaces }) => replaces).length,
  };
}

/** A file as it is; nothing for one that is not there. */
export function readPage(path: string): string {
  const file = resolve(root, path);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}

/** A policy is filed under its concern: `policies/<concern>/<name>.ts`. */
function readConcerns(): ReadonlyMap<string, string> {
  const files = globSync("*/*.ts", { cwd: resolve(root, "policy-pack/policies") });
  return new Map(files.map((file) => [basename(file, ".ts"), dirname(file)]));
}
