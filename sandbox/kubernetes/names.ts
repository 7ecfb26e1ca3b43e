import type { Awaitable } from "../answers.ts";
import { upon } from "../answers.ts";
import type { Properties, Subject } from "../model.ts";
import { Refusal } from "../model.ts";
import { at, text } from "../values.ts";
import type { Address, ClusterApi, Resource } from "./api.ts";

/** A type token, read. */
export interface Type {
  /** As manifests write it: `v1`, `apps/v1`. */
  readonly apiVersion: string;
  readonly kind: string;
}

/** Reads `kubernetes:apps/v1:Deployment`. @throws Refusal when it is not of that form. */
export function typeOf({ token, name }: Subject): Type {
  const [, module = "", kind = ""] = token.split(":");
  const [group, version] = module.split("/");
  if (group === undefined || version === undefined || kind === "") {
    throw new Refusal(
      "BadRequest",
      `apiVersion does not have both a group and a version: "${module}", in ${token}, which "${name}" is`,
    );
  }
  return { apiVersion: group === "core" ? version : module, kind };
}

/** The opposite. */
export function tokenOf({ apiVersion, kind }: Type): string {
  return `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
}

/** The kind of a resource in this cluster. @throws Refusal for what is no kind there: lists, mistakes. */
export function resourceOfType(
  api: ClusterApi,
  subject: Subject,
): Awaitable<Type & { readonly resource: Resource }> {
  const type = typeOf(subject);
  return upon(api.discover(type.apiVersion, type.kind), (resource) => {
    if (resource === undefined) throw unsupported(type, subject);
    return { ...type, resource };
  });
}

function unsupported({ kind }: Type, { token, name }: Subject): Refusal {
  if (kind.endsWith("List")) {
    return new Refusal(
      "UnsupportedType",
      `list resources exist for compatibility with YAML manifests and Helm charts, and cannot be created directly. Use the underlying resource type instead: ${token}, which "${name}" is`,
    );
  }
  return new Refusal("UnsupportedType", `the sandbox does not simulate ${token}, which "${name}" is`);
}

/** `namespace/name`, or the name alone: https://github.com/pulumi/pulumi-kubernetes/blob/master/provider/pkg/provider/util.go */
export function idOf(object: Properties): string {
  const namespace = text(at(object, "metadata.namespace"));
  const name = text(at(object, "metadata.name")) ?? "";
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Which object of a type has this id. */
export function addressOfId({ apiVersion, kind }: Type, id: string): Address {
  const [first = "", ...rest] = id.split("/");
  return rest.length === 0
    ? { apiVersion, kind, namespace: undefined, name: first }
    : { apiVersion, kind, namespace: first, name: rest.join("/") };
}
