import grpc from "@grpc/grpc-js";
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { Account } from "./account.ts";
import { awsProvider } from "./aws/provider.ts";
import { componentService } from "./components/serve.ts";
import { kubernetesProvider } from "./kubernetes/provider.ts";
import { providerService } from "./service.ts";
import { packageVersions } from "./versions.ts";

/** Messages may be as large as the SDK's own. */
const channelOptions = {
  "grpc.max_receive_message_length": 400 << 20,
  "grpc.max_send_message_length": 400 << 20,
};

/** The running far side of all four provider packages. */
export interface Serving {
  /** What tells the engine to use it: the value of `PULUMI_DEBUG_PROVIDERS`. */
  readonly providers: string;
  stop(): void;
}

/**
 * Answers the engine for aws, kubernetes, awsx and eks on loopback ports of this process.
 * @param stack the only stack that may use the account.
 */
export async function serve(account: Account, stack?: string): Promise<Serving> {
  const limits = stack === undefined ? { account } : { account, stack };
  const packages: Readonly<Record<string, UntypedServiceImplementation>> = {
    aws: providerService({ provider: awsProvider, ...limits }, packageVersions.aws),
    kubernetes: providerService({ provider: kubernetesProvider, ...limits }, packageVersions.kubernetes),
    awsx: componentService("awsx", packageVersions.awsx),
    eks: componentService("eks", packageVersions.eks),
  };
  const servers = await Promise.all(
    Object.entries(packages).map(async ([name, implementation]) => {
      const server = new grpc.Server(channelOptions);
      server.addService(services.ResourceProviderService, implementation);
      return { name, server, port: await listen(server) };
    }),
  );
  return {
    providers: servers.map(({ name, port }) => `${name}:${port}`).join(","),
    stop: () => {
      for (const { server } of servers) server.forceShutdown();
    },
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
