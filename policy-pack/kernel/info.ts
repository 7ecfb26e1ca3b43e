import type { EnforcementLevel, Severity } from "@pulumi/policy";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { PolicyInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";

import { controlTags, primaryControl } from "./controls.ts";
import type { Given } from "./definition.ts";
import type { Ruling } from "./pack.ts";
import type { Params } from "./params.ts";

const { ADVISORY, MANDATORY, DISABLED, REMEDIATE } = analyzer.EnforcementLevel;
const {
  POLICY_SEVERITY_LOW: LOW,
  POLICY_SEVERITY_MEDIUM: MEDIUM,
  POLICY_SEVERITY_HIGH: HIGH,
  POLICY_SEVERITY_CRITICAL: CRITICAL,
} = analyzer.PolicySeverity;

/** The levels as the protocol numbers them. */
export const levelNumbers = {
  advisory: ADVISORY,
  mandatory: MANDATORY,
  disabled: DISABLED,
  remediate: REMEDIATE,
} as const satisfies Readonly<Record<EnforcementLevel, number>>;

/** The severities as the protocol numbers them. */
export const severityNumbers = {
  low: LOW,
  medium: MEDIUM,
  high: HIGH,
  critical: CRITICAL,
} as const satisfies Readonly<Partial<Record<Severity, number>>>;

/** What the engine and its users are told of a policy. */
export function infoOf({ definition, level, given }: Ruling): PolicyInfo {
  const { name, description, severity, controls = {}, remediation, kind } = definition;
  const info = new analyzer.PolicyInfo();
  info.setName(name);
  info.setDescription(description);
  info.setEnforcementlevel(levelNumbers[level]);
  info.setSeverity(severityNumbers[severity]);
  info.setRemediationSteps(remediation);
  info.setTagsList(controlTags(controls));
  info.setUrl(primaryControl(controls)?.url ?? "");
  const { POLICY_TYPE_RESOURCE: resource, POLICY_TYPE_STACK: stack } = analyzer.PolicyType;
  info.setPolicyType(kind === "resource" ? resource : stack);
  info.setFramework(frameworkOf(definition));
  if (definition.kind !== "run") info.setConfigschema(schemaOf(definition.params, given));
  return info;
}

/** The control shown first: the protocol has room for one. */
function frameworkOf({ controls = {}, description }: Ruling["definition"]) {
  const primary = primaryControl(controls);
  if (primary === undefined) return undefined;
  const framework = new analyzer.PolicyComplianceFramework();
  framework.setName(primary.name);
  framework.setVersion(primary.version);
  framework.setReference(primary.reference);
  framework.setSpecification(description);
  return framework;
}

/** The settings as the CLI shows and checks them, with the stack's own values as defaults. */
function schemaOf(params: Params, given: Given) {
  const properties = Object.entries(params).map(
    ([key, { default: usual, schema }]) => [key, { ...schema, default: given[key] ?? usual }] as const,
  );
  if (properties.length === 0) return undefined;
  const schema = new analyzer.PolicyConfigSchema();
  schema.setProperties(struct.Struct.fromJavaScript(Object.fromEntries(properties)));
  return schema;
}
