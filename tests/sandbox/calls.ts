import type { ServiceError } from "@grpc/grpc-js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import type { Properties } from "../../sandbox/model.ts";

type Reply = (error: ServiceError | null, response: unknown) => void;

/** Asks a server, and waits for its answer. */
export function call(start: (reply: Reply) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    start((error, response) => {
      if (error === null) resolve(response);
      else reject(error);
    });
  });
}

/** The id and the properties of what was made. */
export function madeOf(response: unknown): Properties {
  if (!(response instanceof proto.CreateResponse)) throw new Error("nothing was made");
  return { id: response.getId(), ...response.getProperties()?.toJavaScript() };
}

/** The error that a call ends with. */
export async function failure(attempt: Promise<unknown>): Promise<ServiceError> {
  const error: unknown = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isServiceError(error)) return error;
  throw new Error("the call did not fail");
}

function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && "details" in error && "metadata" in error;
}
