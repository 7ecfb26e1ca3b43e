import { readFileSync } from "node:fs";

import { PolicyPack } from "@pulumi/policy";
import { getStack, RunError } from "@pulumi/pulumi";

import { assemble } from "./kernel/assemble.ts";
import { parseExemptions } from "./kernel/exemptions.ts";
import { levelProblems } from "./kernel/levels.ts";
import { levelsFor } from "./levels/levels.ts";
import { policies } from "./policies.ts";

const stack = getStack();
const levels = levelsFor(stack);
const problems = levelProblems(levels, policies);
if (problems.length > 0) throw new RunError(`the policies' levels for ${stack}:\n${problems.join("\n")}`);

new PolicyPack("groundwork", {
  policies: assemble(policies, {
    stack,
    levels,
    exemptions: parseExemptions(readFileSync(new URL("exemptions.yaml", import.meta.url), "utf8")),
    today: new Date().toISOString().slice(0, 10),
  }),
});
