import { inside } from "../../sandbox/commands/inside.ts";

/*
 * Deploys a stack as `sandbox up` does, in this process, and prints as its last line what the sandbox itself took of it: its own
 * computing time beside the time on the clock, both in seconds. Engine, program and policy pack are processes of their own.
 */
const [stack = "prod", home = ".sandbox"] = process.argv.slice(2);
const [started, computed] = [performance.now(), process.cpuUsage()];
await inside({ stack, home }, ["pulumi", "up", "--yes", "--suppress-outputs", "--stack", stack]);
const { user, system } = process.cpuUsage(computed);
console.log(JSON.stringify({ own: (user + system) / 1e6, total: (performance.now() - started) / 1000 }));
