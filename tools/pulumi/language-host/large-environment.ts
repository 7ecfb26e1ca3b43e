import { readFileSync } from "node:fs";

/** Runs in a program or policy pack before anything else: takes over the environment entries that are too long for the system. */
const entries: unknown = JSON.parse(readFileSync(3, "utf8"));
Object.assign(process.env, entries);
