import { RunError } from "@pulumi/pulumi/errors.js";
import { parse } from "yaml";

import type { Metadata } from "./definition.ts";
import { property } from "./read.ts";
import { fits, parseUrn } from "./urn.ts";

const required = ["policy", "stack", "resource", "reason", "owner", "ticket", "expires"] as const;

/** A reviewed decision to let one policy pass for some resources of a stack, for a time. */
export interface Exemption extends Readonly<Record<(typeof required)[number], string>> {
  /** Who agreed; needed for a critical policy outside dev and staging. @default nobody */
  readonly approvedBy?: string;
}

type Judged = Pick<Metadata, "name" | "severity">;

/** The exemptions, and which of them something needed. */
export class Exemptions {
  readonly #all: readonly Exemption[];
  readonly #stack: string;
  readonly #today: string;
  readonly #uses = new Map<Exemption, number>();

  /** @param today - the date by which expiry is judged, as `YYYY-MM-DD`; an exemption holds through its last day */
  public constructor(all: readonly Exemption[], stack: string, today: string) {
    this.#all = all;
    this.#stack = stack;
    this.#today = today;
  }

  /** The exemptions that are meant for this stack. */
  public get entries(): readonly Exemption[] {
    return this.#all.filter((entry) => fits(entry.stack, this.#stack));
  }

  /**
   * Whether a finding of `policy` on the resource is excused. It notes that the exemption was needed.
   * The resource says which stack it is of: `pulumi policy analyze` does not.
   */
  public excuse(policy: Judged, urn: string): boolean {
    const entry = this.#covering(policy, urn);
    if (entry !== undefined) this.#uses.set(entry, this.uses(entry) + 1);
    return entry !== undefined;
  }

  /** Whether a finding would be excused. */
  public covers(policy: Judged, urn: string): boolean {
    return this.#covering(policy, urn) !== undefined;
  }

  /** Whether one that holds covers every resource of the stack: only then may a critical policy be less than mandatory in it. */
  public coversAll(policy: Judged): boolean {
    return this.entries.some(
      (entry) =>
        entry.policy === policy.name && entry.resource === "*" && this.#holds(entry, policy, this.#stack),
    );
  }

  /** How many findings it has excused. */
  public uses(entry: Exemption): number {
    return this.#uses.get(entry) ?? 0;
  }

  /** Whether its last day is over. */
  public expired(entry: Exemption): boolean {
    return entry.expires < this.#today;
  }

  #covering(policy: Judged, urn: string): Exemption | undefined {
    const { stack } = parseUrn(urn);
    return this.#all.find((entry) => covers(entry, policy.name, urn) && this.#holds(entry, policy, stack));
  }

  #holds(entry: Exemption, policy: Judged, stack: string): boolean {
    return !this.expired(entry) && !lacksApproval(entry, policy, stack);
  }
}

/** Whether an exemption is for a critical policy outside dev and staging, and nobody agreed to it. It excuses nothing then. */
export function lacksApproval(entry: Exemption, { severity }: Judged, stack: string): boolean {
  return severity === "critical" && isProduction(stack) && entry.approvedBy === undefined;
}

/** Whether a stack is judged as production: every stack but dev and staging is. */
export function isProduction(stack: string): boolean {
  return !["dev", "staging"].includes(stack);
}

/** Whether an exemption is about `policy` on the resource, which it names by its stack and by `type::name`. */
export function covers(entry: Exemption, policy: string, urn: string): boolean {
  const { stack, type, name } = parseUrn(urn);
  return entry.policy === policy && fits(entry.stack, stack) && fits(entry.resource, `${type}::${name}`);
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
    ...(property(entry, "approvedBy") === undefined || isText(property(entry, "approvedBy"))
      ? []
      : ["approvedBy must be a text"]),
    ...given.filter((key) => !known.includes(key)).map((key) => `${key} is not a field of an exemption`),
    ...(isText(expires) && !isDate(expires) ? ["expires must be a date such as 2027-03-31"] : []),
  ];
}

/** Whether it is a day of the calendar as `YYYY-MM-DD`: dates are compared as texts, so `2027-99-01` would hold for ever. */
function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text) && text.length === 10;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}
