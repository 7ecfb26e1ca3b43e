import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { installHost } from "../../../tools/pulumi/host-files.ts";
import { thisMachine, versionOf } from "../../../tools/pulumi/machine.ts";

const checkout = resolve(import.meta.dirname, "../../..");

/** What a command of the CLI came to. */
export interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

/** A folder that goes when the tests are over. */
export interface Scratch {
  readonly path: string;
  readonly write: (files: Readonly<Record<string, string>>) => void;
  readonly remove: () => void;
}

/** Makes an empty folder outside the checkout. */
export function scratch(): Scratch {
  const path = mkdtempSync(join(tmpdir(), "groundwork-pulumi-"));
  return {
    path,
    write: (files) => {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(join(path, name, ".."), { recursive: true });
        writeFileSync(join(path, name), text);
      }
    },
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

/** A home of Pulumi's with the machine's CLI and *our* language host, whichever host the machine has. */
export function pulumiHome(): Scratch {
  const machine = thisMachine(process.env);
  const cli = join(machine.bin, "pulumi");
  if (versionOf(cli) !== machine.version) throw new Error("run node tools/pulumi/install.ts first");
  const home = scratch();
  const bin = join(home.path, "versions", machine.version, "bin");
  cpSync(cli, join(bin, "pulumi"), { dereference: true });
  installHost(bin);
  return home;
}

/** A Pulumi project of its own, with its own state, and the checkout's packages. */
export interface Project extends Scratch {
  /** Runs the CLI as `npx pulumi` would, on the stack `dev`. */
  readonly pulumi: (...args: readonly string[]) => Promise<Outcome>;
  /** Starts the CLI itself and leaves it running. */
  readonly start: (...args: readonly string[]) => ChildProcess;
}

/** Makes a project of one `index.ts`. */
export async function project(home: Scratch, program: string, runtimeOptions = ""): Promise<Project> {
  const folder = scratch();
  symlinkSync(join(checkout, "node_modules"), join(folder.path, "node_modules"));
  folder.write({
    "Pulumi.yaml": `name: tiny\nmain: index.ts\nruntime: { name: nodejs, options: { typescript: false${runtimeOptions} } }\n`,
    "package.json": `{ "name": "tiny", "version": "1.0.0", "type": "module" }`,
    "index.ts": program,
  });
  const cli = join(home.path, "versions", thisMachine(process.env).version, "bin", "pulumi");
  const options = {
    cwd: folder.path,
    env: {
      ...process.env,
      PATH: `${join(checkout, "node_modules/.bin")}:${process.env.PATH ?? ""}`,
      PULUMI_HOME: home.path,
      PULUMI_BACKEND_URL: `file://${folder.path}`,
      PULUMI_CONFIG_PASSPHRASE: "",
      NODE_COMPILE_CACHE: join(checkout, "node_modules/.cache/node"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    },
  };
  const start = (...args: readonly string[]): ChildProcess =>
    spawn(cli, [...args, "--non-interactive", "--color", "never"], options);
  const pulumi = async (...args: readonly string[]): Promise<Outcome> => outcome(start(...args));
  await pulumi("stack", "init", "dev");
  return { ...folder, pulumi, start };
}

/** All that a process prints, and how it ends. */
export function outcome(child: ChildProcess): Promise<Outcome> {
  return new Promise((done, failed) => {
    const chunks: Buffer[] = [];
    const keep = (chunk: Buffer): number => chunks.push(chunk);
    child.stdout?.on("data", keep);
    child.stderr?.on("data", keep);
    child.once("error", failed);
    child.once("close", (code) => {
      done({ code, output: Buffer.concat(chunks).toString() });
    });
  });
}

/** A program of `count` components without a provider, with one output. */
export const boxes = (count: number): string => `import * as pulumi from "@pulumi/pulumi";

class Box extends pulumi.ComponentResource {
  public constructor(name: string, size: number) {
    super("tiny:index:Box", name, { size });
    this.registerOutputs({ size });
  }
}

for (let size = 0; size < ${String(count)}; size++) new Box(\`box-\${String(size)}\`, size);
export const count = ${String(count)};
`;
