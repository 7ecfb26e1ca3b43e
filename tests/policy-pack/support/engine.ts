import type { EnforcementLevel, Severity } from "@pulumi/policy";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { AnalyzeDiagnostic } from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";

import { Answers } from "../../../policy-pack/kernel/answers.ts";
import type { Pack } from "../../../policy-pack/kernel/pack.ts";
import { property } from "../../../policy-pack/kernel/read.ts";

/** A resource as the engine describes it to a policy pack. */
export interface GraphResource {
  readonly type: string;
  readonly name: string;
  readonly urn: string;
  /** Inputs as they are after Check. */
  readonly props: Readonly<Record<string, unknown>>;
  /** What the provider answered. @default the inputs */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** URN of the parent. @default none */
  readonly parent?: string | undefined;
  /** URNs by input. @default none */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** @default false */
  readonly protect?: boolean;
  /** @default none */
  readonly provider?: Omit<GraphResource, "provider">;
}

/** One line of a policy report. */
export interface Finding {
  readonly policy: string;
  /** Of the resource; empty for what concerns the whole stack. */
  readonly urn: string;
  /** Without the policy's description, which the engine prints above it. */
  readonly message: string;
  readonly level: EnforcementLevel;
  readonly severity: Severity | undefined;
}

const identity = { name: "groundwork", version: "0.0.0" };

/** The inputs that the pack's remedies leave of a resource, as the engine writes them; undefined where they change nothing. */
export function mended(pack: Pack, resource: GraphResource): Readonly<Record<string, unknown>> | undefined {
  const response = new Answers(pack, identity).remediate(requestFor(resource));
  return response.getRemediationsList().at(-1)?.getProperties()?.toJavaScript();
}

/**
 * Judges resources as the engine has them judged: each by itself and then all together, with the messages of its protocol.
 */
export function analyze(pack: Pack, resources: readonly GraphResource[]): Promise<readonly Finding[]> {
  const answers = new Answers(pack, identity);
  const alone = resources.flatMap((resource) => {
    const mended = answers.remediate(requestFor(resource)).getRemediationsList().at(-1)?.getProperties();
    const request = requestFor(resource);
    if (mended !== undefined) request.setProperties(mended);
    const response = answers.analyze(request);
    return response.getDiagnosticsList().map((diagnostic) => findingOf(diagnostic, resource.urn));
  });
  const request = new analyzer.AnalyzeStackRequest();
  request.setResourcesList(resources.map(stackResource));
  const together = answers.analyzeStack(request).getDiagnosticsList();
  return Promise.resolve([...alone, ...together.map((diagnostic) => findingOf(diagnostic, ""))]);
}

const levels: readonly EnforcementLevel[] = ["advisory", "mandatory", "disabled", "remediate"];
const severities: readonly (Severity | undefined)[] = [undefined, "low", "medium", "high", "critical"];

function findingOf(diagnostic: AnalyzeDiagnostic, urn: string): Finding {
  const message = diagnostic.getMessage();
  const heading = `${diagnostic.getDescription()}\n`;
  return {
    policy: diagnostic.getPolicyname(),
    urn: diagnostic.getUrn() === "" ? urn : diagnostic.getUrn(),
    message: message.startsWith(heading) ? message.slice(heading.length) : message,
    level: levels[diagnostic.getEnforcementlevel()] ?? "mandatory",
    severity: severities[diagnostic.getSeverity()],
  };
}

function optionsOf({ parent, protect }: GraphResource) {
  const options = new analyzer.AnalyzerResourceOptions();
  options.setProtect(protect ?? false);
  options.setParent(parent ?? "");
  return options;
}

function requestFor(resource: GraphResource) {
  const request = new analyzer.AnalyzeRequest();
  request.setType(resource.type);
  request.setName(resource.name);
  request.setUrn(resource.urn);
  request.setProperties(structOf(resource.props));
  request.setOptions(optionsOf(resource));
  if (resource.provider !== undefined) {
    const { type, name, urn, props } = resource.provider;
    const provider = new analyzer.AnalyzerProviderResource();
    provider.setType(type);
    provider.setName(name);
    provider.setUrn(urn);
    provider.setProperties(structOf(props));
    request.setProvider(provider);
  }
  return request;
}

function stackResource(resource: GraphResource) {
  const message = new analyzer.AnalyzerResource();
  message.setType(resource.type);
  message.setName(resource.name);
  message.setUrn(resource.urn);
  message.setParent(resource.parent ?? "");
  message.setProperties(structOf(resource.outputs ?? resource.props));
  message.setOptions(optionsOf(resource));
  for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
    const dependencies = new analyzer.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  return message;
}

const signature = "4dabf18193072939515e22adb298388d";
const resourceReference = "5cf8f73096256a8f31e491e813e4eb8e";

/** What the engine tells a pack: absent values are left out, and a resource stands for its id, a component for its URN. */
function structOf(props: Readonly<Record<string, unknown>>) {
  const plain = JSON.stringify(props, (_, value: unknown): unknown => {
    const isReference = property(value, signature) === resourceReference;
    return isReference ? (property(value, "id") ?? property(value, "urn")) : value;
  });
  return struct.Struct.fromJavaScript(JSON.parse(plain) as Record<string, JavaScriptValue>);
}
