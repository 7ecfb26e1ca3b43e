import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import grpc from "@grpc/grpc-js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import status from "@pulumi/pulumi/proto/status_pb.js";
import { expect } from "chai";
import { Account } from "../../sandbox/account.ts";
import type { Properties, Provider } from "../../sandbox/model.ts";
import { Refusal } from "../../sandbox/model.ts";
import { providerService } from "../../sandbox/service.ts";
import { secretSignature, signatureKey } from "../../sandbox/signatures.ts";
import { Unready } from "../../sandbox/unready.ts";
import { later } from "./answering.ts";
import { call, failure, madeOf } from "./calls.ts";

const urn = "urn:pulumi:dev::shop::test:index:Thing::thing";
const seal = (value: string) => ({ [signatureKey]: secretSignature, value });
const sealed = seal("hunter2");
const thing = { scope: "eu-west-1", token: "test:index:Thing", urn, inputs: {}, state: {}, keys: [] };

/** A provider that takes everything, with other answers where a test is about them. */
function provider(answers: Partial<Provider> = {}): Provider {
  return {
    configure: () => undefined,
    check: (_session, _subject, _olds, inputs) => ({ inputs, failures: [] }),
    diff: () => ({ changes: [], deleteBeforeReplace: false }),
    create: (_session, _subject, state) => ({ id: "thing-1", state, seconds: 1 }),
    read: () => undefined,
    update: (_session, _subject, id, _state, state) => ({ id, state, seconds: 1 }),
    delete: () => 1,
    invoke: () => ({}),
    ...answers,
  };
}

