import grpc from "@grpc/grpc-js";
import type { sendUnaryData, ServerUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import analyzer from "@pulumi/pulumi/proto/analyzer_pb.js";
import type {
  AnalyzeRequest,
  AnalyzeStackRequest,
  ConfigureAnalyzerRequest,
} from "@pulumi/pulumi/proto/analyzer_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";

import type { Answers } from "./answers.ts";

/** The largest message in bytes that the pack takes: a stack with all its resources arrives in one. The same as in the SDK. */
const maxMessageBytes = 400 * 1024 * 1024;

type Handler<Request, Response> = (
  call: ServerUnaryCall<Request, Response>,
  reply: sendUnaryData<Response>,
) => void;

/** Serves the answers on a free local port and prints the port, which is how the engine finds it. */
export function serve(answers: Answers): void {
  const server = new grpc.Server({ "grpc.max_receive_message_length": maxMessageBytes });
  server.addService(services.AnalyzerService, serviceOf(answers));
  server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    process.stdout.write(`${String(port)}\n`);
  });
}

function serviceOf(answers: Answers): UntypedServiceImplementation {
  return {
    analyze: answering((request: AnalyzeRequest) => answers.analyze(request)),
    analyzeStack: answering((request: AnalyzeStackRequest) => answers.analyzeStack(request)),
    remediate: answering((request: AnalyzeRequest) => answers.remediate(request)),
    getAnalyzerInfo: answering(() => answers.info()),
    getPluginInfo: answering(() => answers.plugin()),
    configure: answering((request: ConfigureAnalyzerRequest) => {
      answers.configure(request);
      return new empty.Empty();
    }),
    configureStack: answering(() => new analyzer.AnalyzerStackConfigureResponse()),
  };
}

/** An error goes back to the engine, which stops and shows its message. */
function answering<Request, Response>(answer: (request: Request) => Response): Handler<Request, Response> {
  return (call, reply) => {
    try {
      reply(null, answer(call.request));
    } catch (error) {
      reply({
        code: grpc.status.FAILED_PRECONDITION,
        details: error instanceof Error ? error.message : String(error),
      });
    }
  };
}
