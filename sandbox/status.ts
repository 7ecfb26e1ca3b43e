import grpc from "@grpc/grpc-js";
import type { ServiceError } from "@grpc/grpc-js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import type { Message } from "google-protobuf";
import status from "@pulumi/pulumi/proto/status_pb.js";

/** A message of the engine's protocol that says more of an error than its text. */
export interface Details {
  /** Full name, such as `pulumirpc.ErrorResourceInitFailed`. */
  readonly type: string;
  readonly message: Message;
}

/** An error with details, where gRPC carries them: https://grpc.io/docs/guides/error/#richer-error-model */
export function statusOf(code: grpc.status, text: string, { type, message }: Details): Partial<ServiceError> {
  const packed = new any.Any();
  packed.pack(message.serializeBinary(), type);
  const full = new status.Status().setCode(code).setMessage(text);
  full.addDetails(packed);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(full.serializeBinary()));
  return { code, details: text, metadata };
}
