import type { Forms } from "./forms-model.ts";

const own = "{region}:{account}";
const redshift = "{clusterIdentifier}.c{hex:11:redshift}.{region}.redshift.amazonaws.com";
const neptune = "c{hex:11:neptune}.{region}.neptune.amazonaws.com";
const neptuneInstance = `{identifier|hex:26}.${neptune}`;

/**
 * What keeps and moves data. Ids are the provider's (https://github.com/hashicorp/terraform-provider-aws/tree/main/internal/service), ARNs
 * those of https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html.
 */
export const storeForms: Readonly<Record<string, Forms>> = {
  "aws:athena/namedQuery:NamedQuery": { id: "{uuid}" },
  "aws:ebs/snapshot:Snapshot": { arn: "arn:aws:ec2:{region}::snapshot/{id}" },
  "aws:fsx/lustreFileSystem:LustreFileSystem": {
    dnsName: "{id}.fsx.{region}.amazonaws.com",
    mountName: "{hex:8}",
  },
  "aws:glue/catalogTable:CatalogTable": {
    id: "{catalogId|account}:{databaseName}:{name}",
    arn: "arn:aws:glue:{region}:{catalogId|account}:table/{databaseName}/{name}",
  },
  "aws:keyspaces/table:Table": {
    arn: `arn:aws:cassandra:${own}:/keyspace/{keyspaceName}/table/{tableName}`,
  },
  "aws:kinesis/streamConsumer:StreamConsumer": {
    id: "{streamArn}/consumer/{name}:{seconds}",
    arn: "{id}",
  },
  "aws:msk/configuration:Configuration": {
    id: `arn:aws:kafka:${own}:configuration/{name}/{uuid}-1`,
    arn: "{id}",
  },
  // https://docs.aws.amazon.com/msk/latest/developerguide/msk-serverless-connect.html: clients sign in at port 9098
  "aws:msk/serverlessCluster:ServerlessCluster": {
    id: `arn:aws:kafka:${own}:cluster/{clusterName}/{uuid}-s1`,
    arn: "{id}",
    bootstrapBrokersSaslIam: "boot-{hex:8}.c1.kafka-serverless.{region}.amazonaws.com:9098",
    clusterUuid: "{uuid}-s1",
  },
  // https://docs.aws.amazon.com/neptune/latest/userguide/feature-overview-endpoints.html
  "aws:neptune/cluster:Cluster": {
    id: "{clusterIdentifier|hex:26}",
    arn: `arn:aws:rds:${own}:cluster:{id}`,
    clusterResourceId: "cluster-{HEX:26}",
    endpoint: `{id}.cluster-${neptune}`,
    readerEndpoint: `{id}.cluster-ro-${neptune}`,
  },
  "aws:neptune/clusterInstance:ClusterInstance": {
    id: "{identifier|hex:26}",
    address: neptuneInstance,
    arn: `arn:aws:rds:${own}:db:{id}`,
    dbiResourceId: "db-{HEX:26}",
    endpoint: `${neptuneInstance}:{port}`,
  },
  "aws:opensearch/serverlessCollection:ServerlessCollection": {
    id: "{hex:20}",
    collectionEndpoint: "https://{id}.{region}.aoss.amazonaws.com",
    dashboardEndpoint: "https://{id}.{region}.aoss.amazonaws.com/_dashboards",
  },
  // https://docs.aws.amazon.com/redshift/latest/mgmt/managing-cluster-cross-vpc.html and jdbc20-obtain-url.html
  "aws:redshift/cluster:Cluster": {
    clusterNamespaceArn: `arn:aws:redshift:${own}:namespace:{uuid}`,
    clusterNodes: [
      { nodeRole: "SHARED", privateIpAddress: "10.0.0.{byte}", publicIpAddress: "203.0.113.{byte}" },
    ],
    dnsName: redshift,
    endpoint: `${redshift}:{port}`,
  },
  "aws:redshiftserverless/namespace:Namespace": {
    arn: `arn:aws:redshift-serverless:${own}:namespace/{uuid}`,
    namespaceId: "{uuid}",
  },
  "aws:redshiftserverless/workgroup:Workgroup": {
    arn: `arn:aws:redshift-serverless:${own}:workgroup/{uuid}`,
    endpoints: [
      {
        address: "{workgroupName}.{account}.{region}.redshift-serverless.amazonaws.com",
        port: 5439,
        vpcEndpoints: [],
      },
    ],
    workgroupId: "{uuid}",
  },
  "aws:timestreamwrite/database:Database": { tableCount: 0 },
  "aws:timestreamwrite/table:Table": {
    arn: `arn:aws:timestream:${own}:database/{databaseName}/table/{tableName}`,
  },
};
