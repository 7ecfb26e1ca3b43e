import grpc from "@grpc/grpc-js";
import type {
  ServerUnaryCall,
  ServiceError,
  UntypedServiceImplementation,
  sendUnaryData,
} from "@grpc/grpc-js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import type {
  CheckRequest,
  ConfigureRequest,
  ConfigureResponse,
  CreateRequest,
  DeleteRequest,
  DiffRequest,
  InvokeRequest,
  ReadRequest,
  ReadResponse,
  UpdateRequest,
} from "@pulumi/pulumi/proto/provider_pb.js";
import type { Account } from "./account.ts";
import type { Awaitable } from "./answers.ts";
import { conclude, upon } from "./answers.ts";
import { diffSettings, differenceOf } from "./differences.ts";
import type { Found, Properties, Provider, Session, Subject } from "./model.ts";
import type { Carrier } from "./operations.ts";
import { carrying, committing, undisturbed } from "./operations.ts";
import { redacting, reveal, withhold } from "./secrets.ts";
import { parseSettings } from "./settings.ts";
import { statusOf } from "./status.ts";
import { Unanswered } from "./unanswered.ts";
import { Unready } from "./unready.ts";
import { list } from "./values.ts";
import { decode, encode } from "./wire.ts";
import type { Secrets } from "./wire.ts";

/** Answers one call of the engine, and notes the secrets in it. */
type Handler<Request, Response> = (request: Request, peer: string, secrets: Secrets) => Awaitable<Response>;

/** What the calls of one package share. */
interface Serving {
  readonly provider: Provider;
  readonly account: Account;
  /** The stack that the account is for: no other may touch it. @default any */
  readonly stack?: string;
  /** Settings of providers that are not given them. @default none */
  readonly defaults?: Properties;
  /** What happens to operations on their way to the account, such as faults. @default nothing */
  readonly disturb?: (carry: Carrier) => Carrier;
}

/**
 * One provider package as the engine's `ResourceProvider` service. The engine opens a connection for each provider resource of the
 * program, so the connection tells which settings a request comes with.
 */
export function providerService(serving: Serving, version: string): UntypedServiceImplementation {
  const connections: Connections = new Map();
  return {
    attach: unary(() => new empty.Empty()),
    cancel: unary(() => new empty.Empty()),
    getPluginInfo: unary(() => new plugin.PluginInfo().setVersion(version)),
    getSchema: unary(() => new proto.GetSchemaResponse().setSchema("{}")),
    checkConfig: unary((request: CheckRequest) => new proto.CheckResponse().setInputs(request.getNews())),
    diffConfig: unary(diffSettings),
    configure: unary((request: ConfigureRequest, peer) => configure(serving, connections, request, peer)),
    ...planning(serving, connections),
    ...changing(serving, connections),
  };
}

type Connections = Map<string, Properties>;

/** Notes what a provider says is secret. An empty text is none: it stands everywhere. */
function concealing(secrets: Secrets): (secret: string) => void {
  return (secret) => {
    if (secret !== "") secrets.add(secret);
  };
}

/** @throws Error for a connection without settings: to guess them would be to use another region or cluster. */
function settingsOf(connections: Connections, peer: string): Properties {
  const settings = connections.get(peer);
  if (settings === undefined) throw new Error("the provider has not been configured");
  return settings;
}

function configure(
  serving: Serving,
  connections: Connections,
  request: ConfigureRequest,
  peer: string,
): Awaitable<ConfigureResponse> {
  const { provider, account, stack, defaults } = serving;
  const asking = (request.getUrn() ?? "").split(":")[2];
  if (stack !== undefined && asking !== undefined && asking !== "" && asking !== stack) {
    throw new Error(
      `this sandbox is the account of the stack ${stack}, not of ${asking}: start one with STACK=${asking}`,
    );
  }
  const settings = { ...defaults, ...parseSettings(decode(request.getArgs(), new Set())) };
  const [accountId] = list(settings.allowedAccountIds);
  if (typeof accountId === "string") account.become(accountId);
  connections.set(peer, settings);
  return upon(provider.configure({ account, settings, preview: false, seed: "" }), () =>
    new proto.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true),
  );
}