describe("a provider package's service", () => {
  const folder = mkdtempSync(join(tmpdir(), "service-"));
  const file = join(folder, "account.sqlite");
  const account = new Account(file, "run");
  const server = new grpc.Server();
  let client: InstanceType<typeof services.ResourceProviderClient>;

  const serve = async (answers: Partial<Provider> = {}, configured = true): Promise<void> => {
    const service = providerService({ provider: provider(answers), account, stack: "dev" }, "1.2.3");
    server.addService(services.ResourceProviderService, service);
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    client = new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    if (configured) await configure("dev");
  };
  const configure = (stack: string): Promise<unknown> =>
    call((reply) => {
      const provided = `urn:pulumi:${stack}::shop::pulumi:providers:test::default`;
      client.configure(new proto.ConfigureRequest().setUrn(provided), reply);
    });
  const create = (password = sealed): Promise<unknown> =>
    call((reply) => {
      const properties = struct.Struct.fromJavaScript({ password });
      client.create(new proto.CreateRequest().setUrn(urn).setProperties(properties), reply);
    });

  afterEach(() => {
    client.close();
    server.removeService(services.ResourceProviderService);
  });
  after(() => {
    server.forceShutdown();
    account.close();
    rmSync(folder, { recursive: true });
  });

  it("keeps the secrets that an error quotes", async () => {
    await serve({
      create: (_session, _subject, { password }) => {
        throw new Refusal("InvalidPassword", `${String(password)} is too short`);
      },
    });
    expect((await failure(create())).details).to.equal("InvalidPassword: [secret] is too short");
  });

  it("marks what the provider says is secret, wherever it stands", async () => {
    await serve({
      create: ({ conceal }) => {
        conceal?.("made-up");
        conceal?.("");
        return { id: "thing-1", state: { token: "made-up", copies: ["made-up"], open: "" }, seconds: 0 };
      },
    });
    const marked = seal("made-up");
    expect(madeOf(await create())).to.deep.equal({
      id: "thing-1",
      token: marked,
      copies: [marked],
      open: "",
    });
  });

  it("tells who is to read a thing what the engine knows of it, and marks what is secret in what is found", async () => {
    const known: unknown[] = [];
    await serve({
      read: ({ conceal }, _subject, id, _inputs, state = {}) => {
        known.push(state);
        conceal?.("found");
        return { id, inputs: {}, state: { ...state, other: "found" } };
      },
    });
    const response = await call((reply) => {
      const properties = struct.Struct.fromJavaScript({ password: sealed });
      client.read(new proto.ReadRequest().setUrn(urn).setId("thing-1").setProperties(properties), reply);
    });
    expect(known).to.deep.equal([{ password: "hunter2" }]);
    expect(response instanceof proto.ReadResponse && response.getProperties()?.toJavaScript()).to.deep.equal({
      password: sealed,
      other: seal("found"),
    });
  });

  it("marks the secrets of what was made and never became ready", async () => {
    await serve({
      create: (_session, _subject, state) => {
        throw new Unready("timed out", { id: "thing-1", state, seconds: 1 });
      },
    });
    const [packed] = (await failure(create())).metadata.get("grpc-status-details-bin");
    const [details] = status.Status.deserializeBinary(Buffer.from(packed ?? "")).getDetailsList();
    const failed = proto.ErrorResourceInitFailed.deserializeBinary(details?.getValue_asU8() ?? Buffer.of());
    expect(failed.getId()).to.equal("thing-1");
    expect(failed.getProperties()?.toJavaScript()).to.deep.equal({ password: sealed });
  });

  it("notes what was made and never became ready as done: it has taken its time", async () => {
    await serve({
      create: (_session, _subject, state) => {
        throw new Unready("timed out", { id: "thing-1", state, seconds: 300 });
      },
    });
    await failure(create());
    expect(account.operations().at(-1)).to.deep.equal({
      urn,
      token: "test:index:Thing",
      kind: "create",
      seconds: 300,
    });
  });

  it("makes a thing, what comes with it and the note of it as one operation", async () => {
    const before = account.operations().length;
    const seen: (readonly number[])[] = [];
    const look = (): void => {
      const other = new Account(file, "run");
      seen.push([[...other.everything()].length, other.operations().length - before]);
      other.close();
    };
    await serve({
      create: ({ account: within }, _subject, state) => {
        for (const id of ["thing-1", "its-companion"]) within.put({ ...thing, id });
        look();
        return { id: "thing-1", state, seconds: 1 };
      },
    });
    await create();
    look();
    expect(seen).to.deep.equal([
      [0, 0],
      [2, 1],
    ]);
  });

  describe("whose provider answers later", () => {
    it("answers then, and notes what was done", async () => {
      const before = account.operations().length;
      await serve({
        create: (_session, _subject, state) => later(() => ({ id: "late", state, seconds: 4 })),
      });
      expect(madeOf(await create())).to.deep.equal({ id: "late", password: sealed });
      expect(account.operations().slice(before)).to.deep.equal([
        { urn, token: "test:index:Thing", kind: "create", seconds: 4 },
      ]);
    });

    it("keeps the secrets that an error quotes, and notes nothing", async () => {
      const before = account.operations().length;
      const refuse = (password: unknown): never => {
        throw new Refusal("InvalidPassword", `${String(password)} is too short`);
      };
      await serve({ create: (_session, _subject, { password }) => later(() => refuse(password)) });
      expect((await failure(create())).details).to.equal("InvalidPassword: [secret] is too short");
      expect(account.operations().length).to.equal(before);
    });

    it("notes what was made and never became ready", async () => {
      const giveUp = (state: Properties): never => {
        throw new Unready("timed out", { id: "thing-1", state, seconds: 300 });
      };
      await serve({ create: (_session, _subject, state) => later(() => giveUp(state)) });
      expect((await failure(create())).details).to.equal("InitializationFailed: timed out");
      expect(account.operations().at(-1)?.seconds).to.equal(300);
    });

    it("takes another call meanwhile, and mixes nothing", async () => {
      const both = Promise.withResolvers<undefined>();
      let asked = 0;
      await serve({
        create: async (_session, _subject, state) => {
          asked += 1;
          if (asked === 2) both.resolve(undefined);
          const id = `thing-${asked}`;
          await both.promise;
          return later(() => ({ id, state, seconds: 1 }));
        },
      });
      const made = await Promise.all([create(seal("tea")), create(seal("coffee"))]);
      expect(made.map(madeOf)).to.deep.equal([
        { id: "thing-1", password: seal("tea") },
        { id: "thing-2", password: seal("coffee") },
      ]);
    });
  });

  it("answers nothing before it is told its settings", async () => {
    await serve({}, false);
    expect((await failure(create())).details).to.equal("the provider has not been configured");
  });

  it("refuses another stack, and says how to have it", async () => {
    await serve({}, false);
    expect((await failure(configure("prod"))).details).to.equal(
      "this sandbox is the account of the stack dev, not of prod: start one with STACK=prod",
    );
  });
});
