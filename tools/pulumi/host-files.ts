import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

const source = join(import.meta.dirname, "language-host");

/**
 * What the engine starts. It knows no checkout, since it serves all that have this version: the program's own Node, where it
 * has one, is found from the folder it is started in. The compiled forms of the host, the SDKs and the program are kept, which
 * saves half a second in every process.
 */
const launcher = `#!/bin/sh
here="$(dirname -- "$(readlink -f -- "$0")")/language-host"
folder="$PWD"
until [ "$folder" = / ] || [ -x "$folder/node_modules/.bin/node" ]; do folder="$(dirname -- "$folder")"; done
export PATH="$folder/node_modules/.bin:$PATH"
export NODE_COMPILE_CACHE="\${NODE_COMPILE_CACHE:-$here.cache}"
exec node "$here/main.ts" "$@"
`;

/** Puts the language host into the CLI's folder, unless what is there is the same. */
export function installHost(bin: string): void {
  mkdirSync(bin, { recursive: true });
  const target = join(bin, "language-host");
  if (contents(target) !== contents(source)) {
    const partial = `${target}.partial`;
    rmSync(partial, { recursive: true, force: true });
    cpSync(source, partial, { recursive: true });
    rmSync(target, { recursive: true, force: true });
    renameSync(partial, target);
  }
  const command = join(bin, "pulumi-language-nodejs");
  writeFileSync(`${command}.partial`, launcher);
  chmodSync(`${command}.partial`, 0o755);
  renameSync(`${command}.partial`, command);
}

/** Every file with its text, as one comparable string; empty where there is no such folder. */
function contents(directory: string): string {
  try {
    const files = readdirSync(directory).sort();
    return JSON.stringify(files.map((file) => [file, readFileSync(join(directory, file), "utf8")]));
  } catch {
    return "";
  }
}
