import { parseAllDocuments } from "yaml";
import type { Properties } from "../model.ts";
import { Refusal } from "../model.ts";
import { isRecord, text } from "../values.ts";
import { builtInKind } from "./kinds.ts";

type Answer = (args: Properties) => Properties;

/** The objects in a text, as the SDK's `yaml.ConfigFile` and `yaml.ConfigGroup` ask for them. @throws Refusal for what is no YAML. */
function decode(args: Properties): Properties {
  const documents = [...parseAllDocuments(text(args.text) ?? "")];
  const [mistake] = documents.flatMap(({ errors }) => errors);
  if (mistake !== undefined) throw new Refusal("InvalidYaml", `failed to decode YAML: ${mistake.message}`);
  const objects = documents.map((document): unknown => document.toJS()).filter(isRecord);
  return { result: objects.map((object) => placed(object, text(args.defaultNamespace))) };
}

/** An object without a namespace goes to the one that is given, if it goes to any. */
function placed(object: Properties, namespace: string | undefined): Properties {
  const metadata = isRecord(object.metadata) ? object.metadata : {};
  if (namespace === undefined || metadata.namespace !== undefined || isClusterWide(object)) return object;
  return { ...object, metadata: { ...metadata, namespace } };
}

function isClusterWide({ apiVersion, kind }: Properties): boolean {
  const version = text(apiVersion) ?? "";
  const group = version.includes("/") ? version.replace(/\/.*$/, "") : "";
  return builtInKind(group, text(kind) ?? "")?.namespaced === false;
}

function notRendered(token: string): Answer {
  return () => {
    throw new Refusal(
      "UnsupportedInvoke",
      `the sandbox does not render charts or overlays, which ${token} asks for: use kubernetes:helm.sh/v3:Release or the kinds themselves`,
    );
  };
}

const rendering = ["kubernetes:helm:template", "kubernetes:kustomize:directory"];

/** The provider's functions, by token. */
export const functions: ReadonlyMap<string, Answer> = new Map([
  ["kubernetes:yaml:decode", decode],
  ...rendering.map((token) => [token, notRendered(token)] as const),
]);
