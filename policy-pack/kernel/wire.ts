import { Undecided } from "./findings.ts";
import type { AnyProps } from "./graph.ts";

/**
 * How the engine writes what JSON cannot say: an object with this key is a secret, an asset or a reference, and some texts stand for
 * values that are not known yet (https://pulumi-developer-docs.readthedocs.io/latest/docs/architecture/deployment-execution/resource-registration.html,
 * `sdk/nodejs/runtime/rpc.ts`).
 */
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const unknowns: ReadonlySet<unknown> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Inputs or outputs as they come from the engine. */
export type Wire = Readonly<Record<string, unknown>>;

/**
 * Plain objects that checks can read: secrets are opened, what is null is left out as providers do, and reading a value that is not known
 * yet throws Undecided. Whether a key exists, the keys of an object and the length of a list can always be asked.
 *
 * @param secrets - gets every text that was a secret, so that none is ever printed
 */
export function reveal(wire: Wire, secrets: Secrets): AnyProps {
  return revealed(wire, "", secrets);
}

/** Texts that came as secrets. */
export type Secrets = Set<string>;

/** A sentence without the secrets in it. One of a letter or two is no secret, and would take words apart. */
export function redacted(sentence: string, secrets: ReadonlySet<string>): string {
  let result = sentence;
  for (const secret of secrets) if (secret.length > 2) result = result.replaceAll(secret, "[secret]");
  return result;
}

function revealed(from: Wire, path: string, secrets: Secrets): Record<string, unknown> {
  const props: Record<string, unknown> = {};
  for (const key of Object.keys(from)) {
    if (isNull(from[key])) continue;
    put(props, key, from[key], { path: path === "" ? key : `${path}.${key}`, secrets });
  }
  return props;
}

/** Where a value stands, and who wants to know of secrets. */
interface Place {
  readonly path: string;
  readonly secrets: Secrets;
}

function put(into: object, key: string | number, wire: unknown, place: Place): void {
  const value = opened(wire);
  if (value !== wire) noteTexts(value, place.secrets);
  if (unknowns.has(value)) {
    Object.defineProperty(into, key, { get: () => stop(place.path), enumerable: true, configurable: true });
  } else if (key === "__proto__") {
    Object.defineProperty(into, key, { value: valueOf(value, place), enumerable: true });
  } else Reflect.set(into, key, valueOf(value, place));
}

function valueOf(value: unknown, { path, secrets }: Place): unknown {
  if (!Array.isArray(value)) return isWire(value) ? revealed(value, path, secrets) : value;
  const list: unknown[] = [];
  withoutNulls(value).forEach((item, index) => {
    put(list, index, item, { path: `${path}[${String(index)}]`, secrets });
  });
  return list;
}

function noteTexts(value: unknown, secrets: Secrets): void {
  if (typeof value === "string") secrets.add(value);
  else if (isWire(value)) for (const inner of Object.values(value)) noteTexts(opened(inner), secrets);
}

function stop(path: string): never {
  throw new Undecided(path);
}

function isWire(value: unknown): value is Wire {
  return typeof value === "object" && value !== null;
}

function isSecret(value: unknown): value is Wire {
  return isWire(value) && value[signatureKey] === secretSignature;
}

function opened(value: unknown): unknown {
  return isSecret(value) ? opened(value.value) : value;
}

function isNull(value: unknown): boolean {
  return opened(value) === null;
}

function withoutNulls(list: readonly unknown[]): readonly unknown[] {
  return list.some(isNull) ? list.filter((item) => !isNull(item)) : list;
}

/** What setting some inputs comes to. */
export interface Patched {
  readonly wire: Wire;
  /** The inputs whose values changed. */
  readonly paths: readonly string[];
}

/**
 * Sets inputs as the engine has them, and leaves everything else as it is: secrets stay secret. The provider has made `tagsAll` of the
 * tags before and is not asked again, so it is set beside them.
 *
 * @throws Undecided for an input inside one that is not known yet
 */
export function patched(wire: Wire, patch: Wire): Patched {
  const { tags } = patch;
  const all = isWire(tags) && Object.hasOwn(wire, "tagsAll") ? { tagsAll: tags, ...patch } : patch;
  const paths: string[] = [];
  const result = merged(wire, all, "", paths);
  return { wire: isWire(result) ? result : wire, paths };
}

function merged(wire: unknown, patch: unknown, path: string, paths: string[]): unknown {
  if (patch === undefined) return wire;
  if (isSecret(wire)) return { ...wire, value: merged(wire.value, patch, path, paths) };
  if (!isWire(patch)) {
    if (wire !== patch) paths.push(path);
    return patch;
  }
  if (unknowns.has(wire)) throw new Undecided(path);
  if (Array.isArray(patch)) return mergedList(wire, patch, path, paths);
  const from = isWire(wire) ? wire : {};
  const entries = Object.entries(patch).map(([key, value]) => {
    const place = path === "" ? key : `${path}.${key}`;
    return [key, merged(from[key], value, place, paths)] as const;
  });
  return { ...from, ...Object.fromEntries(entries.filter(([, value]) => value !== undefined)) };
}

function mergedList(wire: unknown, patch: readonly unknown[], path: string, paths: string[]): unknown {
  const from: readonly unknown[] = Array.isArray(wire) ? withoutNulls(wire) : [];
  const length = Math.max(from.length, patch.length);
  return Array.from({ length }, (_, index) =>
    merged(from[index], patch[index], `${path}[${String(index)}]`, paths),
  );
}
