import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { text } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { builtInKind } from "../kinds.ts";
import { keysOf, namespaceExists } from "./objects.ts";

/** Makes the namespace of a release where it asks for that. @throws Refusal where the namespace is missing. */
export function makeNamespace(cluster: Cluster, inputs: Properties): void {
  const name = text(inputs.namespace) ?? "";
  if (namespaceExists(cluster, name)) return;
  if (inputs.createNamespace !== true) {
    throw new Refusal("NotFound", `create: failed to create: namespaces "${name}" not found`);
  }
  const kind = builtInKind("", "Namespace");
  if (kind === undefined) return;
  const { account, scope } = cluster;
  const body = { apiVersion: "v1", kind: "Namespace", metadata: { name, labels: { name } } };
  account.put({
    scope,
    token: "kubernetes:core/v1:Namespace",
    id: name,
    urn: "",
    inputs: body,
    state: body,
    keys: keysOf(kind, name, body),
  });
}
