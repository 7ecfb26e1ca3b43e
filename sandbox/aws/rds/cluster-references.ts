import type { Reference } from "../behaviour.ts";

export const clusterToken = "aws:rds/cluster:Cluster";
export const clusterInstanceToken = "aws:rds/clusterInstance:ClusterInstance";
export const clusterParameterGroupToken = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
export const clusterSnapshotToken = "aws:rds/clusterSnapshot:ClusterSnapshot";

/** Code: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html#API_DescribeDBClusters_Errors */
export const toDatabaseCluster: Reference = {
  to: clusterToken,
  missing: { code: "DBClusterNotFoundFault", message: "DBCluster {value} not found." },
};
