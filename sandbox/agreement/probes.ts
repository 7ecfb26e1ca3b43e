import { Account } from "../account.ts";
import { awsProvider } from "../aws/provider.ts";
import type { CheckFailure, Properties, PropertyDifference, Session, Subject } from "../model.ts";
import { at, isRecord } from "../values.ts";

/** Values by path, as in the facts: `ingress[].fromPort`. What they lie in is there too; `undefined` stands for that alone. */
export type Given = Readonly<Record<string, unknown>>;

/** Asks the sandbox about one type what a program would ask the provider: Check, Diff and the preview of a creation. */
export class Probe {
  readonly #subject: Subject;
  readonly #session: Session;
  readonly #account = new Account();

  public constructor(token: string) {
    this.#subject = { urn: `urn:pulumi:agreement::agreement::${token}::probe`, token, name: "probe" };
    const settings = { region: "eu-west-1" };
    this.#session = { account: this.#account, settings, preview: true, seed: "agreement" };
  }

  /** What Check finds wrong, whatever it is. */
  public failures(given: Given): readonly CheckFailure[] {
    return awsProvider.check(this.#session, this.#subject, undefined, inputsOf(given)).failures;
  }

  /** What Check finds wrong at one property. */
  public failuresAt(path: string, given: Given): readonly CheckFailure[] {
    return this.failures(given).filter(({ property }) => plain(property) === plain(path));
  }

  /** What Check makes of a property that is left out. */
  public filled(path: string): unknown {
    const { inputs } = awsProvider.check(
      this.#session,
      this.#subject,
      undefined,
      inputsOf({ [path]: undefined }),
    );
    return at(inputs, path.replaceAll("[]", "[0]"));
  }

  /** What Diff tells of a change. */
  public changes(before: Given, after: Given): readonly PropertyDifference[] {
    const [old, news] = [before, after].map((given) => inputsOf(given, { unchanged: "1" }));
    return awsProvider.diff(this.#session, this.#subject, old ?? {}, {}, news ?? {}).changes;
  }

  /** What the preview of a creation knows of a property that is left out. */
  public previewed(path: string): unknown {
    const { state } = awsProvider.create(this.#session, this.#subject, inputsOf({ [path]: undefined }));
    return at(state, path.replaceAll("[]", "[0]"));
  }

  /** Lets go of the account. */
  public close(): void {
    this.#account.close();
  }
}

/** A path without its marks for lists, and without indexes. */
export function plain(path: string): string {
  return path.replaceAll(/\[\d*\]/g, "");
}

/** @param beside stands beside each value inside an object, so that the object is there with the value and without. */
function inputsOf(given: Given, beside: Properties = {}): Properties {
  return Object.entries(given).reduce<Properties>(
    (inputs, [path, value]) => merge(inputs, within(path, value, beside)),
    {},
  );
}

/** `{ a: [{ b: value }] }` for `a[].b`: the objects and lists that a property lies in, and nothing else. */
function within(path: string, value: unknown, beside: Properties): Properties {
  const [first = "", ...rest] = path.split(".");
  const inner = rest.length === 0 ? value : { ...beside, ...within(rest.join("."), value, beside) };
  if (inner === undefined) return {};
  return first.endsWith("[]") ? { [first.slice(0, -2)]: [inner] } : { [first]: inner };
}

function merge(left: Properties, right: Properties): Properties {
  const merged = Object.entries(right).map(([key, value]) => [key, together(left[key], value)] as const);
  return { ...left, ...Object.fromEntries(merged) };
}

function together(left: unknown, right: unknown): unknown {
  if (isRecord(left) && isRecord(right)) return merge(left, right);
  if (!Array.isArray(left) || !Array.isArray(right)) return right;
  return [together(left[0], right[0])];
}
