import type { ServerWritableStream } from "@grpc/grpc-js";
import type {
  AboutRequest,
  AboutResponse,
  GetProgramDependenciesRequest,
  GetProgramDependenciesResponse,
  InstallDependenciesRequest,
  InstallDependenciesResponse,
  ProgramInfo,
} from "@pulumi/pulumi/proto/language_pb.js";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ended, interrupt, start } from "./children.ts";
import type { Manifest } from "./packages.ts";
import { installedPackages, readManifest } from "./packages.ts";
import { describeEnding } from "./program.ts";
import { sdk } from "./sdk.ts";

const language = sdk("./proto/language_pb.js");

const directoryOf = (info: ProgramInfo | undefined): string => info?.getProgramDirectory() ?? process.cwd();

/** What `pulumi about` says of the language: the Node that runs programs, and the compiler beside them. */
export function about(request: AboutRequest): AboutResponse {
  const response = new language.AboutResponse().setExecutable(process.execPath).setVersion(process.version);
  response.getMetadataMap().set("packagemanager", "npm");
  const typescript = readManifest(join(directoryOf(request.getInfo()), "node_modules", "typescript"));
  if (typescript !== undefined) response.getMetadataMap().set("typescriptVersion", typescript.version);
  return response;
}

/** The packages of a program with their installed versions: those its package.json names, or all of them. */
export function programDependencies(request: GetProgramDependenciesRequest): GetProgramDependenciesResponse {
  const directory = directoryOf(request.getInfo());
  const packages = request.getTransitivedependencies()
    ? installedPackages(directory)
    : directDependencies(directory);
  const list = packages.map(({ name, version }) =>
    new language.DependencyInfo().setName(name).setVersion(version),
  );
  return new language.GetProgramDependenciesResponse().setDependenciesList(list);
}

function directDependencies(directory: string): readonly Manifest[] {
  const manifest = readManifest(directory);
  return Object.keys({ ...manifest?.dependencies, ...manifest?.devDependencies }).flatMap((name) => {
    const installed = readManifest(join(directory, "node_modules", name));
    return installed === undefined ? [] : [installed];
  });
}

/** Installs what the program needs with npm: exactly the lock file where there is one. */
export async function installDependencies(
  call: ServerWritableStream<InstallDependenciesRequest, InstallDependenciesResponse>,
): Promise<void> {
  const cwd = directoryOf(call.request.getInfo());
  const command = existsSync(join(cwd, "package-lock.json")) ? "ci" : "install";
  const npm = start("npm", [command], { cwd, stdio: ["ignore", "pipe", "pipe"] });
  npm.stdout?.on("data", (chunk: Buffer) =>
    call.write(new language.InstallDependenciesResponse().setStdout(chunk)),
  );
  npm.stderr?.on("data", (chunk: Buffer) =>
    call.write(new language.InstallDependenciesResponse().setStderr(chunk)),
  );
  call.once("cancelled", () => {
    interrupt(npm);
  });
  const ending = await ended(npm);
  if (ending.code !== 0) throw new Error(`npm ${command} in ${cwd}: ${describeEnding(ending)}`);
}
