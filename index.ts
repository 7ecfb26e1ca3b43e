import { Cache } from "./components/cache/cache.ts";
import { Database } from "./components/database/database.ts";
import { Domain } from "./components/domain/domain.ts";
import { EksCluster } from "./components/eks-cluster/eks-cluster.ts";
import { Frontend } from "./components/frontend/frontend.ts";
import { Network } from "./components/network/network.ts";
import { Observability } from "./components/observability/observability.ts";
import { Services } from "./components/workloads/services.ts";
import { loadConfig } from "./config.ts";
import { awsProvider } from "./providers.ts";

const config = loadConfig();
const onAws = { providers: [awsProvider(config.account)] };

const network = new Network("network", { ...config.network, clusterName: config.cluster.name }, onAws);
const domain = new Domain("domain", config.domain, onAws);
const { tags } = config.account;
const cluster = new EksCluster("cluster", { ...config.cluster, network, domain, tags }, onAws);

const clients = { nodes: cluster.nodeSecurityGroupId };
const database = new Database("database", { ...config.database, network, clients }, onAws);
const cache = new Cache("cache", { ...config.cache, network, clients }, onAws);

const frontend = new Frontend("frontend", { ...config.frontend, domain }, onAws);
const watched = { database, cache, network };
const observability = new Observability(
  "observability",
  { ...config.observability, cluster, watched },
  onAws,
);
const { stack } = config;
const services = new Services(
  "services",
  { ...config.services, cluster, domain, network, observability, database, cache, stack },
  onAws,
);

export const clusterName = cluster.clusterName;
export const databaseEndpoint = database.endpoint;
export const databaseReaderEndpoints = database.readerEndpoints;
export const databaseSecretArn = database.secretArn;
export const cacheEndpoint = cache.endpoint;
export const nameServers = domain.nameServers;
export const siteUrl = frontend.url;
export const siteBucket = frontend.bucketName;
export const siteDistributionId = frontend.distributionId;
export const servicesUrls = services.urls;
export const alarmTopicArn = observability.topicArn;
