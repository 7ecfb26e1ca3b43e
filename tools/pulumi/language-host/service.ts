import type { handleServerStreamingCall, handleUnaryCall, ServerWritableStream } from "@grpc/grpc-js";
import type { ILanguageRuntimeServer } from "@pulumi/pulumi/proto/language_grpc_pb.js";
import { interruptAll } from "./children.ts";
import { installDependencies, programDependencies, about } from "./project.ts";
import { installedPackages, requiredPlugins } from "./packages.ts";
import { runPlugin } from "./plugin.ts";
import type { Cancellable } from "./program.ts";
import { runProgram } from "./program.ts";
import { sdk } from "./sdk.ts";

const grpc = sdk("@grpc/grpc-js");
const language = sdk("./proto/language_pb.js");
const { PluginInfo } = sdk("./proto/plugin_pb.js");
const { Empty } = sdk("google-protobuf/google/protobuf/empty_pb.js");
const { version } = sdk("./package.json");

/** The calls that are answered; gRPC answers all others with UNIMPLEMENTED, which the engine understands. */
type Answered =
  | "about"
  | "cancel"
  | "getPluginInfo"
  | "getProgramDependencies"
  | "getRequiredPackages"
  | "handshake"
  | "installDependencies"
  | "run"
  | "runPlugin"
  | "runtimeOptionsPrompts"
  | "template";

/**
 * Pulumi's LanguageRuntime service for Node: what runs programs and policy packs for the engine. Generating code (`pulumi
 * import`'s suggestion, `pulumi package add`) and attaching a debugger are left to Pulumi's own host.
 */
export function languageRuntime(engineAddress: string): Pick<ILanguageRuntimeServer, Answered> {
  let engine = engineAddress;
  return {
    handshake: answer((request) => {
      engine = request.getEngineAddress();
      return new language.LanguageHandshakeResponse();
    }),
    getPluginInfo: answer(() => new PluginInfo().setVersion(version)),
    getRequiredPackages: answer((request) => {
      const directory = request.getInfo()?.getProgramDirectory() ?? process.cwd();
      const plugins = requiredPlugins(installedPackages(directory));
      return new language.GetRequiredPackagesResponse().setPackagesList([...plugins]);
    }),
    run: answer((request, call) => runProgram(request, engine, call)),
    runPlugin: stream(runPlugin),
    cancel: answer(() => {
      interruptAll();
      return new Empty();
    }),
    about: answer(about),
    getProgramDependencies: answer(programDependencies),
    installDependencies: stream(installDependencies),
    runtimeOptionsPrompts: answer(() => new language.RuntimeOptionsResponse()),
    template: answer(() => new language.TemplateResponse()),
  };
}

function answer<Request, Response>(
  handle: (request: Request, call: Cancellable) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, reply) => {
    const answering = async (): Promise<Response> => handle(call.request, call);
    answering().then(
      (response) => {
        reply(null, response);
      },
      (error: unknown) => {
        reply(failure(error));
      },
    );
  };
}

function stream<Request, Response>(
  handle: (call: ServerWritableStream<Request, Response>) => Promise<void>,
): handleServerStreamingCall<Request, Response> {
  return (call) => {
    handle(call).then(
      () => call.end(),
      (error: unknown) => call.destroy(failure(error)),
    );
  };
}

function failure(error: unknown): Error & { readonly code: number; readonly details: string } {
  const details = error instanceof Error ? error.message : String(error);
  return Object.assign(new Error(details), { code: grpc.status.UNKNOWN, details });
}
