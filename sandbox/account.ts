import { DatabaseSync } from "node:sqlite";
import { openAccount, patienceMilliseconds, unusable } from "./account-file.ts";
import type { Memory } from "./faults/model.ts";
import type { AccountStore, Properties, Stored } from "./model.ts";
import { addressOf } from "./model.ts";
import { isRecord } from "./values.ts";

/** The account that the sandbox simulates when the program does not say which accounts it may deploy to. */
export const defaultAccountId = "123456789012";

/** One operation that the simulated services carried out. */
export interface Operation {
  readonly urn: string;
  readonly token: string;
  readonly kind: "create" | "update" | "delete";
  /** What the real service usually takes. */
  readonly seconds: number;
}

/**
 * A simulated AWS account with its Kubernetes clusters, kept in one SQLite file. Every change is committed when the call returns, so a
 * process killed at any point leaves what a real deployment would leave. Look-ups are answered from memory in constant time.
 */
export class Account implements AccountStore {
  /** What has happened to the account once, by a name of the asker's choice. */
  public readonly memory: Memory = {
    has: (what) => this.#fact(`once ${what}`) !== undefined,
    add: (what) => {
      this.#database.prepare("INSERT OR IGNORE INTO facts VALUES (?, '')").run(`once ${what}`);
    },
  };

  readonly #file: string;
  readonly #database: DatabaseSync;
  readonly #things = new Map<string, Stored>();
  readonly #byToken = new Map<string, Map<string, Stored>>();
  readonly #byKey = new Map<string, Set<Stored>>();
  readonly #holders = new Map<string, Set<Stored>>();
  readonly #run: string;
  #serial = 0;
  /** The file's version that the look-ups know. */
  #version: unknown;

  /**
   * @param file where it is kept; `:memory:` forgets it at the end of the process.
   * @param run names this run in the list of operations.
   * @throws Error naming the file, when another process is writing to it, it is not an account, or one of another version's.
   */
  public constructor(file = ":memory:", run = "") {
    this.#file = file;
    this.#database = openAccount(file);
    this.#run = run;
    this.refresh();
  }

