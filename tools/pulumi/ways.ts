import { join } from "node:path";

/** What getting the CLI needs from the machine it is for; the tests hand over machines that lack something. */
export interface Machine {
  /** The version of the installed SDK, which the CLI must have too. */
  readonly version: string;
  /** Where the npm package `pulumi` looks for the CLI before it downloads it. */
  readonly bin: string;
  /** The version an executable reports, or nothing where there is none that runs. */
  readonly versionOf: (executable: string) => string | undefined;
  /** A CLI on the PATH that has its Node language host with it; npm's launchers do not count. */
  readonly findOnPath: () => { readonly cli: string; readonly host: string } | undefined;
  /** Makes `bin` lead to a CLI that is elsewhere. */
  readonly link: (found: { readonly cli: string; readonly host: string }) => void;
  /** Downloads the official CLI, with its language hosts, into `bin`. */
  readonly download: () => Promise<void>;
  /** Builds the CLI, without a language host, into `bin`. */
  readonly build: () => Promise<void>;
  /** True where `bin` has a language host that is not ours. */
  readonly hasOfficialHost: () => boolean;
  /** Puts our language host beside the CLI in `bin`, or brings it up to date. */
  readonly installHost: () => void;
  readonly say: (line: string) => void;
}

/** Gets the CLI the cheapest way that works, and says in one line which way that was. Does nothing twice. */
export async function getCli(machine: Machine): Promise<string> {
  const { bin, version } = machine;
  if (machine.versionOf(join(bin, "pulumi")) === version) {
    if (!machine.hasOfficialHost()) machine.installHost();
    return `pulumi ${version}: already in ${bin}`;
  }

  const found = machine.findOnPath();
  if (found !== undefined && machine.versionOf(found.cli) === version) {
    machine.link(found);
    return `pulumi ${version}: the one on the PATH, ${found.cli}`;
  }

  const refusal = await tried(machine.download);
  if (refusal === undefined) return `pulumi ${version}: downloaded to ${bin}`;
  machine.say(
    `pulumi ${version}: cannot be downloaded (${refusal}), so it is built: about three minutes, once`,
  );

  const failure = await tried(machine.build);
  if (failure !== undefined) throw new Error(remedy(version, refusal, failure));
  machine.installHost();
  return `pulumi ${version}: built from its Go module into ${bin}`;
}

/** Nothing when it worked, else why it did not. */
async function tried(way: () => Promise<void>): Promise<string | undefined> {
  try {
    await way();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function remedy(version: string, refusal: string, failure: string): string {
  return [
    `pulumi ${version} can be neither downloaded (${refusal}) nor built (${failure}). Install one of:`,
    `  Pulumi CLI ${version}  https://www.pulumi.com/docs/install/versions/`,
    "  Go 1.25 or newer    https://go.dev/dl/",
    "and run this again.",
  ].join("\n");
}
