import { createRequire } from "node:module";
import { isRecord } from "./values.ts";

const load = createRequire(import.meta.url);

function installed(name: string): string {
  const manifest: unknown = load(`@pulumi/${name}/package.json`);
  return isRecord(manifest) && typeof manifest.version === "string" ? manifest.version : "0.0.0";
}

/** The versions of the provider SDKs that are installed: the sandbox says that it is these providers. */
export const packageVersions = {
  aws: installed("aws"),
  awsApigateway: installed("aws-apigateway"),
  awsx: installed("awsx"),
  docker: installed("docker"),
  dockerBuild: installed("docker-build"),
  eks: installed("eks"),
  kubernetes: installed("kubernetes"),
  random: installed("random"),
  syncedFolder: installed("synced-folder"),
  tls: installed("tls"),
};
