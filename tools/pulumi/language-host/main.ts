import { killAll } from "./children.ts";
import { maxMessageBytes, sdk } from "./sdk.ts";
import { languageRuntime } from "./service.ts";

/**
 * `pulumi-language-nodejs`: the engine starts it with its own address as the last argument, reads the port from the
 * first line of its output, and interrupts it when the run is over.
 */
const grpc = sdk("@grpc/grpc-js");
const { LanguageRuntimeService } = sdk("./proto/language_grpc_pb.js");
const engine = process.argv.slice(2).findLast((argument) => !argument.startsWith("-"));

function leave(): void {
  killAll();
  process.exit(0);
}
process.on("SIGINT", leave).on("SIGTERM", leave);
// The engine holds the other end of our input as long as it lives: a killed one leaves nothing behind.
if (engine !== undefined) process.stdin.resume().once("end", leave);

const server = new grpc.Server({ "grpc.max_receive_message_length": maxMessageBytes });
server.addService(LanguageRuntimeService, { ...languageRuntime(engine ?? "") });
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  console.log(String(port));
});
