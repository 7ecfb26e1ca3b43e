import grpc from "@grpc/grpc-js";
import type { UntypedServiceImplementation } from "@grpc/grpc-js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import type { Account } from "./account.ts";
import { authorised } from "./aws/iam/authorization.ts";
import { patiently } from "./aws/patience.ts";
import type { Waiting } from "./aws/patience.ts";
import { awsProvider } from "./aws/provider.ts";
import { randomSuffixes } from "./components/random-suffix.ts";
import { componentService, constructing } from "./components/serve.ts";
import { withFaults } from "./faults/inject.ts";
import type { Schedule } from "./faults/schedule.ts";
import { dockerBuildProvider } from "./images/docker-build.ts";
import { dockerProvider } from "./images/docker.ts";
import { untilReady } from "./kubernetes/patience.ts";
import { kubernetesProvider } from "./kubernetes/simulated.ts";
import type { Properties, Provider } from "./model.ts";
import type { Carrier } from "./operations.ts";
import { undisturbed } from "./operations.ts";
import { providerService } from "./service.ts";
import { randomProvider, tlsProvider } from "./utilities/packages.ts";
import { packageVersions } from "./versions.ts";

/** Messages may be as large as the SDK's own. */
const channelOptions = {
  "grpc.max_receive_message_length": 400 << 20,
  "grpc.max_send_message_length": 400 << 20,
};

/** The running far side of all provider packages. */
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

/** Answers the engine for every package that the sandbox has a far side of, on loopback ports of this process. */
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

/** Packages of components whose functions the sandbox does not know, their versions, and what serves the resources that they have beside. */
const componentPackages = [
  ["aws-apigateway", packageVersions.awsApigateway, {}],
  ["eks", packageVersions.eks, randomSuffixes],
  ["synced-folder", packageVersions.syncedFolder, {}],
] as const;

/** Packages that build images and push them into the account. */
const imagePackages = [
  ["docker", packageVersions.docker, dockerProvider],
  ["docker-build", packageVersions.dockerBuild, dockerBuildProvider],
] as const;

/** Packages that ask no service: none can be slow, out of order, or forbidden to the deploying role. */
const utilityPackages = [
  ["random", packageVersions.random, randomProvider],
  ["tls", packageVersions.tls, tlsProvider],
] as const;

/** How both packages wait for what is on its way, each for what the other does too, as pods for their nodes. */
function patienceWith(deployRole: Properties | undefined) {
  const waiting: Waiting = new Set();
  return {
    aws: (carry: Carrier): Carrier => {
      const patient = patiently(carry, undefined, undefined, waiting);
      return deployRole === undefined ? patient : authorised(patient, deployRole);
    },
    kubernetes: untilReady(kubernetesProvider, undefined, waiting),
  };
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
  const patience = patienceWith(deployRole);
  const settings = { region: options.defaultRegion ?? region };
  const ask = (token: string, args: Properties): Properties => {
    account.refresh();
    return awsProvider.invoke({ account, settings, preview: true, seed: "" }, token, args);
  };
  return [
    { name: "aws", implementation: resources(awsProvider, packageVersions.aws, patience.aws, surroundings) },
    {
      name: "kubernetes",
      implementation: (server) => ({
        ...resources(kubernetesProvider, packageVersions.kubernetes, patience.kubernetes)(server),
        ...constructing("kubernetes"),
      }),
    },
    ...imagePackages.map(([name, version, provider]) => ({
      name,
      implementation: resources(provider, version, undisturbed),
    })),
    ...utilityPackages.map(([name, version, provider]) => ({
      name,
      implementation: () => providerService({ provider, ...limits }, version),
    })),
    { name: "awsx", implementation: () => componentService("awsx", packageVersions.awsx, ask) },
    ...componentPackages.map(([name, version, beside]) => ({
      name,
      implementation: () => ({ ...componentService(name, version), ...beside }),
    })),
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
