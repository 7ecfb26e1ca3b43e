import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { flag, list } from "../../kernel/params.ts";
import { items, text } from "../../kernel/read.ts";

interface Settings {
  readonly regions: readonly string[];
}

/** A rule of replication, of which any part may be left out. */
interface Copying {
  readonly destination?:
    | {
        readonly encryptionConfiguration?: { readonly replicaKmsKeyId?: string | undefined } | undefined;
      }
    | undefined;
}

/** The region in an ARN; undefined where it has none, as a bucket's. */
function regionOf(arn: string | undefined): string | undefined {
  const region = text(arn).startsWith("arn:") ? text(arn).split(":")[3] : undefined;
  return region === "" ? undefined : region;
}

function judge(where: string, region: string | undefined, { regions }: Settings): string | false {
  return (
    region !== undefined &&
    regions.length > 0 &&
    !regions.includes(region) &&
    `${where} is in ${region}: keep copies in ${regions.join(" or ")}.`
  );
}

export const residencyNoForeignCopies = define({
  name: "residency-no-foreign-copies",
  description: "No copy of the data leaves the regions where it may be.",
  severity: "high",
  remediation: "Copy to a listed region, or have the region added to the levels, which are reviewed.",
  params: {
    regions: list([], "Regions where copies may be; with none listed, all of them."),
    multiRegionKeys: flag(false, "Whether a key may be replicated to any region."),
  },
  checks: {
    "aws:s3/bucketReplicationConfig:BucketReplicationConfig": [
      ({ rules }, { params }): Findings =>
        items(rules).map(({ destination }: Copying) =>
          judge(
            "the key of a destination",
            regionOf(destination?.encryptionConfiguration?.replicaKmsKeyId),
            params,
          ),
        ),
    ],
    "aws:backup/plan:Plan": [
      ({ rules }, { params }) =>
        items(rules)
          .flatMap(({ copyActions }) => items(copyActions))
          .map(({ destinationVaultArn }) => judge("a copy's vault", regionOf(destinationVaultArn), params)),
    ],
    "aws:secretsmanager/secret:Secret": [
      ({ replicas }, { params }) => items(replicas).map(({ region }) => judge("a replica", region, params)),
    ],
    "aws:dynamodb/table:Table": [
      ({ replicas }, { params }) =>
        items(replicas).map(({ regionName }) => judge("a replica", regionName, params)),
    ],
    "aws:rds/instance:Instance": [
      ({ replicateSourceDb }, { params }) => judge("replicateSourceDb", regionOf(replicateSourceDb), params),
    ],
    "aws:ecr/replicationConfiguration:ReplicationConfiguration": [
      ({ replicationConfiguration }, { params }) =>
        items(replicationConfiguration?.rules)
          .flatMap(({ destinations }) => items(destinations))
          .map(({ region }) => judge("a destination", region, params)),
    ],
    "aws:kms/key:Key": [
      ({ multiRegion }, { params }) =>
        multiRegion === true &&
        !params.multiRegionKeys &&
        "multiRegion is true, so the key can be copied to any region: leave it unset.",
    ],
  },
});
