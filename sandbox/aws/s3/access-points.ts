import type { s3 } from "@pulumi/aws";
import type { AnyBehaviour } from "../behaviour.ts";
import { refined, taken } from "../specification/refined.ts";
import { bucketToken, toBucket } from "./references.ts";

const pointToken = "aws:s3/accessPoint:AccessPoint";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_CreateAccessPoint.html. Another account's bucket is not looked for. */
const accessPoint = refined<s3.AccessPointArgs, s3.AccessPointState>(pointToken, {
  rules: [
    {
      when: ({ inputs, account, accountId }) =>
        [undefined, accountId].includes(inputs.bucketAccountId) &&
        !inputs.bucket.startsWith("arn:") &&
        ["aws:s3/directoryBucket:DirectoryBucket", bucketToken].every(
          (token) => account.find(token, inputs.bucket) === undefined,
        ),
      code: "InvalidRequest",
      says: "Amazon S3 AccessPoint can only be created for existing bucket",
    },
    taken(pointToken, ({ name }) => name, {
      code: "AccessPointAlreadyOwnedByYou",
      says: "Your previous request to create the named accesspoint succeeded and you already own it.",
    }),
  ],
  keys: (state) => [state.arn, state.alias, state.name],
  seconds: { create: 2, update: 2, delete: 2 },
});

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html */
const acceleration = refined<s3.BucketAccelerateConfigurationArgs, s3.BucketAccelerateConfigurationState>(
  "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration",
  {
    references: { bucket: toBucket },
    id: ({ inputs }) => inputs.bucket,
    keys: () => [],
    rules: [
      {
        when: ({ inputs }) => inputs.bucket.includes("."),
        code: "InvalidRequest",
        says: "S3 Transfer Acceleration is not supported for buckets with periods (.) in their names",
      },
    ],
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Other ways to buckets. */
export const bucketPoints: readonly AnyBehaviour[] = [accessPoint, acceleration];
