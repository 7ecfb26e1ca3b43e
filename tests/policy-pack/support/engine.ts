import { createRequire } from "node:module";

import type { EnforcementLevel, Policies, Severity } from "@pulumi/policy";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { AnalyzeDiagnostic, AnalyzeResponse } from "@pulumi/pulumi/proto/analyzer_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";

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

type Answer = (error: Error | null | undefined, response: AnalyzeResponse) => void;
type Analyze = (call: { readonly request: unknown }, callback: Answer) => Promise<void>;
type MakeAnalyze = (pack: string, version: string, level: EnforcementLevel, policies: Policies) => Analyze;

/** What the SDK's own server answers the engine with. It is internal to the SDK, hence the pinned version and the missing types. */
const server = createRequire(import.meta.url)("@pulumi/policy/server.js") as {
  readonly makeAnalyzeRpcFun: MakeAnalyze;
  readonly makeAnalyzeStackRpcFun: MakeAnalyze;
};

/**
 * Judges resources as the engine has them judged: each by itself and then all together, through the server functions of the SDK and the
 * messages of its protocol.
 */
export async function analyze(
  policies: Policies,
  resources: readonly GraphResource[],
): Promise<readonly Finding[]> {
  const one = server.makeAnalyzeRpcFun("groundwork", "0.0.0", "mandatory", policies);
  const together = server.makeAnalyzeStackRpcFun("groundwork", "0.0.0", "mandatory", policies);
  const findings: Finding[] = [];
  for (const resource of resources) {
    const response = await answer(one, requestFor(resource));
    findings.push(...response.getDiagnosticsList().map((diagnostic) => findingOf(diagnostic, resource.urn)));
  }
  const request = new analyzer.AnalyzeStackRequest();
  request.setResourcesList(resources.map(stackResource));
  const response = await answer(together, request);
  return [...findings, ...response.getDiagnosticsList().map((diagnostic) => findingOf(diagnostic, ""))];
}

function answer(rpc: Analyze, request: unknown): Promise<AnalyzeResponse> {
  return new Promise((resolve, reject) => {
    void rpc({ request }, (error, response) => {
      if (error) reject(error);
      else resolve(response);
    });
  });
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
