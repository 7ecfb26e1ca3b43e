import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import type {
  CheckRequest,
  CreateRequest,
  ReadRequest,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import type { Properties } from "../model.ts";
import { UNKNOWN, hexOf } from "../values.ts";
import { fromMessage, toMessage } from "./engine-values.ts";
import { unary } from "./serve.ts";

const type = "eks:index:RandomSuffix";

/** @throws Error for anything else of the package: the rest of it are components. */
function nameOf(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  if (types.split("$").at(-1) === type) return name;
  throw new Error(`unknown resource type ${types}`);
}

/** The suffix is the resource's own and never changes. */
function suffixed(urn: string, { input }: Properties, preview: boolean): Properties {
  return { output: preview ? UNKNOWN : `${String(input)}-${hexOf(urn, 8)}` };
}

/**
 * The one resource of the package `eks` that is no component: the name of the stack in which a node group is. It is nothing at AWS, so
 * the account does not hold it.
 */
export const randomSuffixes: UntypedServiceImplementation = {
  check: unary((request: CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),
  diff: unary(() => new proto.DiffResponse()),
  create: unary((request: CreateRequest) => {
    const outputs = suffixed(request.getUrn(), fromMessage(request.getProperties()), request.getPreview());
    return new proto.CreateResponse().setId(nameOf(request.getUrn())).setProperties(toMessage(outputs));
  }),
  read: unary((request: ReadRequest) =>
    new proto.ReadResponse()
      .setId(request.getId())
      .setInputs(request.getInputs())
      .setProperties(request.getProperties()),
  ),
  update: unary((request: UpdateRequest) => {
    const outputs = suffixed(request.getUrn(), fromMessage(request.getNews()), request.getPreview());
    return new proto.UpdateResponse().setProperties(toMessage(outputs));
  }),
  delete: unary(() => new empty.Empty()),
};
