import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { Properties } from "../../model.ts";
import { isRecord } from "../../values.ts";
import type { SchemaError } from "./failures.ts";
import { isSchemaError } from "./failures.ts";

const require = createRequire(import.meta.url);

/**
 * Where the schemas of a custom group come from. Those of Kubernetes itself are in `kubernetes-models`, for 1.36: a field that is newer than
 * the cluster passes. A group without a package (Elastic's, Strimzi's and others) is checked for kind and version alone.
 */
const packages: Readonly<Record<string, string>> = {
  "acme.cert-manager.io": "@kubernetes-models/cert-manager",
  "cert-manager.io": "@kubernetes-models/cert-manager",
  "eventing.keda.sh": "@kubernetes-models/keda",
  "external-secrets.io": "@kubernetes-models/external-secrets",
  "generators.external-secrets.io": "@kubernetes-models/external-secrets",
  "karpenter.k8s.aws": "@kubernetes-models/karpenter",
  "karpenter.sh": "@kubernetes-models/karpenter",
  "keda.sh": "@kubernetes-models/keda",
  "monitoring.coreos.com": "@kubernetes-models/prometheus-operator",
};

/** What a schema says of an object; `undefined` where no package has one. */
export type Validator = (object: Properties) => readonly SchemaError[];

const loaded = new Map<string, Validator | undefined>();

/** The schema of a kind, loaded when it is first asked for: each takes a few milliseconds, and a program uses a few dozen. */
export function packagedSchema(apiVersion: string, kind: string): Validator | undefined {
  const key = `${apiVersion}/${kind}`;
  if (!loaded.has(key)) loaded.set(key, load(apiVersion, kind));
  return loaded.get(key);
}

function load(apiVersion: string, kind: string): Validator | undefined {
  const group = apiVersion.split("/")[0] ?? "";
  const validate = validateOf(`${packages[group] ?? "kubernetes-models"}/${apiVersion}/${kind}`, kind);
  return validate === undefined ? undefined : (object) => errorsOf(validate, object);
}

type Validate = (this: unknown) => unknown;

/** The `validate` method of the package's class for the kind. */
function validateOf(specifier: string, kind: string): Validate | undefined {
  const module = loadedModule(specifier);
  const model: unknown = isRecord(module) ? module[kind] : undefined;
  if (typeof model !== "function") return undefined;
  const prototype: unknown = model.prototype;
  const validate: unknown =
    typeof prototype === "object" && prototype !== null ? Reflect.get(prototype, "validate") : undefined;
  return isValidate(validate) ? validate : undefined;
}

function isValidate(value: unknown): value is Validate {
  return typeof value === "function";
}

/** The packages are ES modules alone, which `require` takes by their file. */
function loadedModule(specifier: string): unknown {
  const file = fileOf(specifier);
  return file !== undefined && existsSync(file) ? require(file) : undefined;
}

function fileOf(specifier: string): string | undefined {
  try {
    return fileURLToPath(import.meta.resolve(specifier));
  } catch (error) {
    if (isRecord(error) && error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED") return undefined;
    throw error;
  }
}

function errorsOf(validate: Validate, object: Properties): readonly SchemaError[] {
  const watched = new Watched(object);
  const errors = thrownBy(() => Reflect.apply(validate, watched.view, []));
  return [...errors, ...watched.untouched()];
}

function thrownBy(action: () => unknown): readonly SchemaError[] {
  try {
    action();
    return [];
  } catch (error) {
    const errors: unknown =
      typeof error === "object" && error !== null ? Reflect.get(error, "errors") : undefined;
    if (Array.isArray(errors)) return errors.filter(isSchemaError);
    throw error;
  }
}

/**
 * An object that notes which of its fields are looked at. The packages' schemas allow any field, as JSON Schema does, where the API server
 * does not; but they look at every field that they declare, so one that they never looked at is not declared.
 */
class Watched {
  public readonly view: unknown;
  readonly #looks: {
    readonly path: string;
    readonly value: object;
    readonly keys: Set<string>;
    whole: boolean;
  }[] = [];

  public constructor(object: Properties) {
    this.view = this.#watch(object, "");
  }

  /** The fields that nobody looked at, beside others in the same place that somebody did look at. */
  public untouched(): readonly SchemaError[] {
    return this.#looks
      .filter(({ value, keys, whole }) => !whole && keys.size > 0 && !Array.isArray(value))
      .flatMap(({ path, value, keys }) =>
        Object.keys(value)
          .filter((key) => !keys.has(key) && !extension.test(key))
          .map((key) => ({
            instancePath: path,
            keyword: "additionalProperties",
            params: { additionalProperty: key },
            message: "field not declared in schema",
          })),
      );
  }

  #watch(value: unknown, path: string): unknown {
    if (typeof value !== "object" || value === null) return value;
    const look = { path, value, keys: new Set<string>(), whole: false };
    const views = new Map<string, unknown>();
    this.#looks.push(look);
    return new Proxy(value, {
      get: (target, key) => {
        const found: unknown = Reflect.get(target, key);
        if (typeof key !== "string") return found;
        look.keys.add(key);
        if (!views.has(key)) views.set(key, this.#watch(found, `${path}/${escaped(key)}`));
        return views.get(key);
      },
      ownKeys: (target) => {
        look.whole = true;
        return Reflect.ownKeys(target);
      },
    });
  }
}

/** Fields that the packages leave out of their schemas, being what schemas themselves are described with. */
const extension = /^(description$|x-kubernetes-|\$)/;

/** A key in a JSON pointer: https://www.rfc-editor.org/rfc/rfc6901#section-3 */
function escaped(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
}
