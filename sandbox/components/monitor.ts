import grpc from "@grpc/grpc-js";
import type { ServiceError } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/resource_pb.js";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import type { Properties } from "../model.ts";
import { isRecord } from "../values.ts";
import { fromMessage, toMessage } from "./engine-values.ts";
import type { Made } from "./evaluation.ts";

/** What the engine allows for one message: states of large stacks pass through it. */
const maxMessageBytes = 400 * 1024 * 1024;

/** The engine's side that takes registrations: the `ResourceMonitor` service. */
export class Monitor {
  private readonly client: InstanceType<typeof services.ResourceMonitorClient>;

  public constructor(address: string) {
    this.client = new services.ResourceMonitorClient(address, grpc.credentials.createInsecure(), {
      "grpc.max_receive_message_length": maxMessageBytes,
      "grpc.max_send_message_length": maxMessageBytes,
    });
  }

  public close(): void {
    this.client.close();
  }

  /** Registers a resource and waits until the engine is done with it. */
  public async register(request: RegisterResourceRequest): Promise<Made> {
    const response = await answer((reply: Reply<InstanceType<typeof proto.RegisterResourceResponse>>) => {
      this.client.registerResource(request, reply);
    });
    if (response.getResult() !== proto.Result.SUCCESS) {
      throw new Error(`resource ${request.getName()} [${request.getType()}] failed to register`);
    }
    const made = { urn: response.getUrn(), state: fromMessage(response.getObject()) };
    return request.getCustom() ? { ...made, id: response.getId() } : made;
  }

  public async registerOutputs(urn: string, outputs: Properties): Promise<void> {
    const request = new proto.RegisterResourceOutputsRequest().setUrn(urn).setOutputs(toMessage(outputs));
    await answer((reply: Reply<unknown>) => {
      this.client.registerResourceOutputs(request, reply);
    });
  }

  /** A resource that is there already, or in a preview will be. */
  public async find(urn: string): Promise<Made> {
    const { id, state } = await this.invoke("pulumi:pulumi:getResource", { urn }, "");
    const made = { urn, state: isRecord(state) ? state : {} };
    return typeof id === "string" && id !== "" ? { ...made, id } : made;
  }

  /** Calls a provider function; `provider` is the reference of the provider resource, or empty for the default one. */
  public async invoke(token: string, args: Properties, provider: string): Promise<Properties> {
    const request = new proto.ResourceInvokeRequest()
      .setTok(token)
      .setArgs(toMessage(args))
      .setProvider(provider)
      .setAcceptresources(true);
    const response = await answer((reply: Reply<InstanceType<typeof proto.ResourceInvokeResponse>>) => {
      this.client.invoke(request, reply);
    });
    const [failure] = response.getFailuresList();
    if (failure !== undefined) throw new Error(`${token}: ${failure.getReason()}`);
    return fromMessage(response.getReturn());
  }
}

type Reply<Response> = (error: ServiceError | null, response: Response) => void;

function answer<Response>(call: (reply: Reply<Response>) => void): Promise<Response> {
  return new Promise((resolve, reject) => {
    call((error, response) => {
      if (error === null) resolve(response);
      else reject(error);
    });
  });
}
