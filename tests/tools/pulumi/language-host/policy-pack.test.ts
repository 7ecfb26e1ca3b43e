import * as grpc from "@grpc/grpc-js";
import analyzerService from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import type { AnalyzerInfo } from "@pulumi/pulumi/proto/analyzer_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import { expect } from "chai";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { PolicyPackDoor } from "../../../../tools/pulumi/language-host/policy-pack.ts";

type Info = grpc.ServerUnaryCall<unknown, AnalyzerInfo>;

/** A policy pack that answers with who asked it: each connection is somebody else. */
async function startPack(): Promise<{ readonly port: number; readonly stop: () => void }> {
  const server = new grpc.Server();
  server.addService(analyzerService.AnalyzerService, {
    configureStack: (_call: unknown, reply: grpc.sendUnaryData<unknown>) => {
      reply(null, new analyzer.AnalyzerStackConfigureResponse());
    },
    getAnalyzerInfo: (call: Info, reply: grpc.sendUnaryData<AnalyzerInfo>) => {
      reply(null, new analyzer.AnalyzerInfo().setName(call.getPeer()));
    },
  });
  const port = await new Promise<number>((done, fail) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) done(bound);
      else fail(error);
    });
  });
  return {
    port,
    stop: () => {
      server.forceShutdown();
    },
  };
}

/** The engine's side. */
class Engine {
  readonly #client: analyzerService.AnalyzerClient;

  public constructor(port: number) {
    this.#client = new analyzerService.AnalyzerClient(
      `127.0.0.1:${String(port)}`,
      grpc.credentials.createInsecure(),
    );
  }

  public tell(stack: string): Promise<void> {
    const request = new analyzer.AnalyzerStackConfigureRequest().setStack(stack);
    return new Promise((done, fail) => {
      this.#client.configureStack(request, (error) => {
        if (error === null) done();
        else fail(error);
      });
    });
  }

  /** Whom the pack sees asking. */
  public ask(): Promise<string> {
    return new Promise((done, fail) => {
      this.#client.getAnalyzerInfo(new empty.Empty(), (error, info) => {
        if (error === null) done(info.getName());
        else fail(error);
      });
    });
  }

  public stop(): void {
    this.#client.close();
  }
}

describe("The door of a policy pack", () => {
  const door = new PolicyPackDoor();
  let engine: Engine;
  let pack: Awaited<ReturnType<typeof startPack>>;
  before(async () => {
    pack = await startPack();
    engine = new Engine(await door.open());
  });
  after(() => {
    engine.stop();
    pack.stop();
    door.close("the test is over");
  });

  it("learns the stack before there is a pack, hands on what was asked meanwhile, and then steps aside", async () => {
    await engine.tell("dev");
    expect(await door.environment()).to.include({ PULUMI_NODEJS_STACK: "dev" });
    const meanwhile = engine.ask();
    await door.attach(pack.port);
    const byTheDoor = await meanwhile;
    let directly = byTheDoor;
    for (let tries = 0; directly === byTheDoor && tries < 100; tries += 1) directly = await engine.ask();
    expect(directly).not.to.equal(byTheDoor);
    expect(await engine.ask()).to.equal(directly);
  });
});
