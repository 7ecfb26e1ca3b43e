import { spawn, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  unwatchFile,
  watchFile,
  writeFileSync,
} from "node:fs";
import { constants } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parse, parseDocument } from "yaml";

/** Where one stack of one program lives while it is in the sandbox. */
export interface Workspace {
  /** The program's folder. */
  readonly root: string;
  readonly stack: string;
  /** The folder of the local backend, which all stacks share. */
  readonly state: string;
  /** The stack's own folder: its account, its settings as the engine sees them, the last run's events. */
  readonly folder: string;
  /** The SQLite file of the simulated account. */
  readonly account: string;
  /** A copy of `Pulumi.<stack>.yaml`: the engine writes its encryption salt beside the settings. */
  readonly settings: string;
  /** What the engine said in the last run, an event a line. */
  readonly events: string;
  /** Settings that differ from the file for this run only. */
  readonly changes: readonly Change[];
}

/** A setting by its path below the project's name, such as `database.storageGb`, and the value it has for one run. */
export interface Change {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Reads `path=value`; the value is YAML. @throws Error for what has no `=`. */
export function parseChange(text: string): Change {
  const [path = "", ...rest] = text.split("=");
  if (path === "" || rest.length === 0) throw new Error(`--set takes path=value, got ${text}`);
  const value: unknown = parse(rest.join("="));
  return { path: path.split("."), value };
}

/**
 * Names the places. Nothing is made yet.
 * @param home where all of them lie; `.sandbox` in the program's folder unless somebody wants another.
 * @param changes settings that differ from the file.
 */
export function workspaceOf(
  root: string,
  stack: string,
  home = ".sandbox",
  changes: readonly Change[] = [],
): Workspace {
  const folder = resolve(root, home, stack);
  return {
    root,
    stack,
    state: resolve(root, home, "state"),
    folder,
    account: join(folder, "account.sqlite"),
    settings: join(folder, `Pulumi.${stack}.yaml`),
    events: join(folder, "events.jsonl"),
    changes,
  };
}

/**
 * Where relative paths of the program begin: its folder, or the one that `main` names or lies in:
 * https://www.pulumi.com/docs/iac/concepts/projects/project-file/#attributes
 */
export function programFolderOf({ root }: Workspace): string {
  const main: unknown = parseDocument(readFileSync(join(root, "Pulumi.yaml"), "utf8")).get("main");
  if (typeof main !== "string") return root;
  const path = resolve(root, main);
  const folder = isFolder(path) ? path : dirname(path);
  // The engine says it better where there is none.
  return isFolder(folder) ? folder : root;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** The region of providers that name none, found as the real provider finds it. Where it would find none, it is `us-east-1`. */
export function regionOf({ AWS_REGION, AWS_DEFAULT_REGION }: NodeJS.ProcessEnv): string {
  return AWS_REGION ?? AWS_DEFAULT_REGION ?? "us-east-1";
}

/** The region of the program's default provider: its own setting, or else as above. The copy of the settings must be there. */
export function defaultRegionOf({ settings }: Workspace): string {
  const region = parseDocument(readFileSync(settings, "utf8")).getIn(["config", "aws:region"]);
  return typeof region === "string" ? region : regionOf(process.env);
}

/**
 * The environment in which the engine uses the sandbox and nothing else: a local backend, no plugin downloads, no settings or
 * credentials of Pulumi, AWS or a cluster, whatever the caller's own environment holds. Flags given as `PULUMI_OPTION_…` stay, and whether the
 * engine writes its state after every step (`PULUMI_SKIP_CHECKPOINTS`).
 * @param providers value of `PULUMI_DEBUG_PROVIDERS`.
 */
export function environmentOf(
  { root, stack, state, settings }: Workspace,
  providers: string,
): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(AWS_|KUBE|PULUMI_(?!HOME$|OPTION_|EXPERIMENTAL$|SKIP_CHECKPOINTS$))/.test(name),
  );
  const pack = resolve(root, "policy-pack");
  return {
    ...(existsSync(pack) ? { PULUMI_OPTION_POLICY_PACK: pack } : {}),
    ...Object.fromEntries(own),
    AWS_REGION: regionOf(process.env),
    PULUMI_BACKEND_URL: `file://${state}`,
    PULUMI_CONFIG_PASSPHRASE: "sandbox",
    PULUMI_DEBUG_COMMANDS: "true",
    PULUMI_DEBUG_PROVIDERS: providers,
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_OPTION_CONFIG_FILE: settings,
    PULUMI_OPTION_STACK: stack,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

/**
 * A program without any settings has every stack: theirs are empty.
 * @throws Error where the folder holds no program, or the program has settings for other stacks only.
 */
function mustExist({ root, stack }: Workspace): void {
  if (!existsSync(join(root, "Pulumi.yaml")))
    throw new Error(`there is no Pulumi.yaml in ${root}: start the sandbox in a program's folder`);
  const stacks = readdirSync(root).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  if (stacks.length === 0 || stacks.includes(stack)) return;
  throw new Error(`there is no Pulumi.${stack}.yaml in ${root}: its stacks are ${stacks.join(", ")}`);
}

/**
 * Makes the folders, the stack in the local backend if it is new, and the copy of its settings. Can be repeated.
 * @returns true where the stack is new.
 * @throws Error for a stack that the program does not have; then nothing is made.
 */
export function prepare(workspace: Workspace, environment: NodeJS.ProcessEnv): boolean {
  mustExist(workspace);
  const { root, stack, folder, state } = workspace;
  mkdirSync(state, { recursive: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(resolve(root, "Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  const known = spawnSync("pulumi", ["stack", "export", "--stack", stack], {
    cwd: root,
    env: environment,
    stdio: "ignore",
  });
  if (known.error !== undefined)
    throw new Error(`pulumi does not start (${known.error.message}): \`make install\` brings it`);
  const isNew = known.status !== 0;
  if (isNew) {
    rmSync(workspace.settings, { force: true });
    const { PULUMI_OPTION_CONFIG_FILE: _, PULUMI_OPTION_STACK: __, ...plain } = environment;
    const made = spawnSync("pulumi", ["stack", "init", stack, "--cwd", folder], {
      env: plain,
      encoding: "utf8",
    });
    if (made.status !== 0) throw new Error(made.stderr);
  }
  copySettings(workspace);
  return isNew;
}

/**
 * Brings the copy of the settings up to date: the file, this run's changes, and the salt that the engine keeps there.
 * @throws Error for a file that is not YAML; the copy stays as it was.
 */
export function copySettings({ root, stack, settings, changes }: Workspace): void {
  const file = resolve(root, `Pulumi.${stack}.yaml`);
  const document = parseDocument(existsSync(file) ? readFileSync(file, "utf8") : "{}");
  const [mistake] = document.errors;
  if (mistake !== undefined) throw new Error(`${file}: ${mistake.message}`);
  const salt = existsSync(settings)
    ? parseDocument(readFileSync(settings, "utf8")).get("encryptionsalt")
    : undefined;
  if (salt !== undefined) document.set("encryptionsalt", salt);
  const project = String(parseDocument(readFileSync(resolve(root, "Pulumi.yaml"), "utf8")).get("name"));
  for (const { path, value } of changes) {
    const [section = "", ...rest] = path;
    document.setIn(["config", `${project}:${section}`, ...rest], value);
  }
  writeFileSync(settings, document.toString());
}

/** Runs a command to its end, its output going where ours goes. The copy of the settings follows the original meanwhile. */
export async function runInside(
  workspace: Workspace,
  environment: NodeJS.ProcessEnv,
  command: readonly string[],
): Promise<number> {
  const [program = "", ...args] = command;
  const source = resolve(workspace.root, `Pulumi.${workspace.stack}.yaml`);
  watchFile(source, { interval: 500, persistent: false }, () => {
    follow(workspace);
  });
  const child = spawn(program, args, { cwd: workspace.root, env: environment, stdio: "inherit" });
  // Ctrl-C reaches the whole group: the command ends by itself, and needs us until then.
  const wait = (): void => undefined;
  const passOn = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on("SIGINT", wait).on("SIGTERM", passOn);
  try {
    return await new Promise<number>((done, fail) => {
      child.on("error", ({ message }) => {
        fail(new Error(`${program} does not start (${message})`));
      });
      child.on("exit", (code, signal) => {
        done(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
      });
    });
  } finally {
    process.off("SIGINT", wait).off("SIGTERM", passOn);
    unwatchFile(source);
  }
}

/** An editor may save what is no YAML yet, or take the file away for a moment. */
function follow(workspace: Workspace): void {
  try {
    copySettings(workspace);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
  }
}