  /** Takes notice of what other processes have changed: a shell in the sandbox and a deployment beside it see the same account. */
  public refresh(): void {
    const version = this.#database.prepare("PRAGMA data_version").get()?.data_version;
    if (version === this.#version) return;
    for (const index of [this.#things, this.#byToken, this.#byKey, this.#holders]) index.clear();
    for (const row of this.#database.prepare("SELECT body FROM things ORDER BY rowid").all()) {
      this.#index(parseThing(String(row.body)));
    }
    this.#serial = Number(this.#fact("serial") ?? 0);
    this.#version = version;
  }

  /**
   * Carries out one operation, of which a kill leaves all or nothing, and with which no other process interferes. What an operation
   * that fails has changed before stays changed, as it does at AWS.
   * @throws Error naming the file, when another process has been writing to it for five seconds.
   */
  public atomically<Result>(operation: () => Result): Result {
    this.#begin();
    try {
      this.refresh();
      return operation();
    } finally {
      this.#database.exec("COMMIT");
    }
  }

  /** Runs `attempt` while somebody else is writing to the file, who does not stop: nothing can be changed, and nobody waits. */
  public lockedMeanwhile<Result>(attempt: () => Result): Result {
    const other = new DatabaseSync(this.#file);
    other.exec("BEGIN IMMEDIATE");
    this.#database.exec("PRAGMA busy_timeout = 0");
    try {
      return attempt();
    } finally {
      this.#database.exec(`PRAGMA busy_timeout = ${patienceMilliseconds}`);
      other.close();
    }
  }

  public get accountId(): string {
    return this.#fact("accountId") ?? defaultAccountId;
  }

  /** Settles which account this is; the first one to say so wins, and nobody does once a program has made something at AWS in it. */
  public become(accountId: string): void {
    this.refresh();
    if (this.#isInUse()) return;
    this.#database.prepare("INSERT OR IGNORE INTO facts VALUES ('accountId', ?)").run(accountId);
  }

  public nextSerial(): number {
    this.#serial += 1;
    this.#database.prepare("INSERT OR REPLACE INTO facts VALUES ('serial', ?)").run(String(this.#serial));
    return this.#serial;
  }

  public find(token: string, key: string, scope?: string): Stored | undefined {
    const exact = scope === undefined ? undefined : this.#things.get(addressOf({ scope, token, id: key }));
    if (exact !== undefined) return exact;
    for (const thing of this.#byKey.get(key) ?? []) {
      if (thing.token === token && (scope === undefined || thing.scope === scope)) return thing;
    }
    return undefined;
  }

  public all(token: string, scope?: string): readonly Stored[] {
    const things = [...(this.#byToken.get(token)?.values() ?? [])];
    return scope === undefined ? things : things.filter((thing) => thing.scope === scope);
  }

  public named(key: string): readonly Stored[] {
    return [...(this.#byKey.get(key) ?? [])];
  }

  public holders(thing: Stored): readonly Stored[] {
    return [...(this.#holders.get(addressOf(thing)) ?? [])];
  }

  public everything(): Iterable<Stored> {
    return this.#things.values();
  }

  public put(thing: Stored): void {
    const address = addressOf(thing);
    this.#database
      .prepare("INSERT INTO things VALUES (?, ?) ON CONFLICT (address) DO UPDATE SET body = excluded.body")
      .run(address, JSON.stringify(thing));
    this.#forget(this.#things.get(address));
    this.#index(thing);
  }

  public remove(thing: Stored): void {
    this.#database.prepare("DELETE FROM things WHERE address = ?").run(addressOf(thing));
    this.#forget(this.#things.get(addressOf(thing)));
    this.#things.delete(addressOf(thing));
    this.#byToken.get(thing.token)?.delete(addressOf(thing));
  }

  /** Adds to the list of what was done. */
  public record({ urn, token, kind, seconds }: Operation): void {
    this.#database
      .prepare("INSERT INTO operations (run, urn, token, kind, seconds) VALUES (?, ?, ?, ?, ?)")
      .run(this.#run, urn, token, kind, seconds);
  }

  /** Names of the runs that did something, oldest first. */
  public runs(): readonly string[] {
    const rows = this.#database
      .prepare("SELECT run FROM operations GROUP BY run ORDER BY min(ordinal)")
      .all();
    return rows.map(({ run }) => String(run));
  }

  /** What was done in one run, in order. */
  public operations(run = this.#run): readonly Operation[] {
    const rows = this.#database.prepare("SELECT * FROM operations WHERE run = ? ORDER BY ordinal").all(run);
    return rows.map(({ urn, token, kind, seconds }) => ({
      urn: String(urn),
      token: String(token),
      kind: kind === "create" || kind === "update" ? kind : "delete",
      seconds: Number(seconds),
    }));
  }

  /** Lets go of the file. */
  public close(): void {
    this.#database.close();
  }

  #begin(): void {
    try {
      this.#database.exec("BEGIN IMMEDIATE");
    } catch (error) {
      throw unusable(this.#file, error);
    }
  }

  /** What a program has made at AWS has the account's number in its ARN. */
  #isInUse(): boolean {
    for (const { token, urn } of this.#things.values())
      if (urn !== "" && token.startsWith("aws:")) return true;
    return false;
  }

  #fact(name: string): string | undefined {
    const value = this.#database.prepare("SELECT value FROM facts WHERE name = ?").get(name)?.value;
    return typeof value === "string" ? value : undefined;
  }

  #index(thing: Stored): void {
    const address = addressOf(thing);
    this.#things.set(address, thing);
    const ofToken = this.#byToken.get(thing.token) ?? new Map<string, Stored>();
    this.#byToken.set(thing.token, ofToken.set(address, thing));
    for (const key of new Set([thing.id, ...thing.keys])) add(this.#byKey, key, thing);
    for (const held of thing.holds ?? []) add(this.#holders, held, thing);
  }

  /** Leaves the places in the lists of all things and of those of a type, which are kept in the order of age. */
  #forget(thing: Stored | undefined): void {
    if (thing === undefined) return;
    for (const key of [thing.id, ...thing.keys]) this.#byKey.get(key)?.delete(thing);
    for (const held of thing.holds ?? []) this.#holders.get(held)?.delete(thing);
  }
}

function add(index: Map<string, Set<Stored>>, key: string, thing: Stored): void {
  const things = index.get(key);
  if (things === undefined) index.set(key, new Set([thing]));
  else things.add(thing);
}

function parseThing(body: string): Stored {
  const parsed: unknown = JSON.parse(body);
  if (!isStored(parsed)) throw new Error(`not a thing of this account: ${body.slice(0, 80)}`);
  return parsed;
}

function isStored(value: unknown): value is Stored {
  return (
    isRecord(value) &&
    ["scope", "token", "id", "urn"].every((key) => typeof value[key] === "string") &&
    isProperties(value)
  );
}

function isProperties(value: Properties): boolean {
  return isRecord(value.inputs) && isRecord(value.state) && Array.isArray(value.keys);
}
