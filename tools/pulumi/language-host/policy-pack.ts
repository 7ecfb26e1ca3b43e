import type {
  Client,
  ServiceError,
  sendUnaryData,
  ServerUnaryCall,
  UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { AnalyzerStackConfigureRequest } from "@pulumi/pulumi/proto/analyzer_pb.js";
import type { Socket } from "node:net";
import { connect, createServer } from "node:net";
import { maxMessageBytes, sdk } from "./sdk.ts";

const grpc = sdk("@grpc/grpc-js");
const { AnalyzerStackConfigureRequest: ConfigureRequest } = sdk("./proto/analyzer_pb.js");
const { AnalyzerService } = sdk("./proto/analyzer_grpc_pb.js");

type Call = ServerUnaryCall<Buffer, Buffer>;
type Reply = sendUnaryData<Buffer>;

const asIs = (message: Buffer): Buffer => message;
const nothing = Buffer.alloc(0);

/** Milliseconds for what the engine asked before it heard that it shall connect anew. */
const patience = 60_000;

/**
 * Where the engine finds the policy pack. A pack may ask for the stack's name and settings while it is being loaded, but the engine
 * tells them only to an analyzer that already serves: so this one serves at once, waits for them, and passes on, unread, what is
 * asked of the pack that is started with them. As soon as the pack serves, it tells the engine to connect anew, and leads that
 * connection to the pack: from then on it handles no message.
 */
export class PolicyPackDoor {
  readonly #configured = Promise.withResolvers<AnalyzerStackConfigureRequest | undefined>();
  readonly #pack = Promise.withResolvers<Client>();
  readonly #server = new grpc.Server({ "grpc.max_receive_message_length": maxMessageBytes });
  readonly #reception = this.#server.createConnectionInjector(grpc.ServerCredentials.createInsecure());
  readonly #door = createServer({ noDelay: true }, (engine) => {
    if (this.#packPort === undefined) this.#reception.injectConnection(engine);
    else splice(engine, connect({ host: "127.0.0.1", port: this.#packPort, noDelay: true }));
  });
  #packPort: number | undefined;

  public constructor() {
    const methods = Object.entries(AnalyzerService);
    const raw = {
      requestSerialize: asIs,
      requestDeserialize: asIs,
      responseSerialize: asIs,
      responseDeserialize: asIs,
    };
    const definition = Object.fromEntries(methods.map(([name, method]) => [name, { ...method, ...raw }]));
    const passing = methods.map(([name, { path }]) => [name, this.#pass.bind(this, path)] as const);
    const service: UntypedServiceImplementation = {
      ...Object.fromEntries(passing),
      handshake: (_call: Call, reply: Reply) => {
        reply(null, nothing);
      },
      configureStack: (call: Call, reply: Reply) => {
        this.#configured.resolve(ConfigureRequest.deserializeBinary(call.request));
        reply(null, nothing);
      },
    };
    this.#server.addService(definition, service);
    // Whoever asks the pack for something hears of its failure; nobody may have asked yet.
    this.#pack.promise.catch(() => undefined);
  }

  /** Starts serving and tells on which local port. */
  public open(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#door.once("error", reject).listen({ host: "127.0.0.1", port: 0 }, () => {
        const address = this.#door.address();
        if (typeof address === "object" && address !== null) resolve(address.port);
      });
    });
  }

  /** The environment that tells the pack its stack, known once the engine has told it; empty without a stack. */
  public async environment(): Promise<Readonly<Record<string, string>>> {
    const stack = await this.#configured.promise;
    if (stack === undefined) return {};
    return {
      PULUMI_NODEJS_ORGANIZATION: stack.getOrganization(),
      PULUMI_NODEJS_PROJECT: stack.getProject(),
      PULUMI_NODEJS_STACK: stack.getStack(),
      PULUMI_NODEJS_DRY_RUN: String(stack.getDryRun()),
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(stack.getConfigMap().toArray())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(stack.getConfigSecretKeysList()),
    };
  }

  /** Leads on to the pack, which serves on `port`: calls that wait, and from now on every new connection. */
  public async attach(port: number): Promise<void> {
    const pack = new grpc.Client(`127.0.0.1:${String(port)}`, grpc.credentials.createInsecure(), {
      "grpc.max_receive_message_length": maxMessageBytes,
    });
    const stack = await this.#configured.promise;
    // A pack that does not know this call has no use for the stack's tags.
    if (stack !== undefined)
      await ask(pack, AnalyzerService.configureStack.path, Buffer.from(stack.serializeBinary()));
    this.#pack.resolve(pack);
    this.#packPort = port;
    this.#reception.drain(patience);
  }

  /** Stops serving; whoever still waits for the pack hears why there is none. */
  public close(reason: string): void {
    this.#pack.reject(new Error(reason));
    // Not at once: the engine is told the reason before the door closes.
    this.#door.close();
    this.#server.tryShutdown(() => undefined);
  }

  async #pass(path: string, call: Call, reply: Reply): Promise<void> {
    // Asked before it was told the stack: there is none, as in `pulumi policy publish`.
    this.#configured.resolve(undefined);
    try {
      const { error, answer } = await ask(await this.#pack.promise, path, call.request);
      reply(error, answer);
    } catch (error) {
      reply({ code: grpc.status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
    }
  }
}

/** Two ends of one line: what one says the other hears, and none stays when the other has gone. */
function splice(one: Socket, other: Socket): void {
  one.pipe(other).pipe(one);
  for (const [end, far] of [
    [one, other],
    [other, one],
  ] as const) {
    end.on("error", () => undefined).on("close", () => far.destroy());
  }
}

interface Answer {
  readonly error: ServiceError | null;
  readonly answer?: Buffer | undefined;
}

function ask(pack: Client, path: string, message: Buffer): Promise<Answer> {
  return new Promise((resolve) => {
    pack.makeUnaryRequest(path, asIs, asIs, message, (error, answer) => {
      resolve({ error, answer });
    });
  });
}
