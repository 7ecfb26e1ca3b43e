import type { batch } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import type { AnyBehaviour, Reference } from "./behaviour.ts";
import { refined } from "./specification/refined.ts";

const environmentToken = "aws:batch/computeEnvironment:ComputeEnvironment";

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_DeleteComputeEnvironment.html */
const computeEnvironment = refined<batch.ComputeEnvironmentArgs, batch.ComputeEnvironmentState>(
  environmentToken,
  {
    keeps: (_, [queue]) => {
      if (queue === undefined) return;
      throw new Refusal("ClientException", "Cannot delete, found existing JobQueue relationship");
    },
    seconds: { create: 30, update: 30, delete: 60 },
  },
);

const toEnvironment: Reference = {
  to: environmentToken,
  missing: { code: "ClientException", message: "Compute environment {value} does not exist" },
};

/** https://docs.aws.amazon.com/batch/latest/APIReference/API_CreateJobQueue.html */
const jobQueue = refined<batch.JobQueueArgs, batch.JobQueueState>("aws:batch/jobQueue:JobQueue", {
  references: {
    "computeEnvironmentOrders[].computeEnvironment": toEnvironment,
    "computeEnvironments[]": toEnvironment,
  },
  seconds: { create: 10, update: 10, delete: 30 },
});

/** What jobs wait in and run on. */
export const jobQueues: readonly AnyBehaviour[] = [computeEnvironment, jobQueue];
