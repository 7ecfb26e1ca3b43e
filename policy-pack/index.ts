import { readFileSync } from "node:fs";

import { RunError } from "@pulumi/pulumi/errors.js";
import { getStack } from "@pulumi/pulumi/runtime/settings.js";

import { Answers } from "./kernel/answers.ts";
import { Exemptions, parseExemptions } from "./kernel/exemptions.ts";
import { floorProblems, levelProblems } from "./kernel/levels.ts";
import { Pack } from "./kernel/pack.ts";
import { serve } from "./kernel/service.ts";
import { levelsFor, stricterThan } from "./levels/levels.ts";
import manifest from "./package.json" with { type: "json" };
import { policies } from "./policies.ts";

const stack = getStack();
const today = new Date().toISOString().slice(0, 10);
const levels = levelsFor(stack);
const exemptions = parseExemptions(readFileSync(new URL("exemptions.yaml", import.meta.url), "utf8"));
const problems = [
  ...levelProblems(levels, policies),
  ...floorProblems(levels, policies, stack, new Exemptions(exemptions, stack, today)),
];
if (problems.length > 0) throw new RunError(`the policies' levels for ${stack}:\n${problems.join("\n")}`);

const pack = new Pack(policies, { stack, levels, stricter: stricterThan(stack), exemptions, today });
serve(new Answers(pack, { name: "groundwork", version: manifest.version }));
