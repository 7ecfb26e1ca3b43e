import type * as grpc from "@grpc/grpc-js";
import type * as analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import type * as analyzerService from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type * as language from "@pulumi/pulumi/proto/language_pb.js";
import type * as languageService from "@pulumi/pulumi/proto/language_grpc_pb.js";
import type * as plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import type * as empty from "google-protobuf/google/protobuf/empty_pb.js";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What the host loads from the project it serves, typed by specifier. */
interface SdkRequire {
  (id: "./package.json"): { readonly version: string };
  (id: "@grpc/grpc-js"): typeof grpc;
  (id: "./proto/analyzer_pb.js"): typeof analyzer;
  (id: "./proto/analyzer_grpc_pb.js"): typeof analyzerService;
  (id: "./proto/language_pb.js"): typeof language;
  (id: "./proto/language_grpc_pb.js"): typeof languageService;
  (id: "./proto/plugin_pb.js"): typeof plugin;
  (id: "google-protobuf/google/protobuf/empty_pb.js"): typeof empty;
}

/** Absolute path of a module as the code in `directory` would resolve it. */
export function locate(module: string, directory: string): string {
  try {
    return createRequire(join(directory, "package.json")).resolve(module);
  } catch {
    throw new Error(`${module} is not installed in ${directory}: run npm ci there first`);
  }
}

/**
 * Requires as `@pulumi/pulumi` itself does. The host has no dependencies of its own: messages, service definitions and
 * gRPC must be the one copy that the generated code was linked with, and the host outlives any checkout it serves.
 */
export const sdk: SdkRequire = createRequire(locate("@pulumi/pulumi/package.json", process.cwd()));

/** The largest message the engine sends or takes, in bytes: the same as the engine's own limit. */
export const maxMessageBytes = 400 * 1024 * 1024;
