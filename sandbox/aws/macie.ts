import type { macie2 } from "@pulumi/aws";
import type { AnyBehaviour } from "./behaviour.ts";
import { bucketToken } from "./s3/references.ts";
import { refined } from "./specification/refined.ts";

const code = "ValidationException";

/** Looks for personal data in buckets: https://docs.aws.amazon.com/macie/latest/APIReference/jobs.html */
const classificationJob = refined<macie2.ClassificationJobArgs, macie2.ClassificationJobState>(
  "aws:macie2/classificationJob:ClassificationJob",
  {
    autoname: { property: "name", max: 500 },
    references: {
      "s3JobDefinition.bucketDefinitions[].buckets[]": {
        to: bucketToken,
        missing: { code, message: "The request failed because the bucket {value} was not found." },
        holds: false,
      },
    },
    id: ({ hex }) => hex(32),
    outputs: ({ id, accountId, region, created }) => ({
      createdAt: created,
      jobArn: `arn:aws:macie2:${region}:${accountId}:classification-job/${id}`,
      jobId: id,
    }),
    keys: (state) => [state.jobArn],
    rules: [
      {
        when: ({ account, region }) => account.all("aws:macie2/account:Account", region).length === 0,
        code: "AccessDeniedException",
        says: "Macie is not enabled",
      },
      {
        when: ({ inputs }) => inputs.jobType === "SCHEDULED" && inputs.scheduleFrequency === undefined,
        code,
        says: "The request failed because the scheduleFrequency object is required for scheduled jobs",
      },
    ],
    seconds: { create: 2, update: 2, delete: 2 },
  },
);

/** What looks for personal data. */
export const classifications: readonly AnyBehaviour[] = [classificationJob];
