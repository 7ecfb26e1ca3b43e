import provider from "@pulumi/pulumi/proto/provider_pb.js";
import type { ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import proto from "@pulumi/pulumi/proto/resource_pb.js";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import type { Properties } from "../model.ts";
import { UNKNOWN } from "../values.ts";
import { expand, informed } from "./components.ts";
import { fromMessage, readArguments, toMessage } from "./engine-values.ts";
import { Evaluation, plainOf } from "./evaluation.ts";
import type { Host, Made, Prepared } from "./evaluation.ts";
import type { Ask } from "./manifests.ts";
import { Monitor } from "./monitor.ts";
import type { Child, Expansion } from "./plan.ts";

/**
 * Answers the engine's Construct: registers the component and every child with the engine, and returns when all are done. It speaks to
 * the engine's monitor itself, since the SDK keeps one engine address for a whole process, and several engines may ask at once.
 */
export async function constructComponent(request: ConstructRequest): Promise<ConstructResponse> {
  const inputs = readArguments(fromMessage(request.getInputs()), dependenciesOf(request));
  const monitor = new Monitor(request.getMonitorendpoint());
  try {
    const [type, name] = [request.getType(), request.getName()];
    const ask: Ask = (token, args) => monitor.invoke(token, args, providerGiven(request, token));
    const args = await informed(type, name, inputs, ask);
    const expansion = expand(type, name, args, request.getStack());
    const component = await monitor.register(componentRequest(request, expansion));
    const host = new EngineHost(monitor, request, component.urn);
    const outputs = await new Evaluation(expansion, host).run();

    const state = plainOf(outputs);
    await monitor.registerOutputs(component.urn, expansion.keepsOutputs ? state : {});
    const response = new provider.ConstructResponse().setUrn(component.urn).setState(toMessage(state));
    for (const [name, { dependencies }] of Object.entries(outputs)) {
      const urns = new provider.ConstructResponse.PropertyDependencies().setUrnsList(
        [...dependencies].sort(),
      );
      response.getStatedependenciesMap().set(name, urns);
    }
    return response;
  } finally {
    monitor.close();
  }
}

/** Like the real components, it keeps no inputs, and passes none of its options on to the children but `protect`. */
function componentRequest(request: ConstructRequest, { parent }: Expansion): RegisterResourceRequest {
  const registration = blank(request.getType(), request.getName())
    .setParent(parent?.urn ?? request.getParent())
    .setDependenciesList(request.getDependenciesList())
    .setAliasesList(request.getAliasesList())
    .setDeletedwith(request.getDeletedwith());
  const [protect, retain] = [request.getProtect(), request.getRetainondelete()];
  if (protect !== undefined) registration.setProtect(protect);
  if (retain !== undefined) registration.setRetainondelete(retain);
  for (const [name, reference] of mapOf(request.getProvidersMap()))
    registration.getProvidersMap().set(name, reference);
  return registration;
}

function blank(type: string, name: string): RegisterResourceRequest {
  return new proto.RegisterResourceRequest()
    .setType(type)
    .setName(name)
    .setAcceptsecrets(true)
    .setAcceptresources(true)
    .setSupportspartialvalues(true)
    .setSupportsresultreporting(true)
    .setAliasspecs(true);
}

/** Makes the children in the engine that asked for the component. */
class EngineHost implements Host {
  public readonly preview: boolean;
  private readonly monitor: Monitor;
  private readonly component: string;
  private readonly protect: boolean | undefined;
  /** References of the provider resources that the program gave, by package. */
  private readonly providers: ReadonlyMap<string, string>;

  public constructor(monitor: Monitor, request: ConstructRequest, component: string) {
    this.monitor = monitor;
    this.component = component;
    this.preview = request.getDryrun();
    this.protect = request.getProtect();
    this.providers = new Map(mapOf(request.getProvidersMap()));
  }

  public async make(prepared: Prepared): Promise<Made> {
    const { child, inputs, parent = this.component, dependsOn, providers } = prepared;
    const isComponent = child.outputs !== undefined;
    const shown = Object.values(inputs).flatMap(({ dependencies }) => [...dependencies]);
    const registration = blank(child.type, child.name)
      .setCustom(!isComponent)
      .setParent(parent)
      .setObject(toMessage(plainOf(inputs)))
      .setDependenciesList([...new Set([...dependsOn, ...shown])].sort())
      .setIgnorechangesList([...(child.ignoreChanges ?? [])]);
    this.keepAsLong(registration, child);
    if (isComponent) this.passProviders(registration, providers);
    else registration.setProvider(ownProvider(child.type, providers) ?? this.providerOf(child.type));
    for (const [name, { dependencies }] of Object.entries(inputs)) {
      const urns = new proto.RegisterResourceRequest.PropertyDependencies();
      registration.getPropertydependenciesMap().set(name, urns.setUrnsList([...dependencies].sort()));
    }
    const made = await this.monitor.register(registration);
    return made.id === "" ? { ...made, id: UNKNOWN } : made;
  }

  /** Protected like the component; what shall outlive it, for ever. */
  private keepAsLong(registration: RegisterResourceRequest, { retainOnDelete }: Child): void {
    if (this.protect !== undefined) registration.setProtect(this.protect);
    if (retainOnDelete === true) registration.setRetainondelete(true);
  }

  public async finish({ urn }: Made, outputs: Properties): Promise<void> {
    await this.monitor.registerOutputs(urn, outputs);
  }

  public find(urn: string): Promise<Made> {
    return this.monitor.find(urn);
  }

  public invoke(token: string, args: Properties): Promise<Properties> {
    return this.monitor.invoke(token, args, this.providerOf(token));
  }

  private providerOf(token: string): string {
    return this.providers.get(token.split(":")[0] ?? token) ?? "";
  }

  private passProviders(registration: RegisterResourceRequest, own: Readonly<Record<string, Made>>): void {
    const map = registration.getProvidersMap();
    for (const [name, reference] of this.providers) map.set(name, reference);
    for (const [name, made] of Object.entries(own)) map.set(name, referenceTo(made));
  }
}

/** The reference of the provider that the program gave for a function of its package; empty for the default one. */
function providerGiven(request: ConstructRequest, token: string): string {
  return new Map(mapOf(request.getProvidersMap())).get(token.split(":")[0] ?? token) ?? "";
}

/** The provider among the component's own children that a resource is made with. */
function ownProvider(type: string, providers: Readonly<Record<string, Made>>): string | undefined {
  const made = providers[type.split(":")[0] ?? type];
  return made && referenceTo(made);
}

/** A provider resource as the engine names it. */
function referenceTo({ urn, id = UNKNOWN }: Made): string {
  return `${urn}::${id}`;
}

function dependenciesOf(request: ConstructRequest): ReadonlyMap<string, readonly string[]> {
  return new Map(mapOf(request.getInputdependenciesMap()).map(([name, urns]) => [name, urns.getUrnsList()]));
}

/** The entries of a protobuf map. */
export function mapOf<Value>(map: {
  forEach(visit: (value: Value, key: string) => void): void;
}): (readonly [string, Value])[] {
  const entries: (readonly [string, Value])[] = [];
  map.forEach((value, key) => entries.push([key, value]));
  return entries;
}
