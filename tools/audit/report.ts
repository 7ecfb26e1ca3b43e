import type { Definition } from "../../policy-pack/kernel/definition.ts";
import { primaryControl } from "../../policy-pack/kernel/controls.ts";
import { parseUrn } from "../../policy-pack/kernel/urn.ts";
import type { PolicyReport, Violation } from "../../sandbox/events.ts";

/** One finding about an existing stack. */
export interface AuditFinding {
  readonly policy: string;
  readonly level: string;
  readonly severity: string;
  /** Empty for what concerns the whole stack. */
  readonly urn: string;
  /** `type::name`, or `the stack`. */
  readonly subject: string;
  /** What was found, without the policy's description. */
  readonly message: string;
}

/** What is said of a policy in a report. */
export interface Rule {
  readonly name: string;
  readonly description: string;
  readonly severity: string;
  readonly remediation: string;
  /** Page of the first control it answers. @default none */
  readonly url?: string;
}

/** An audit of one stack. */
export interface Audit {
  readonly stack: string;
  readonly rules: readonly Rule[];
  /** Mandatory ones first, then by severity. */
  readonly findings: readonly AuditFinding[];
}

const order = ["critical", "high", "medium", "low"];

/** Puts what the engine reported beside what the pack says of its policies. */
export function auditOf(stack: string, policies: readonly Definition[], report: PolicyReport): Audit {
  const byName = new Map(policies.map((policy) => [policy.name, policy]));
  const findings = report.violations.map((violation) => findingOf(violation, byName.get(violation.policy)));
  const rank = ({ level, severity }: AuditFinding): number =>
    (isMandatory({ level }) ? 0 : order.length) + order.indexOf(severity);
  return { stack, rules: policies.map(ruleOf), findings: findings.toSorted((a, b) => rank(a) - rank(b)) };
}

function findingOf(
  { policy, level, message, urn = "" }: Violation,
  definition: Definition | undefined,
): AuditFinding {
  const heading = `${definition?.description ?? ""}\n`;
  return {
    ...{ policy, level, urn, subject: subjectOf(urn) },
    severity: definition?.severity ?? "medium",
    message: message.startsWith(heading) ? message.slice(heading.length) : message,
  };
}

function subjectOf(urn: string): string {
  const { type, name } = parseUrn(urn);
  return name === "" || type === "pulumi:pulumi:Stack" ? "the stack" : `${type}::${name}`;
}

/** Whether a finding would stop a deployment. */
export function isMandatory({ level }: Pick<AuditFinding, "level">): boolean {
  return level === "mandatory";
}

function ruleOf({ name, description, severity, remediation, controls = {} }: Definition): Rule {
  const url = primaryControl(controls)?.url;
  return { name, description, severity, remediation, ...(url !== undefined && { url }) };
}
