import { observedTypes } from "../aws/facts.ts";
import { measureSpecification } from "./by-specification.ts";
import type { Aspect, Finding } from "./finding.ts";
import { aspects } from "./finding.ts";
import { measureAgreement } from "./measure.ts";

/** What the command is asked for. */
export interface AgreementOptions {
  /** Which values the probes try. */
  readonly seed: number;
  /** Services as in the SDK, such as `ec2`; none for all. */
  readonly services: readonly string[];
  /** True to list each disagreement, also those with a reason. */
  readonly details: boolean;
  readonly print: (line: string) => void;
}

/**
 * Prints how far the sandbox does what the AWS provider was seen to do, by service, and each disagreement with its reason.
 * @returns how many disagreements have none: it is right only when that is zero.
 */
export function runAgreement({ seed, services, details, print }: AgreementOptions): number {
  const findings = measureAgreement(seed, typesOf(services));
  const unexplained = findings.filter(
    ({ disagreement }) => disagreement !== undefined && disagreement.because === undefined,
  );
  print(agreementTable(findings));
  if (details) printDisagreements(findings, print);
  for (const { token, path, disagreement } of unexplained)
    print(`without a reason: ${token} ${path}: ${disagreement?.what ?? ""}`);
  const explained = findings.filter(({ disagreement }) => disagreement?.because !== undefined).length;
  const total = findings.length.toLocaleString("en");
  print(`\n${total} comparisons: ${explained} disagreements with a reason, ${unexplained.length} without.`);
  return unexplained.length;
}

/**
 * Prints how far the specifications alone say the same: that is as far as a type that nobody observed can be trusted. False refusals are
 * counted apart, since they are worse than what is taken in vain.
 */
export function runBySpecification({ seed, services, details, print }: AgreementOptions): void {
  const findings = measureSpecification(seed, typesOf(services));
  print(agreementTable(findings));
  const disagreeing = findings.filter(({ disagreement }) => disagreement !== undefined);
  if (details)
    for (const { token, path, disagreement } of disagreeing)
      print(`  ${token} ${path}: ${disagreement?.what ?? ""}`);
  const refused = disagreeing.filter(({ disagreement }) => disagreement?.what.startsWith("refuses") === true);
  print(`\n${refused.length} of ${findings.length.toLocaleString("en")} comparisons are false refusals.`);
}

function typesOf(services: readonly string[]): readonly string[] {
  return observedTypes().filter((token) => services.length === 0 || services.includes(serviceOf(token)));
}

/** A row for each service and one for all: how many comparisons of each kind agree, of how many. */
export function agreementTable(findings: readonly Finding[]): string {
  const byService = Map.groupBy(findings, ({ token }) => serviceOf(token));
  const rows = [
    ["service", "types", ...aspects],
    ...[...byService].map(([service, its]) => row(service, its)),
    row("all", findings),
  ];
  const widths =
    rows[0]?.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0))) ?? [];
  return rows.map((cells) => aligned(cells, widths)).join("\n");
}

function serviceOf(token: string): string {
  return /^aws:([a-z0-9]+)/.exec(token)?.[1] ?? token;
}

function row(name: string, findings: readonly Finding[]): readonly string[] {
  const types = new Set(findings.map(({ token }) => token)).size;
  return [name, String(types), ...aspects.map((aspect) => agreeing(aspect, findings))];
}

function agreeing(aspect: Aspect, findings: readonly Finding[]): string {
  const compared = findings.filter((finding) => finding.aspect === aspect);
  const agreed = compared.filter(({ disagreement }) => disagreement === undefined);
  return compared.length === 0 ? "-" : `${agreed.length}/${compared.length}`;
}

function aligned(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
    .join("  ");
}

/** Grouped by reason, since most of them share one. */
function printDisagreements(findings: readonly Finding[], print: (line: string) => void): void {
  const explained = findings.filter(({ disagreement }) => disagreement?.because !== undefined);
  for (const [because, its] of Map.groupBy(explained, ({ disagreement }) => disagreement?.because ?? "")) {
    print(`\n${because} (${its.length}):`);
    for (const { token, path, disagreement } of its) print(`  ${token} ${path}: ${disagreement?.what ?? ""}`);
  }
}
