import type { Properties } from "../model.ts";
import { UNKNOWN, at as valueAt, hasUnknown, isRecord, list, text } from "../values.ts";
import { ComponentError, shape, shapeOfText } from "./arguments.ts";
import { isSecret, secret } from "./engine-values.ts";
import { child, isNode, keyOf, kind as nodeKind } from "./plan.ts";
import type { Child, Expansion } from "./plan.ts";

/** Asks a function of the component's provider. */
export type Ask = (token: string, args: Properties) => Promise<Properties>;

/** The components that make a resource of each object in manifests, a chart or an overlay. */
export const manifestTypes = [
  "kubernetes:helm.sh/v4:Chart",
  "kubernetes:kustomize/v2:Directory",
  "kubernetes:yaml/v2:ConfigFile",
  "kubernetes:yaml/v2:ConfigGroup",
] as const;

/**
 * The arguments of such a component with its objects under `objects`: only its provider knows the cluster that a chart is rendered for, and
 * where objects go that name no namespace. Without them where not all is known: then nobody can tell what there will be.
 */
export async function withObjects(
  type: string,
  name: string,
  args: Properties,
  ask: Ask,
): Promise<Properties> {
  const known = plain(args);
  if (hasUnknown(known)) return args;
  const { objects, mistake } = await ask("kubernetes:sandbox:objects", { type, name, args: known });
  if (typeof mistake === "string") throw new ComponentError(mistake);
  return { ...args, objects };
}

/** The values alone, of which the real components keep neither where they come from nor that they are secret. */
function plain(value: unknown): unknown {
  if (isNode(value)) return value[nodeKind] === "given" ? plain(value.value) : UNKNOWN;
  if (isSecret(value)) return plain(value.value);
  if (Array.isArray(value)) return value.map(plain);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

/**
 * What these components of `@pulumi/kubernetes` 4 make of their objects, in whose namespaces the names begin:
 * https://www.pulumi.com/registry/packages/kubernetes/api-docs/yaml/v2/configgroup/
 */
export function expandManifests(name: string, args: Properties): Expansion {
  if (args.objects === undefined) return { children: [], outputs: {}, keepsOutputs: true };
  const prefix = shapeOfText(args.resourcePrefix) ?? name;
  const isHurried = shape(args.skipAwait) === true;
  const objects = list(args.objects).filter(isRecord);
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
  const name = nameIn(object);
  return {
    type: `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`,
    name: prefix === "" ? name : `${prefix}:${name}`,
    inputs: `${apiVersion} ${kind}` === "v1 Secret" ? guarded(object) : object,
    ...(annotation(object, "helm.sh/resource-policy") === "keep" && { retainOnDelete: true }),
  };
}

/** An object's name, after its namespace if it has one. */
function nameIn(object: Properties): string {
  const [namespace, name] = ["namespace", "name"].map((field) => text(valueAt(object.metadata, field)));
  return [...(namespace === undefined ? [] : [namespace]), name].join("/");
}

/** What a Secret holds is secret, also where it was written down in a manifest. */
function guarded(object: Properties): Properties {
  const { data, stringData } = object;
  return {
    ...object,
    ...(data !== undefined && { data: secret(data) }),
    ...(stringData !== undefined && { stringData: secret(stringData) }),
  };
}

function annotation(object: Properties, name: string): unknown {
  const annotations = valueAt(object, "metadata.annotations");
  return isRecord(annotations) ? annotations[name] : undefined;
}

/**
 * Namespaces come before what lies in them, definitions before what is of their kind, and what an annotation names before the object:
 * https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/object/graph/depends.go
 */
function neededBy({ inputs }: Child, all: readonly Child[]): NonNullable<Child["dependsOn"]> {
  const group = groupOf(inputs);
  const named = new Set(
    (text(annotation(inputs, "config.kubernetes.io/depends-on")) ?? "")
      .split(",")
      .map((reference) => reference.trim()),
  );
  const needed = all.filter(({ inputs: other }) => {
    if (named.has(referenceTo(other))) return true;
    if (other.kind === "Namespace")
      return valueAt(other, "metadata.name") === valueAt(inputs, "metadata.namespace");
    if (other.kind !== "CustomResourceDefinition") return false;
    return valueAt(other, "spec.group") === group && valueAt(other, "spec.names.kind") === inputs.kind;
  });
  return needed.map(keyOf);
}

function groupOf({ apiVersion }: Properties): string {
  const [group = "", version] = (text(apiVersion) ?? "").split("/");
  return version === undefined ? "" : group;
}

/** An object as that annotation names it: https://kubectl.docs.kubernetes.io/references/kustomize/ */
function referenceTo(object: Properties): string {
  const [namespace, name] = ["namespace", "name"].map((field) => text(valueAt(object.metadata, field)));
  const place = namespace === undefined ? "" : `namespaces/${namespace}/`;
  return `${groupOf(object)}/${place}${String(object.kind)}/${name ?? ""}`;
}
