import { Ajv } from "ajv";
import type { Properties } from "../../model.ts";
import { at, isRecord, list } from "../../values.ts";
import type { Validator } from "./packaged.ts";
import { isSchemaError } from "./failures.ts";

const ajv = new Ajv({ allErrors: true, strict: false, validateFormats: false });
const compiled = new WeakMap<object, Validator>();

/** The schema that a CustomResourceDefinition gives to one of its versions; `undefined` where it gives none. */
export function definedSchema(definition: Properties, version: string): Validator | undefined {
  const found = list(at(definition, "spec.versions")).find((one) => at(one, "name") === version);
  const schema = at(found, "schema.openAPIV3Schema");
  if (!isRecord(schema)) return undefined;
  const validator = compiled.get(schema) ?? compile(schema);
  compiled.set(schema, validator);
  return validator;
}

function compile(schema: Properties): Validator {
  const { properties } = schema;
  const whole = {
    ...schema,
    properties: { ...everyObject, ...(isRecord(properties) ? properties : {}), metadata: {} },
  };
  const validate = ajv.compile(closed(whole));
  return (object) => (validate(object) ? [] : (validate.errors ?? []).filter(isSchemaError));
}

/** What every object has, and no definition repeats. */
const everyObject = { apiVersion: { type: "string" }, kind: { type: "string" } };

/**
 * A structural schema as the API server applies it: fields that it does not declare are told apart, unless it preserves them:
 * https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning
 */
function closed(schema: Properties): Properties {
  const { properties, items, additionalProperties } = schema;
  const open = schema["x-kubernetes-preserve-unknown-fields"] === true || additionalProperties !== undefined;
  return {
    ...schema,
    ...(isRecord(properties) ? { properties: eachClosed(properties) } : {}),
    ...eachClosed({ ...(items !== undefined && { items }), ...(open && { additionalProperties }) }),
    ...(isRecord(properties) && !open && { additionalProperties: false }),
  };
}

function eachClosed(schemas: Properties): Properties {
  return Object.fromEntries(
    Object.entries(schemas).flatMap(([name, schema]) =>
      schema === undefined ? [] : [[name, isRecord(schema) ? closed(schema) : schema]],
    ),
  );
}
