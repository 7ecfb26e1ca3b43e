import grpc from "@grpc/grpc-js";
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { Account } from "./account.ts";
import { authorised } from "./aws/iam/authorization.ts";
import { patiently } from "./aws/patience.ts";
import { awsProvider } from "./aws/provider.ts";
import { componentService, constructing } from "./components/serve.ts";
import { withFaults } from "./faults/inject.ts";
import type { Schedule } from "./faults/schedule.ts";
import { kubernetesProvider } from "./kubernetes/simulated.ts";
import type { Properties, Provider } from "./model.ts";
import type { Carrier } from "./operations.ts";
import { undisturbed } from "./operations.ts";
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

/** Whom the account serves, and what happens to operations on their way to it. */
export interface ServeOptions {
  /** The only stack that may use the account. @default any */
  readonly stack?: string;
  /** The region of AWS providers that name none, as the real one takes it from its environment. @default there must be one */
  readonly region?: string;
  /** The region of the default AWS provider, for functions of packages of components. @default the same */
  readonly defaultRegion?: string;
  /** The document of the role that deploys, which then decides what it may do at AWS. @default it may do all */
  readonly deployRole?: Properties;
  /** @default none */
  readonly faults?: Schedule;
  /** Whatever else happens to operations, outermost. @default nothing */
  readonly disturb?: (carry: Carrier) => Carrier;
}

/** Answers the engine for aws, kubernetes, awsx and eks on loopback ports of this process. */
export async function serve(account: Account, options: ServeOptions = {}): Promise<Serving> {
  const servers = await Promise.all(
    packagesOf(account, options).map(async ({ name, implementation }) => {
      const server = new grpc.Server(channelOptions);
      server.addService(services.ResourceProviderService, implementation(server));
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

/** A package, and what answers for it on a server. */
interface Package {
  readonly name: string;
  readonly implementation: (server: grpc.Server) => UntypedServiceImplementation;
}

function packagesOf(account: Account, options: ServeOptions): readonly Package[] {
  const { stack, region, deployRole, faults, disturb = undisturbed } = options;
  const limits = stack === undefined ? { account } : { account, stack };
  const surroundings = region === undefined ? {} : { region };
  const resources = (
    provider: Provider,
    version: string,
    permit: (carry: Carrier) => Carrier,
    defaults: Properties = {},
  ) => {
    return (server: grpc.Server): UntypedServiceImplementation => {
      let death: NodeJS.Timeout | undefined;
      const die = (milliseconds: number): void => {
        clearTimeout(death);
        if (milliseconds === 0) server.forceShutdown();
        else death = setTimeout(server.forceShutdown.bind(server), milliseconds).unref();
      };
      const befall = (carry: Carrier): Carrier =>
        faults === undefined ? carry : withFaults(carry, faults, { account, die });
      return providerService(
        { provider, ...limits, defaults, disturb: (carry) => disturb(befall(permit(carry))) },
        version,
      );
    };
  };
  const permit = (carry: Carrier): Carrier =>
    deployRole === undefined ? patiently(carry) : authorised(patiently(carry), deployRole);
  const settings = { region: options.defaultRegion ?? region };
  const ask = (token: string, args: Properties): Properties => {
    account.refresh();
    return awsProvider.invoke({ account, settings, preview: true, seed: "" }, token, args);
  };
  return [
    { name: "aws", implementation: resources(awsProvider, packageVersions.aws, permit, surroundings) },
    {
      name: "kubernetes",
      implementation: (server) => ({
        ...resources(kubernetesProvider, packageVersions.kubernetes, undisturbed)(server),
        ...constructing("kubernetes"),
      }),
    },
    { name: "awsx", implementation: () => componentService("awsx", packageVersions.awsx, ask) },
    { name: "eks", implementation: () => componentService("eks", packageVersions.eks) },
  ];
}

function listen(server: grpc.Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(port);
      else reject(error);
    });
  });
}
