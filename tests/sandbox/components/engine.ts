import grpc from "@grpc/grpc-js";
import type { ServerUnaryCall, UntypedServiceImplementation, sendUnaryData } from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import providerServices from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type provider from "@pulumi/pulumi/proto/provider_pb.js";
import monitorServices from "@pulumi/pulumi/proto/resource_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/resource_pb.js";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb.js";
import { fromMessage, toMessage } from "../../../sandbox/components/engine-values.ts";
import { componentService } from "../../../sandbox/components/serve.ts";
import type { Properties } from "../../../sandbox/model.ts";

type ConstructRequest = InstanceType<typeof provider.ConstructRequest>;
type Client = InstanceType<typeof providerServices.ResourceProviderClient>;
type CallRequest = InstanceType<typeof provider.CallRequest>;
type CallResponse = InstanceType<typeof provider.CallResponse>;
type ConstructResponse = InstanceType<typeof provider.ConstructResponse>;

/** What the engine was told of one resource. */
export interface Registered {
  readonly request: RegisterResourceRequest;
  readonly inputs: Properties;
}

/** The engine's side of Construct: calls the components' service, and takes what they register. */
export class Engine {
  public readonly registered: Registered[] = [];
  /** Outputs of components, by URN. */
  public readonly outputs = new Map<string, Properties>();
  /** Names of the resources that fail. */
  public readonly failing = new Set<string>();
  private readonly monitor = new grpc.Server();
  private readonly components = new grpc.Server();
  private address = "";
  private client: Client | undefined;

  /** @param beside what serves the package's own resources. @default it has none */
  public async start(packageName: string, beside: UntypedServiceImplementation = {}): Promise<void> {
    this.monitor.addService(monitorServices.ResourceMonitorService, this.service());
    this.components.addService(providerServices.ResourceProviderService, {
      ...componentService(packageName, "1.2.3"),
      ...beside,
    });
    this.address = `127.0.0.1:${await listen(this.monitor)}`;
    const port = await listen(this.components);
    this.client = new providerServices.ResourceProviderClient(
      `127.0.0.1:${port}`,
      grpc.credentials.createInsecure(),
    );
  }

  public stop(): void {
    this.client?.close();
    this.monitor.forceShutdown();
    this.components.forceShutdown();
  }

  public construct(request: ConstructRequest): Promise<ConstructResponse> {
    return this.ask((client, reply) => client.construct(request.setMonitorendpoint(this.address), reply));
  }

  public call(request: CallRequest): Promise<CallResponse> {
    return this.ask((client, reply) => client.call(request.setMonitorendpoint(this.address), reply));
  }

  /** Asks the service anything else. */
  public ask<Response>(
    call: (client: Client, reply: (error: Error | null, response: Response) => void) => void,
  ): Promise<Response> {
    return new Promise((resolve, reject) => {
      if (this.client === undefined) throw new Error("it is not started");
      call(this.client, (error, response) => {
        if (error === null) resolve(response);
        else reject(error);
      });
    });
  }

  /** What was registered under a name of a type. */
  public only(type: string): Registered {
    const [found, ...more] = this.registered.filter(({ request }) => request.getType() === type);
    if (found === undefined || more.length > 0) throw new Error(`not one ${type}`);
    return found;
  }

  private service(): UntypedServiceImplementation {
    return {
      registerResource: unary((request: RegisterResourceRequest) => {
        const inputs = fromMessage(request.getObject());
        this.registered.push({ request, inputs });
        if (this.failing.has(request.getName())) throw new Error("out of addresses");
        const urn = `urn:pulumi:test::test::${request.getType()}::${request.getName()}`;
        const id = request.getCustom() ? `id-of-${request.getName()}` : "";
        const object = toMessage({ arn: `arn-of-${request.getName()}`, ...inputs });
        return new proto.RegisterResourceResponse().setUrn(urn).setId(id).setObject(object);
      }),
      registerResourceOutputs: unary((request: InstanceType<typeof proto.RegisterResourceOutputsRequest>) => {
        this.outputs.set(request.getUrn(), fromMessage(request.getOutputs()));
        return new empty.Empty();
      }),
      invoke: unary((request: InstanceType<typeof proto.ResourceInvokeRequest>) => {
        const { urn } = fromMessage(request.getArgs());
        const state = this.outputs.get(String(urn)) ?? {};
        return new proto.ResourceInvokeResponse().setReturn(toMessage({ urn, state }));
      }),
    };
  }
}

function unary<Request, Response>(answer: (request: Request) => Response) {
  return ({ request }: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>): void => {
    try {
      reply(null, answer(request));
    } catch (error) {
      reply({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
    }
  };
}

function listen(server: grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}
