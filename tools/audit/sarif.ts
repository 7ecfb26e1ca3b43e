import { createHash } from "node:crypto";

import { isMandatory } from "./report.ts";
import type { Audit, AuditFinding, Rule } from "./report.ts";

/** The parts of SARIF 2.1.0 that an audit uses (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). */
export interface Sarif {
  readonly $schema: string;
  readonly version: "2.1.0";
  readonly runs: readonly [Run];
}

interface Run {
  readonly tool: {
    readonly driver: { readonly name: string; readonly rules: readonly ReportingDescriptor[] };
  };
  readonly automationDetails: { readonly id: string };
  readonly results: readonly Result[];
}

interface ReportingDescriptor {
  readonly id: string;
  readonly shortDescription: Message;
  readonly help: Message;
  readonly helpUri?: string;
  readonly properties: { readonly "security-severity": string };
}

interface Result {
  readonly ruleId: string;
  readonly level: "error" | "warning";
  readonly message: Message;
  readonly locations: readonly Location[];
  readonly partialFingerprints: { readonly "policyAndResource/v1": string };
}

interface Location {
  readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
  readonly logicalLocations?: readonly { readonly fullyQualifiedName: string; readonly kind: "resource" }[];
}

interface Message {
  readonly text: string;
}

/**
 * Where each severity stands on the scale from 0 to 10 by which GitHub sorts results: the middle of its bands
 * (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
 */
const scores: Readonly<Record<string, string>> = { critical: "9.5", high: "8.0", medium: "5.5", low: "2.0" };

/** The audit for a code scanning service. A resource has no line of code, so a result stands at the settings of its stack. */
export function sarifOf({ stack, rules, findings }: Audit): Sarif {
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "groundwork-policies", rules: rules.map(descriptorOf) } },
        automationDetails: { id: `audit/${stack}/` },
        results: findings.map((finding) => resultOf(finding, stack)),
      },
    ],
  };
}

function descriptorOf({ name, description, severity, remediation, url }: Rule): ReportingDescriptor {
  return {
    id: name,
    shortDescription: { text: description },
    help: { text: remediation },
    ...(url !== undefined && { helpUri: url }),
    properties: { "security-severity": scores[severity] ?? "5.5" },
  };
}

function resultOf(finding: AuditFinding, stack: string): Result {
  const { policy, urn, subject, message } = finding;
  const logical =
    urn === "" ? {} : { logicalLocations: [{ fullyQualifiedName: urn, kind: "resource" as const }] };
  return {
    ruleId: policy,
    level: isMandatory(finding) ? "error" : "warning",
    message: { text: `${subject}: ${message}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: `Pulumi.${stack}.yaml` } }, ...logical }],
    partialFingerprints: {
      "policyAndResource/v1": createHash("sha256").update(`${policy} ${urn} ${message}`).digest("hex"),
    },
  };
}
