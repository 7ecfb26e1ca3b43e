import { RunError } from "@pulumi/pulumi";
import { parse } from "yaml";

import { property } from "./read.ts";
import { fits, parseUrn } from "./urn.ts";

const required = ["policy", "stack", "resource", "reason", "owner", "ticket", "expires"] as const;

/** A reviewed decision to let one policy pass for some resources of a stack, for a time. */
export interface Exemption extends Readonly<Record<(typeof required)[number], string>> {
  /** Who agreed; needed for a critical policy outside dev and staging. @default nobody */
  readonly approvedBy?: string;
}

/** The exemptions of this stack, and which of them something needed. */
export class Exemptions {
  readonly #entries: readonly Exemption[];
  readonly #today: string;
  readonly #uses = new Map<Exemption, number>();

  /** @param today - the date by which expiry is judged, as `YYYY-MM-DD`; an exemption holds through its last day */
  public constructor(entries: readonly Exemption[], stack: string, today: string) {
    this.#entries = entries.filter((entry) => fits(entry.stack, stack));
    this.#today = today;
  }

  /** All exemptions for this stack. */
  public get entries(): readonly Exemption[] {
    return this.#entries;
  }

  /** Whether a finding of `policy` on the resource is excused. It notes that the exemption was needed. */
  public excuse(policy: string, urn: string): boolean {
    const entry = this.#entries.find(
      (candidate) => !this.expired(candidate) && covers(candidate, policy, urn),
    );
    if (entry !== undefined) this.#uses.set(entry, this.uses(entry) + 1);
    return entry !== undefined;
  }

  /** How many findings it has excused. */
  public uses(entry: Exemption): number {
    return this.#uses.get(entry) ?? 0;
  }

  /** Whether its last day is over. */
  public expired(entry: Exemption): boolean {
    return entry.expires < this.#today;
  }
}

/** Whether an exemption is about `policy` on the resource, which it names by `type::name`. */
export function covers(entry: Exemption, policy: string, urn: string): boolean {
  const { type, name } = parseUrn(urn);
  return entry.policy === policy && fits(entry.resource, `${type}::${name}`);
}

/** Reads exemptions.yaml; everything that is wrong in it is named at once. */
export function parseExemptions(text: string): readonly Exemption[] {
  const entries: unknown = property(parse(text), "exemptions");
  if (!Array.isArray(entries)) throw new RunError("exemptions.yaml: exemptions must be a list");
  const problems = entries.flatMap((entry: unknown, index) =>
    shortcomings(entry).map((problem) => `exemptions[${String(index)}].${problem}`),
  );
  if (problems.length > 0) throw new RunError(`exemptions.yaml:\n${problems.join("\n")}`);
  return entries.filter(isExemption);
}

function isExemption(entry: unknown): entry is Exemption {
  return shortcomings(entry).length === 0;
}

function shortcomings(entry: unknown): readonly string[] {
  const known: readonly string[] = [...required, "approvedBy"];
  const given = typeof entry === "object" && entry !== null ? Object.keys(entry) : [];
  const absent = required.filter((key) => !isText(property(entry, key)));
  const expires = property(entry, "expires");
  return [
    ...absent.map((key) => `${key} must be a text`),
    ...given.filter((key) => !known.includes(key)).map((key) => `${key} is not a field of an exemption`),
    ...(isText(expires) && !/^\d{4}-\d{2}-\d{2}$/.test(expires)
      ? ["expires must be a date such as 2027-03-31"]
      : []),
  ];
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
