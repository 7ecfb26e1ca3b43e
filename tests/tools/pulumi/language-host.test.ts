import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import type { Project, Scratch } from "./project.ts";
import aws from "@pulumi/aws/package.json" with { type: "json" };
import sdk from "@pulumi/pulumi/package.json" with { type: "json" };
import { boxes, outcome, project, pulumiHome } from "./project.ts";

describe("Our Node language host, behind the real engine", () => {
  let home: Scratch;
  const projects: Project[] = [];
  const make = async (program: string, options?: string): Promise<Project> => {
    const made = await project(home, program, options);
    projects.push(made);
    return made;
  };
  before(() => {
    home = pulumiHome();
  });
  after(() => {
    for (const { remove } of [home, ...projects]) remove();
  });

  it("carries a stack through preview, up, refresh and destroy", async () => {
    const { pulumi } = await make(boxes(3));
    expect((await pulumi("preview")).output).to.include("+ 4 to create");
    expect((await pulumi("up", "--yes", "--skip-preview")).output).to.include("+ 4 created");
    const again = await pulumi("up", "--yes", "--skip-preview", "--expect-no-changes");
    expect(again).to.include({ code: 0 });
    expect(again.output).to.include("4 unchanged").and.not.include("warning");
    expect((await pulumi("refresh", "--yes", "--skip-preview", "--run-program")).output).to.include(
      "4 unchanged",
    );
    expect((await pulumi("stack", "output", "count")).output).to.equal("3\n");
    expect((await pulumi("destroy", "--yes", "--skip-preview")).output).to.include("- 4 deleted");
  });

  it("hands over settings, and which of them are secret", async () => {
    const { pulumi } = await make(`import * as pulumi from "@pulumi/pulumi";
const config = new pulumi.Config();
export const open = config.require("open");
export const hidden = config.requireSecret("hidden");
`);
    await pulumi("config", "set", "open", "sesame");
    await pulumi("config", "set", "--secret", "hidden", "pearl");
    await pulumi("up", "--yes", "--skip-preview");
    const { output } = await pulumi("stack", "output", "--json");
    expect(JSON.parse(output)).to.deep.equal({ open: "sesame", hidden: "[secret]" });
  });

  it("hands over settings that are longer than the system takes in an environment entry, to program and policy pack", async () => {
    const { pulumi, write, path } = await make(`import * as pulumi from "@pulumi/pulumi";
export const length = new pulumi.Config().require("long").length;
`);
    write({
      "Pulumi.dev.yaml": `config:\n  tiny:long: ${"x".repeat(300_000)}\n`,
      "pack/PulumiPolicy.yaml": "runtime: nodejs\n",
      "pack/package.json": `{ "name": "pack", "version": "1.0.0", "main": "index.js" }`,
      "pack/index.js": `const { Config } = require("@pulumi/pulumi");
const { PolicyPack } = require("@pulumi/policy");
const length = new Config("tiny").require("long").length;
new PolicyPack("pack", { policies: [{ name: "tell", description: "length " + length, enforcementLevel: "advisory",
  validateResource: (_, report) => report("seen") }] });
`,
    });
    const { output } = await pulumi("up", "--yes", "--skip-preview", "--policy-pack", join(path, "pack"));
    expect(output).to.contain("length: 300000");
    expect(output).to.contain("length 300000");
  });

  for (const [how, options] of [
    ["as it is", ""],
    [
      "with preload.ts",
      `, nodeargs: "--import ${resolve(import.meta.dirname, "../../../tools/pulumi/preload.ts")}"`,
    ],
  ] as const) {
    it(`reports an error of the program once, at its line, ${how}`, async () => {
      const program = `type Zones = readonly string[];\n\nfunction plan(zones: Zones): void {\n  throw new Error(\`no room for \${String(zones.length)}\`);\n}\nplan(["a"]);\n`;
      const { pulumi } = await make(program, options);
      const { code, output } = await pulumi("preview");
      expect(code).to.equal(1);
      const [, report = ""] = stripVTControlCharacters(output).split("Diagnostics:");
      expect(report).to.match(/Error: no room for 1\n\s+at plan \(.*index\.ts:4:9\)\n\s+at .*index\.ts:6:1/);
      expect(report.match(/no room for 1/g)).to.have.lengthOf(1);
      expect(report).to.not.match(/exited with|code 32|bail/);
    });
  }

  it("leaves stacks untranslated with preload.ts", async () => {
    const preload = resolve(import.meta.dirname, "../../../tools/pulumi/preload.ts");
    // Node has a formatter of its own; source-map-support's wraps each call site.
    const program = 'export const translated = String(Error.prepareStackTrace).includes("wrapCallSite");\n';
    const translated = async (options: string): Promise<string> => {
      const { pulumi } = await make(program, options);
      await pulumi("up", "--yes", "--skip-preview");
      return (await pulumi("stack", "output", "translated")).output;
    };
    expect(await translated("")).to.equal("true\n");
    expect(await translated(`, nodeargs: "--import ${preload}"`)).to.equal("false\n");
  });

  it("says how a program ended that could not say so itself", async () => {
    const { pulumi } = await make("process.exit(3);\n");
    const { code, output } = await pulumi("preview");
    expect(code).to.equal(1);
    expect(output).to.include("the program exited with code 3");
  });

  for (const signal of ["SIGINT", "SIGKILL"] as const) {
    it(`leaves no process of a hanging program when the engine gets ${signal}`, async () => {
      const { start, path } = await make(`import { renameSync, writeFileSync } from "node:fs";
process.on("SIGINT", () => undefined);
writeFileSync("pids.partial", [process.pid, process.ppid].join(" "));
renameSync("pids.partial", "pids");
setInterval(() => undefined, 1000);
await new Promise(() => undefined);
`);
      const engine = start("preview");
      const over = outcome(engine);
      const pids = await eventually(() => pidsIn(join(path, "pids")));
      expect(pids.map(isAlive)).to.deep.equal([true, true]);
      engine.kill(signal);
      await over;
      await eventually(() => (pids.some(isAlive) ? undefined : true));
    });
  }

  it("takes an output of five megabytes", async () => {
    const { pulumi } = await make(`export const big = "x".repeat(5 * 1024 * 1024);\n`);
    expect((await pulumi("up", "--yes", "--skip-preview", "--suppress-outputs")).code).to.equal(0);
    expect((await pulumi("stack", "output", "big")).output).to.have.lengthOf(5 * 1024 * 1024 + 1);
  });

  it("runs a policy pack, which knows its stack from the start and stops what it forbids", async () => {
    const stack = await make(boxes(2));
    stack.write(policyPack(`const forbidden = pulumi.getStack() === "dev" ? "box-1" : "none";`));
    const { code, output } = await stack.pulumi("preview", "--policy-pack", "pack");
    expect(code).to.equal(1);
    expect(output).to.match(/\[mandatory\] +no-box +\(tiny:index:Box: box-1\)/);
    expect(output).to.include("box-1 is forbidden.").and.not.include("box-0 is forbidden.");
  });

  it("says why a policy pack does not run", async () => {
    const stack = await make(boxes(1));
    stack.write(policyPack(`throw new Error("levels/dev.json is missing");`));
    const { code, output } = await stack.pulumi("preview", "--policy-pack", "pack");
    expect(code).to.not.equal(0);
    expect(output).to.include("levels/dev.json is missing");
    expect(output).to.include(`the policy pack in ${join(stack.path, "pack")} is not running`);
  });

  it("tells `pulumi about` its language, version and the plugins the packages stand for", async () => {
    const { pulumi } = await make("");
    const { output } = await pulumi("about", "--json");
    const about: unknown = JSON.parse(output);
    expect(about).to.have.nested.include({
      "runtime.language": "nodejs",
      "runtime.version": process.version,
    });
    expect(about)
      .to.have.nested.property("plugins")
      .that.deep.includes.members([
        { name: "nodejs", version: sdk.version, kind: "language" },
        { name: "aws", version: aws.version, kind: "resource" },
      ]);
  });
});

function policyPack(beginning: string): Readonly<Record<string, string>> {
  return {
    "pack/PulumiPolicy.yaml": "runtime: nodejs\n",
    "pack/package.json": `{ "name": "pack", "version": "1.0.0", "type": "module", "main": "index.js" }`,
    "pack/index.js": `import { PolicyPack } from "@pulumi/policy";
import * as pulumi from "@pulumi/pulumi";
${beginning}
new PolicyPack("pack", {
  policies: [{
    name: "no-box",
    description: "Some boxes are forbidden.",
    enforcementLevel: "mandatory",
    validateResource: ({ name }, report) => {
      if (name === forbidden) report(\`\${name} is forbidden.\`);
    },
  }],
});
`,
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The program's process and the host's, once the program has written them down. */
function pidsIn(file: string): readonly number[] | undefined {
  try {
    return readFileSync(file, "utf8").split(" ").map(Number);
  } catch {
    return undefined;
  }
}

async function eventually<T>(look: () => T | undefined): Promise<T> {
  for (let tries = 0; tries < 200; tries++) {
    const seen = look();
    if (seen !== undefined) return seen;
    await wait(50);
  }
  throw new Error("it did not come about within ten seconds");
}