/** The calls that change nothing. */
function planning({ provider, account }: Serving, connections: Connections): UntypedServiceImplementation {
  const session = (peer: string, secrets: Secrets, seed = ""): Session => {
    account.refresh();
    return {
      account: redacting(account, secrets),
      settings: settingsOf(connections, peer),
      preview: true,
      seed,
      conceal: concealing(secrets),
    };
  };
  return {
    check: unary((request: CheckRequest, peer, secrets) => {
      const news = decode(request.getNews(), secrets);
      const olds = decode(request.getOlds(), secrets);
      const given = Object.keys(olds).length === 0 ? undefined : olds;
      const within = session(peer, secrets, request.getRandomseed_asB64());
      return upon(provider.check(within, subjectOf(request), given, news), ({ inputs, failures }) => {
        const reported = failures.map(({ property, reason }) =>
          new proto.CheckFailure().setProperty(property).setReason(withhold(reason, secrets)),
        );
        return new proto.CheckResponse().setInputs(encode(inputs, secrets)).setFailuresList(reported);
      });
    }),
    diff: unary((request: DiffRequest, peer, secrets) => {
      const [inputs, state] = [decode(request.getOldInputs(), secrets), decode(request.getOlds(), secrets)];
      const news = decode(request.getNews(), secrets);
      return upon(
        provider.diff(session(peer, secrets), subjectOf(request), inputs, state, news),
        (difference) => differenceOf(difference, request),
      );
    }),
    read: unary((request: ReadRequest, peer, secrets) => {
      const inputs = request.hasInputs() ? decode(request.getInputs(), secrets) : undefined;
      const state = decode(request.getProperties(), secrets);
      const subject = subjectOf(request);
      return upon(provider.read(session(peer, secrets), subject, request.getId(), inputs, state), (found) =>
        foundAs(found, secrets),
      );
    }),
    invoke: unary((request: InvokeRequest, peer, secrets) =>
      upon(
        provider.invoke(session(peer, secrets), request.getTok(), decode(request.getArgs(), secrets)),
        (answer) => new proto.InvokeResponse().setReturn(encode(answer, secrets)),
      ),
    ),
  };
}

/** Empty for what is gone. */
function foundAs(found: Found, secrets: Secrets): ReadResponse {
  if (found === undefined) return new proto.ReadResponse();
  return new proto.ReadResponse()
    .setId(found.id)
    .setInputs(encode(reveal(found.inputs, secrets), secrets))
    .setProperties(encode(reveal(found.state, secrets), secrets));
}

/** The calls that change the account, unless they are for a preview. */
function changing(serving: Serving, connections: Connections): UntypedServiceImplementation {
  const { account, disturb = undisturbed } = serving;
  const provider = carrying(serving.provider, disturb(committing(account)));
  const session = (peer: string, secrets: Secrets, preview: boolean): Session => {
    account.refresh();
    return {
      account: redacting(account, secrets),
      settings: settingsOf(connections, peer),
      preview,
      seed: "",
      conceal: concealing(secrets),
    };
  };
  return {
    create: unary((request: CreateRequest, peer, secrets) => {
      const inputs = decode(request.getProperties(), secrets);
      const within = session(peer, secrets, request.getPreview());
      return upon(provider.create(within, subjectOf(request), inputs), ({ id, state }) =>
        new proto.CreateResponse().setId(id).setProperties(encode(state, secrets)),
      );
    }),
    update: unary((request: UpdateRequest, peer, secrets) => {
      const [news, olds] = [decode(request.getNews(), secrets), decode(request.getOlds(), secrets)];
      const within = session(peer, secrets, request.getPreview());
      return upon(provider.update(within, subjectOf(request), request.getId(), olds, news), ({ state }) =>
        new proto.UpdateResponse().setProperties(encode(state, secrets)),
      );
    }),
    delete: unary((request: DeleteRequest, peer, secrets) =>
      upon(
        provider.delete(session(peer, secrets, false), subjectOf(request), request.getId()),
        () => new empty.Empty(),
      ),
    ),
  };
}

function unary<Request, Response>(answer: Handler<Request, Response>) {
  return (call: ServerUnaryCall<Request, Response>, reply: sendUnaryData<Response>): void => {
    const secrets: Secrets = new Set();
    void conclude(
      () => answer(call.request, call.getPeer(), secrets),
      (response) => {
        reply(null, response);
      },
      (error) => {
        if (!(error instanceof Unanswered)) reply(failureOf(error, secrets));
      },
    );
  };
}

/** What exists but never became ready is kept in the engine's state, so that the next update can mend it. */
function failureOf(error: unknown, secrets: Secrets): Partial<ServiceError> {
  const details = withhold(error instanceof Error ? error.message : String(error), secrets);
  if (!(error instanceof Unready)) return { code: grpc.status.UNKNOWN, details };
  const { id, state } = error.settled;
  const message = new proto.ErrorResourceInitFailed()
    .setId(id)
    .setProperties(encode(state, secrets))
    .setReasonsList([details]);
  return statusOf(grpc.status.UNKNOWN, details, { type: "pulumirpc.ErrorResourceInitFailed", message });
}

interface Request {
  getUrn(): string;
}

function subjectOf(request: Request): Subject {
  const urn = request.getUrn();
  const [, , types = "", ...name] = urn.split("::");
  return { urn, token: types.split("$").at(-1) ?? types, name: name.join("::") };
}
