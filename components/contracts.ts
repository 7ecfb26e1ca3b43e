import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Where to put things. What `Network` offers its neighbours; a stack reference or a literal in a test can offer the same. */
export interface NetworkPlacement {
  readonly vpcId: pulumi.Output<string>;
  /** The whole block of the VPC, such as `10.0.0.0/16`. */
  readonly vpcCidr: string;
  /** Names of the availability zones, such as `eu-west-1a`, in the order of the subnets. */
  readonly zones: readonly string[];
  /** One subnet per zone, for load balancers and NAT gateways only. */
  readonly publicSubnetIds: pulumi.Output<string[]>;
  /** One subnet per zone, for nodes and pods: they go out through NAT, nothing comes in from the internet. */
  readonly privateSubnetIds: pulumi.Output<string[]>;
  /** One subnet per zone, without any route to or from the internet. */
  readonly databaseSubnetIds: pulumi.Output<string[]>;
  /** One id per NAT gateway: none, one, or one per zone. */
  readonly natGatewayIds: pulumi.Output<string[]>;
}

/** Under which name the platform is reached. All four are `undefined` when the stack has no domain. */
export interface DomainBinding {
  /** The hosted zone's name, such as `staging.example.com`, without a final dot. */
  readonly zoneName: string | undefined;
  readonly zoneId: pulumi.Output<string> | undefined;
  /** A validated certificate for the zone and its direct subdomains, in the platform's own region: for load balancers. */
  readonly certificateArn: pulumi.Output<string> | undefined;
  /** The same in us-east-1, the one region CloudFront reads certificates from. */
  readonly edgeCertificateArn: pulumi.Output<string> | undefined;
}

/** How to put things into the cluster. What `EksCluster` offers its neighbours. */
export interface ClusterAccess {
  readonly clusterName: pulumi.Output<string>;
  /** The only way to the cluster's API: pass it as `provider` with every Kubernetes object and release. */
  readonly kubernetes: kubernetes.Provider;
  readonly nodeSecurityGroupId: pulumi.Output<string>;
  /** What every release depends on: nodes or what starts them, CoreDNS, EBS CSI with its storage class, and the priority classes. */
  readonly foundation: readonly pulumi.Resource[];
  /** Controllers that a release may lean on. Whoever does depends on them, so that none dies before what it must clean up. */
  readonly controllers: {
    /** Signs certificates: cert-manager. */
    readonly certificates: pulumi.Resource;
    /** Brings secrets into the cluster: external-secrets. */
    readonly secrets: pulumi.Resource;
  };
  /** What every workload depends on: the foundation, and all controllers, the load balancers' included. */
  readonly ready: readonly pulumi.Resource[];
  /** Copies of each controller, those a neighbour installs included. */
  readonly controllerReplicas: number;
}

/** Where workloads send what they measure. What `Observability` offers its neighbours. */
export interface TelemetryIntake {
  /** Takes traces and metrics by OTLP over HTTP (`OTEL_EXPORTER_OTLP_ENDPOINT`). */
  readonly otlpEndpoint: string;
  /** What brings the kinds by which Prometheus is told whom to ask. */
  readonly monitorKinds: pulumi.Resource;
}

/** A database that services sign in to with IAM. What `Database` offers them. */
export interface DatabaseStore {
  readonly endpoint: pulumi.Output<string>;
  /** One per read replica. */
  readonly readerEndpoints: readonly pulumi.Output<string>[];
  readonly port: number;
  /** The first database, as PostgreSQL names it. */
  readonly databaseName: string;
  /** The secret in Secrets Manager with the `username` and `password` of its owner, for whoever makes the services' users. */
  readonly secretArn: pulumi.Output<string>;
  /** What IAM calls the primary and then each read replica, such as `db-ABCDEFGHIJKL`. */
  readonly resourceIds: readonly pulumi.Output<string>[];
}

/** A cache that services sign in to with IAM. What `Cache` offers them. */
export interface CacheStore {
  readonly endpoint: pulumi.Output<string>;
  readonly port: number;
  readonly replicationGroupId: pulumi.Output<string>;
  readonly groupArn: pulumi.Output<string>;
  /** Who may sign in, by the name in the settings. */
  readonly users: Readonly<Record<string, { readonly name: string; readonly arn: pulumi.Output<string> }>>;
}

/** Who may connect to a store, keyed by a short name that becomes part of the rule's identity. */
export type Clients = Readonly<Record<string, pulumi.Input<string>>>;
