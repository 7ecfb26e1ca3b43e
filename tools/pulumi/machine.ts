import { spawn, spawnSync, execFileSync } from "node:child_process";
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { delimiter, dirname, join, sep } from "node:path";
import { installHost } from "./host-files.ts";
import type { Machine } from "./ways.ts";

/** How long the first byte of the download, and all of it, may take, in milliseconds. */
const patience = { answer: 15_000, download: 15 * 60_000 } as const;

interface PackageRequire {
  (id: "@pulumi/pulumi/package.json"): { readonly version: string };
  (id: "pulumi/lib/download.js"): {
    readonly installCLI: (
      version: string,
      root: string,
      io: {
        fetchText: (url: string) => Promise<string>;
        execScript: (script: string, args: readonly string[]) => void;
      },
    ) => Promise<void>;
  };
}

const packages: PackageRequire = createRequire(import.meta.url);

/** The machine this runs on, as its environment describes it. */
export function thisMachine(env: NodeJS.ProcessEnv): Machine {
  const { version } = packages("@pulumi/pulumi/package.json");
  const root = join(env.PULUMI_HOME ?? join(homedir(), ".pulumi"), "versions", version);
  const bin = join(root, "bin");
  const host = join(bin, "pulumi-language-nodejs");
  return {
    version,
    bin,
    versionOf,
    findOnPath: () => findOnPath((env.PATH ?? "").split(delimiter)),
    link: (found) => {
      mkdirSync(bin, { recursive: true });
      relink(join(bin, "pulumi"), found.cli);
      relink(host, found.host);
    },
    download: () => download(version, root),
    build: () => build(version, bin),
    hasOfficialHost: () => existsSync(host) && !existsSync(join(bin, "language-host")),
    installHost: () => {
      installHost(bin);
    },
    say: (line) => {
      console.log(line);
    },
  };
}

/** What `pulumi version` says, without its leading v. */
export function versionOf(executable: string): string | undefined {
  const { status, stdout } = spawnSync(executable, ["version"], {
    encoding: "utf8",
    timeout: 20_000,
    env: { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" },
  });
  return status === 0 ? stdout.trim().replace(/^v/, "") : undefined;
}

/** The first CLI in `folders` that is not a launcher out of an npm package, with the Node language host it would use. */
export function findOnPath(
  folders: readonly string[],
): { readonly cli: string; readonly host: string } | undefined {
  const cli = folders
    .map((folder) => join(folder, "pulumi"))
    .find((file) => isExecutable(file) && !isLauncher(file));
  if (cli === undefined) return undefined;
  const host = [dirname(realpathSync(cli)), ...folders]
    .map((folder) => join(folder, "pulumi-language-nodejs"))
    .find(isExecutable);
  return host === undefined ? undefined : { cli, host };
}

const isLauncher = (file: string): boolean => realpathSync(file).includes(`${sep}node_modules${sep}`);

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function relink(link: string, target: string): void {
  rmSync(link, { force: true });
  symlinkSync(target, link);
}

/** Pulumi's own installer, into a folder beside the final one: an interrupted download leaves nothing that looks done. */
async function download(version: string, root: string): Promise<void> {
  const partial = `${root}.partial`;
  rmSync(partial, { recursive: true, force: true });
  await packages("pulumi/lib/download.js").installCLI(version, partial, {
    fetchText: async (url) => {
      const response = await fetch(url, { signal: AbortSignal.timeout(patience.answer) });
      if (!response.ok) throw new Error(`${url} answers ${String(response.status)}`);
      return response.text();
    },
    execScript: (script, args) => {
      execFileSync("/bin/sh", [script, ...args], { stdio: "inherit", timeout: patience.download });
    },
  });
  if (versionOf(join(partial, "bin", "pulumi")) !== version) throw new Error("the download does not run");
  rmSync(root, { recursive: true, force: true });
  renameSync(partial, root);
}

/** Builds what go.mod pins; the result gets its name only when it is whole. */
async function build(version: string, bin: string): Promise<void> {
  mkdirSync(bin, { recursive: true });
  const partial = join(bin, "pulumi.partial");
  const flags = `-s -w -X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=${version}`;
  const args = [
    "build",
    "-trimpath",
    "-ldflags",
    flags,
    "-o",
    partial,
    "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
  ];
  await run("go", args, join(import.meta.dirname, "cli"));
  renameSync(partial, join(bin, "pulumi"));
}

function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    spawn(command, args, {
      cwd,
      stdio: "inherit",
      env: { ...process.env, GOWORK: "off", GOFLAGS: "-mod=readonly" },
    })
      .once("error", (error) => {
        reject("code" in error && error.code === "ENOENT" ? new Error(`${command} is not installed`) : error);
      })
      .once("close", (code) => {
        if (code === 0) resolve();
        else reject(new Error(`${command} ${String(args[0])} ended with code ${String(code)}`));
      });
  });
}
