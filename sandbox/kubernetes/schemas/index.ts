import type { CheckFailure, Properties } from "../../model.ts";
import { UNKNOWN, text } from "../../values.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import { servesKey } from "../server/objects.ts";
import { definedSchema } from "./defined.ts";
import { failuresOf, undeclaredIn } from "./failures.ts";
import type { SchemaError } from "./failures.ts";
import { packagedSchema } from "./packaged.ts";
import type { Validator } from "./packaged.ts";

/**
 * What the schema of an object's kind finds wrong with it: types, enumerations, what is required. Schemas are Kubernetes' own, those of
 * the packages for well-known custom resources, and those that definitions in the cluster carry.
 */
export function schemaFailures(cluster: Cluster, object: Properties): readonly CheckFailure[] {
  return failuresOf(object, errorsIn(cluster, object));
}

/** The keys that lead to each field that the schema of the object's kind does not declare. */
export function undeclaredFields(cluster: Cluster, object: Properties): readonly (readonly string[])[] {
  return undeclaredIn(errorsIn(cluster, object));
}

function errorsIn(cluster: Cluster, object: Properties): readonly SchemaError[] {
  const validate = schemaOf(cluster, text(object.apiVersion) ?? "", text(object.kind) ?? "");
  if (validate === undefined || Object.values(object).includes(UNKNOWN)) return [];
  return validate(object);
}

/** What the cluster itself has been told goes before what a package says. */
function schemaOf(cluster: Cluster, apiVersion: string, kind: string): Validator | undefined {
  const [definition] = namedIn(cluster, servesKey(`${apiVersion} ${kind}`));
  const own =
    definition === undefined ? undefined : definedSchema(definition.inputs, apiVersion.split("/")[1] ?? "");
  return own ?? packagedSchema(apiVersion, kind);
}
