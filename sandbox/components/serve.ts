import grpc from "@grpc/grpc-js";
import type {
  ServerUnaryCall,
  ServiceError,
  UntypedServiceImplementation,
  sendUnaryData,
} from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import errors from "@pulumi/pulumi/proto/errors_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import type {
  CallRequest,
  CheckRequest,
  ConstructRequest,
  InvokeRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import type { Properties } from "../model.ts";
import { statusOf } from "../status.ts";
import { ComponentError } from "./arguments.ts";
import { callMethod } from "./call.ts";
import { constructComponent } from "./construct.ts";
import { fromMessage, toMessage } from "./engine-values.ts";
import { answerFunction } from "./functions.ts";

type Answer<Request, Response> = (request: Request) => Response | Promise<Response>;

/**
 * A package of remote components as the engine's `ResourceProvider` service. It keeps nothing between calls, so one serves every
 * engine. What it leaves out, such as Create, the engine is told is not implemented.
 * @param ask asks the account in the default region, for the package's own functions. @default they cannot be asked
 */
export function componentService(
  packageName: string,
  version: string,
  ask?: (token: string, args: Properties) => Properties,
): UntypedServiceImplementation {
  return {
    handshake: unary(() =>
      new proto.ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setAcceptResources(true)
        .setAcceptOutputs(true),
    ),
    attach: unary(() => new empty.Empty()),
    cancel: unary(() => new empty.Empty()),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),
    getSchema: unary(() => new proto.GetSchemaResponse().setSchema("{}")),
    checkConfig: unary((request: CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),
    diffConfig: unary(() => new proto.DiffResponse().setChanges(proto.DiffResponse.DiffChanges.DIFF_NONE)),
    configure: unary(() =>
      new proto.ConfigureResponse().setAcceptsecrets(true).setAcceptresources(true).setAcceptoutputs(true),
    ),
    invoke: unary(async (request: InvokeRequest) => {
      const answer = await answerFunction(request.getTok(), fromMessage(request.getArgs()), ask);
      return new proto.InvokeResponse().setReturn(toMessage(answer));
    }),
    ...constructing(packageName),
  };
}

/** The components of a package, which may have resources of its own beside them. */
export function constructing(packageName: string): UntypedServiceImplementation {
  return {
    construct: unary((request: ConstructRequest) => {
      if (request.getType().startsWith(`${packageName}:`)) return constructComponent(request);
      throw new Error(`${request.getType()} is not a component of ${packageName}`);
    }),
    call: unary((request: CallRequest) => callMethod(request)),
  };
}

/** Answers one kind of call, with what it fails with as the engine prints it best. */
export function unary<Request, Response>(answer: Answer<Request, Response>) {
  return ({ request }: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>): void => {
    Promise.resolve(request)
      .then(answer)
      .then(
        (response) => {
          reply(null, response);
        },
        (error: unknown) => {
          reply(asStatus(error));
        },
      );
  };
}

/** An error as the engine prints it best: with the arguments at fault, where the component names them. */
function asStatus(error: unknown): Partial<ServiceError> {
  const details = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ComponentError) || error.properties.length === 0)
    return { code: grpc.status.UNKNOWN, details };
  const listed = new errors.InputPropertiesError();
  for (const { path, reason } of error.properties) {
    listed.addErrors(new errors.InputPropertiesError.PropertyError().setPropertyPath(path).setReason(reason));
  }
  return statusOf(grpc.status.INVALID_ARGUMENT, details, {
    type: "pulumirpc.InputPropertiesError",
    message: listed,
  });
}
