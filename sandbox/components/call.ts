import provider from "@pulumi/pulumi/proto/provider_pb.js";
import type { CallRequest, CallResponse } from "@pulumi/pulumi/proto/provider_pb.js";
import type { Properties } from "../model.ts";
import { ComponentError, json } from "./arguments.ts";
import { mapOf } from "./construct.ts";
import { readArguments, fromMessage, toMessage } from "./engine-values.ts";
import { Evaluation, plainOf } from "./evaluation.ts";
import type { Host, Made, Prepared } from "./evaluation.ts";
import { kubeconfigOf } from "./kubeconfig.ts";
import { Monitor } from "./monitor.ts";
import { at } from "./plan.ts";

/** The methods of components, by token: what each returns for its arguments, of which `__self__` is the component. */
const methods: ReadonlyMap<string, (args: Properties) => Properties> = new Map([
  // https://www.pulumi.com/registry/packages/eks/api-docs/cluster/#method_GetKubeconfig
  [
    "eks:index:Cluster/getKubeconfig",
    ({ __self__: self, roleArn, profileName }: Properties) => ({
      result: json(kubeconfigOf(at(self, "eksCluster"), { roleArn, profileName })),
    }),
  ],
]);

/** Answers the engine's Call of a component's method. */
export async function callMethod(request: CallRequest): Promise<CallResponse> {
  const method = methods.get(request.getTok());
  if (method === undefined)
    throw new ComponentError(`the sandbox does not know the method ${request.getTok()}`);
  const dependencies = mapOf(request.getArgdependenciesMap()).map(
    ([name, urns]) => [name, urns.getUrnsList()] as const,
  );
  const args = readArguments(fromMessage(request.getArgs()), new Map(dependencies));
  const monitor = new Monitor(request.getMonitorendpoint());
  try {
    const asking = { children: [], outputs: method(args), keepsOutputs: false };
    const outputs = await new Evaluation(asking, new Caller(monitor, request.getDryrun())).run();
    const response = new provider.CallResponse().setReturn(toMessage(plainOf(outputs)));
    for (const [name, { dependencies: found }] of Object.entries(outputs)) {
      const urns = new provider.CallResponse.ReturnDependencies().setUrnsList([...found].sort());
      response.getReturndependenciesMap().set(name, urns);
    }
    return response;
  } finally {
    monitor.close();
  }
}

/** A method looks, and makes nothing. */
class Caller implements Host {
  public readonly preview: boolean;
  private readonly monitor: Monitor;

  public constructor(monitor: Monitor, preview: boolean) {
    this.monitor = monitor;
    this.preview = preview;
  }

  public make({ child: { type } }: Prepared): Promise<Made> {
    return Promise.reject(new ComponentError(`a method makes nothing, and no ${type}`));
  }

  public finish(): Promise<void> {
    return Promise.resolve();
  }

  public find(urn: string): Promise<Made> {
    return this.monitor.find(urn);
  }

  public invoke(token: string, args: Properties): Promise<Properties> {
    return this.monitor.invoke(token, args, "");
  }
}
