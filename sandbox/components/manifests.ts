import { globSync, readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import type { Properties } from "../model.ts";
import { UNKNOWN, at as valueAt, isRecord, list, text } from "../values.ts";
import { ComponentError, shape, shapeOfList, shapeOfText } from "./arguments.ts";
import { child, keyOf } from "./plan.ts";
import type { Child, Expansion } from "./plan.ts";

/** The kinds that lie in no namespace, of those that manifests have most: https://kubernetes.io/docs/reference/kubernetes-api/ */
const clusterWide: ReadonlySet<string> = new Set([
  ...["APIService", "ClusterRole", "ClusterRoleBinding", "CSIDriver", "CustomResourceDefinition"],
  ...["IngressClass", "MutatingWebhookConfiguration", "Namespace", "Node", "PersistentVolume"],
  ...["PriorityClass", "RuntimeClass", "StorageClass", "ValidatingAdmissionPolicy"],
  ...["ValidatingAdmissionPolicyBinding", "ValidatingWebhookConfiguration"],
]);

/** What `kubernetes.yaml.v2.ConfigGroup` 4 makes: https://www.pulumi.com/registry/packages/kubernetes/api-docs/yaml/v2/configgroup/ */
export function expandConfigGroup(name: string, args: Properties): Expansion {
  const texts = [...filesOf(args.files).map(contentOf), textOf(args.yaml)];
  const given = (shapeOfList(args.objs) ?? []).map(shape).filter(isRecord);
  return expandObjects(name, args, [...texts.flatMap(objectsIn), ...given]);
}

/** What `kubernetes.yaml.v2.ConfigFile` 4 makes: https://www.pulumi.com/registry/packages/kubernetes/api-docs/yaml/v2/configfile/ */
export function expandConfigFile(name: string, args: Properties): Expansion {
  return expandObjects(name, args, objectsIn(contentOf(textOf(args.file))));
}

function textOf(value: unknown): string {
  const known = shapeOfText(value) ?? "";
  return known === UNKNOWN ? "" : known;
}

/** Paths and patterns, in the program's folder. */
function filesOf(files: unknown): readonly string[] {
  const patterns = [textOf(files), ...(shapeOfList(files) ?? []).map(textOf)].filter((path) => path !== "");
  return patterns.flatMap((pattern) => (/[*?[{]/.test(pattern) ? globSync(pattern).sort() : [pattern]));
}

function contentOf(path: string): string {
  if (path === "") return "";
  if (/^https?:/.test(path)) throw new ComponentError(`the sandbox has no network: ${path} cannot be read`);
  return readFileSync(path, "utf8");
}

/** The objects of a text, those in lists included. */
function objectsIn(source: string): readonly Properties[] {
  const documents = [...parseAllDocuments(source)];
  const [mistake] = documents.flatMap(({ errors }) => errors);
  if (mistake !== undefined) throw new ComponentError(`unable to parse YAML: ${mistake.message}`);
  const objects = documents.map((document): unknown => document.toJS()).filter(isRecord);
  return objects.flatMap((object) =>
    text(object.kind)?.endsWith("List") === true ? list(object.items).filter(isRecord) : [object],
  );
}

function expandObjects(name: string, args: Properties, objects: readonly Properties[]): Expansion {
  const prefix = shapeOfText(args.resourcePrefix) ?? name;
  const isHurried = shape(args.skipAwait) === true;
  const children = objects.map((object) => childFor(prefix, isHurried ? unawaited(object) : object));
  return {
    children: children.map((one) => ({ ...one, dependsOn: neededBy(one, children) })),
    outputs: { resources: children.map((one) => child(keyOf(one))) },
    keepsOutputs: true,
  };
}

/** https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/#pulumi-kubernetes-annotations */
function unawaited(object: Properties): Properties {
  const metadata = isRecord(object.metadata) ? object.metadata : {};
  const annotations = isRecord(metadata.annotations) ? metadata.annotations : {};
  return {
    ...object,
    metadata: { ...metadata, annotations: { ...annotations, "pulumi.com/skipAwait": "true" } },
  };
}

function childFor(prefix: string, object: Properties): Child {
  const [apiVersion, kind] = [text(object.apiVersion) ?? "", text(object.kind) ?? ""];
  const name = text(valueAt(object, "metadata.name"));
  if (name === undefined)
    throw new ComponentError("YAML object is invalid: expected a non-empty `.metadata.name` string");
  const namespace = clusterWide.has(kind) ? "" : `${namespaceOf(object)}/`;
  return {
    type: `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`,
    name: `${prefix}:${namespace}${name}`,
    inputs: object,
  };
}

function namespaceOf(object: unknown): string {
  return text(valueAt(object, "metadata.namespace")) ?? "default";
}

/** Namespaces and definitions of the same group come before what lies in them or is of their kind. */
function neededBy({ inputs, type }: Child, all: readonly Child[]): NonNullable<Child["dependsOn"]> {
  const needed = all.filter((other) => {
    if (other.inputs.kind === "Namespace")
      return (
        !clusterWide.has(String(inputs.kind)) &&
        valueAt(other.inputs, "metadata.name") === namespaceOf(inputs)
      );
    const spec = other.inputs.kind === "CustomResourceDefinition" ? other.inputs.spec : undefined;
    return type.startsWith(`kubernetes:${text(valueAt(spec, "group")) ?? " "}/`);
  });
  return needed.map(keyOf);
}
