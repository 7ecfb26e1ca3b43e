import { parseAllDocuments } from "yaml";
import type { Tags } from "yaml";
import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isRecord } from "../../values.ts";

/** Times and base 60 are texts. */
function withoutTimes(tags: Tags): Tags {
  return tags.filter(
    (tag) => typeof tag === "string" || (tag.format !== "TIME" && tag.tag !== "tag:yaml.org,2002:timestamp"),
  );
}

/**
 * The documents of a text as Kubernetes' tools read them, which is YAML 1.1: `0644` is octal, `yes` is true, and `<<` merges
 * (https://pkg.go.dev/sigs.k8s.io/yaml). @throws Refusal for what is no YAML
 */
export function decode(source: string): readonly Properties[] {
  const documents = [...parseAllDocuments(source, { schema: "yaml-1.1", customTags: withoutTimes })];
  const [mistake] = documents.flatMap(({ errors }) => errors);
  if (mistake !== undefined) throw new Refusal("InvalidYaml", `failed to decode YAML: ${mistake.message}`);
  return documents.map((document): unknown => document.toJS()).filter(isRecord);
}
