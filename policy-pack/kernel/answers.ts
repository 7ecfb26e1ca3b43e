import type { PolicyResourceOptions } from "@pulumi/policy";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import type {
  AnalyzeDiagnostic,
  AnalyzeRequest,
  AnalyzeResponse,
  AnalyzerInfo,
  AnalyzerResource,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
  RemediateResponse,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import type { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb.js";

import type { Given } from "./definition.ts";
import type { GraphSource } from "./graph.ts";
import { infoOf, levelNumbers, severityNumbers } from "./info.ts";
import { known } from "./levels.ts";
import type { Levels } from "./levels.ts";
import type { Judged, Pack, Verdict } from "./pack.ts";
import type { Wire } from "./wire.ts";

/** Under which name and version the pack reports. */
export interface Identity {
  readonly name: string;
  readonly version: string;
}

/** What the pack answers to the engine's questions (`pulumi/analyzer.proto`), without the connection they come through. */
export class Answers {
  readonly #pack: Pack;
  readonly #identity: Identity;

  public constructor(pack: Pack, identity: Identity) {
    this.#pack = pack;
    this.#identity = identity;
  }

  /** What the pack is and which policies it has. */
  public info(): AnalyzerInfo {
    const info = new analyzer.AnalyzerInfo();
    info.setName(this.#identity.name);
    info.setVersion(this.#identity.version);
    info.setSupportsconfig(true);
    info.setPoliciesList(this.#pack.rulings.map(infoOf));
    return info;
  }

  /** The version of the plugin that serves. */
  public plugin(): PluginInfo {
    const info = new plugin.PluginInfo();
    info.setVersion(this.#identity.version);
    return info;
  }

  /** @throws RunError for a configuration that loosens anything */
  public configure(request: ConfigureAnalyzerRequest): void {
    const levels: Record<string, Given> = {};
    request.getPolicyconfigMap().forEach((config, policy) => {
      const level = known.find((candidate) => levelNumbers[candidate] === config.getEnforcementlevel());
      const settings = Object.entries(config.getProperties()?.toJavaScript() ?? {}).filter(isSetting);
      levels[policy] = { ...Object.fromEntries(settings), ...(level && { enforcementLevel: level }) };
    });
    this.#pack.configure(levels satisfies Levels);
  }

  /** Judges a resource before it is created or changed. */
  public analyze(request: AnalyzeRequest): AnalyzeResponse {
    const props = this.#pack.reveal(wireOf(request.getProperties()));
    return this.#response(this.#pack.judge({ ...this.#described(request), props }));
  }

  /** Judges the stack when all its resources are registered. */
  public analyzeStack(request: AnalyzeStackRequest): AnalyzeResponse {
    return this.#response(
      this.#pack.judgeStack(request.getResourcesList().map((resource) => this.#source(resource))),
    );
  }

  /** Mends a resource where policies may. */
  public remediate(request: AnalyzeRequest): RemediateResponse {
    const response = new analyzer.RemediateResponse();
    if (!this.#pack.mends(request.getType())) return response;
    const remedied = this.#pack.remedy(this.#described(request), wireOf(request.getProperties()));
    const { name, version } = this.#identity;
    const remediations = remedied.map(({ ruling, wire }) => {
      const remediation = new analyzer.Remediation();
      remediation.setPolicyname(ruling.definition.name);
      remediation.setPolicypackname(name);
      remediation.setPolicypackversion(version);
      remediation.setDescription(ruling.definition.description);
      remediation.setProperties(structOf(wire));
      return remediation;
    });
    response.setRemediationsList(remediations);
    return response;
  }

  #described(request: AnalyzeRequest): Omit<Judged, "props"> {
    const provider = request.getProvider();
    return {
      type: request.getType(),
      name: request.getName(),
      urn: request.getUrn(),
      options: optionsOf(request),
      ...(provider && {
        provider: {
          type: provider.getType(),
          name: provider.getName(),
          urn: provider.getUrn(),
          props: this.#pack.reveal(wireOf(provider.getProperties())),
        },
      }),
    };
  }

  #source(resource: AnalyzerResource): GraphSource {
    const sources: Record<string, readonly string[]> = {};
    resource.getPropertydependenciesMap().forEach((dependencies, property) => {
      sources[property] = dependencies.getUrnsList();
    });
    return {
      urn: resource.getUrn(),
      type: resource.getType(),
      name: resource.getName(),
      outputs: this.#pack.reveal(wireOf(resource.getProperties())),
      sources,
    };
  }

  #response(verdicts: readonly Verdict[]): AnalyzeResponse {
    const response = new analyzer.AnalyzeResponse();
    response.setDiagnosticsList(verdicts.map((verdict) => this.#diagnostic(verdict)));
    return response;
  }

  /** A policy's report. What is left when a remedy could not help is mandatory. */
  #diagnostic({ ruling, message, urn }: Verdict): AnalyzeDiagnostic {
    const { definition, level } = ruling;
    const diagnostic = new analyzer.AnalyzeDiagnostic();
    diagnostic.setPolicyname(definition.name);
    diagnostic.setPolicypackname(this.#identity.name);
    diagnostic.setPolicypackversion(this.#identity.version);
    diagnostic.setDescription(definition.description);
    diagnostic.setMessage(`${definition.description}\n${message}`);
    diagnostic.setEnforcementlevel(levelNumbers[level === "remediate" ? "mandatory" : level]);
    diagnostic.setSeverity(severityNumbers[definition.severity]);
    diagnostic.setUrn(urn ?? "");
    return diagnostic;
  }
}

function isSetting(entry: [string, unknown]): entry is [string, Given[string]] {
  const [, value] = entry;
  return ["boolean", "number", "string"].includes(typeof value) || Array.isArray(value);
}

function wireOf(properties: Struct | undefined): Wire {
  return properties?.toJavaScript() ?? {};
}

/** Inputs in the form of the protocol. */
export function structOf(wire: Wire): Struct {
  return struct.Struct.fromJavaScript(Object.fromEntries(Object.entries(wire).filter(isJson)));
}

function isJson(entry: [string, unknown]): entry is [string, JavaScriptValue] {
  return entry[1] !== undefined;
}

function optionsOf(request: AnalyzeRequest): PolicyResourceOptions {
  const options = request.getOptions() ?? new analyzer.AnalyzerResourceOptions();
  const timeouts = options.getCustomtimeouts() ?? new analyzer.AnalyzerResourceOptions.CustomTimeouts();
  return {
    protect: options.getProtect(),
    ignoreChanges: options.getIgnorechangesList(),
    aliases: options.getAliasesList(),
    additionalSecretOutputs: options.getAdditionalsecretoutputsList(),
    customTimeouts: {
      createSeconds: timeouts.getCreate(),
      updateSeconds: timeouts.getUpdate(),
      deleteSeconds: timeouts.getDelete(),
    },
    ...(options.getDeletebeforereplacedefined() && { deleteBeforeReplace: options.getDeletebeforereplace() }),
    ...(options.getParent() !== "" && { parent: options.getParent() }),
  };
}
