import { z } from "zod";

import { namedRecord } from "../../named-record.ts";

const variable = z
  .string()
  .regex(/^[A-Z][A-Z0-9_]*$/, "a variable's name is upper case, digits and _")
  .optional();

const bucket = z.strictObject({
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "a bucket is named as in S3")
    .describe("a bucket's name"),
  prefix: z
    .string()
    .regex(/^[\w!.()/-]+\/$/, "a prefix ends with /")
    .optional()
    .describe("the one part of the bucket that counts, such as exports/"),
  access: z.enum(["read", "write", "readWrite"]).describe("what it may do with the objects"),
  variable: variable.describe("variable that gets the bucket's name"),
});

const queue = z.strictObject({
  queue: z
    .string()
    .regex(/^[\w-]{1,75}(\.fifo)?$/, "a queue is named as in SQS")
    .describe("a queue's name in this account and region"),
  access: z.enum(["send", "consume", "sendAndConsume"]).describe("what it may do with the messages"),
  variable: variable.describe("variable that gets the queue's address"),
});

const topic = z.strictObject({
  topic: z
    .string()
    .regex(/^[\w-]{1,251}(\.fifo)?$/, "a topic is named as in SNS")
    .describe("a topic's name in this account and region"),
  variable: variable.describe("variable that gets the topic's ARN"),
});

const table = z.strictObject({
  table: z
    .string()
    .regex(/^[\w.-]{3,255}$/, "a table is named as in DynamoDB")
    .describe("a table's name in this account and region; its indexes are included"),
  access: z.enum(["read", "write", "readWrite"]).describe("what it may do with the items"),
  variable: variable.describe("variable that gets the table's name"),
});

const secret = z.strictObject({
  secret: z
    .string()
    .regex(/^[\w/+=.@!-]{1,512}$/, "a secret is named as in Secrets Manager")
    .describe("a secret the service reads by itself while it runs; for a variable use secrets"),
});

const key = z.strictObject({
  key: z
    .string()
    .regex(/^[0-9a-f-]{36}$|^mrk-[0-9a-f]{32}$/, "a key is named by its id")
    .describe("id of a KMS key in this account and region"),
  access: z
    .enum(["encrypt", "decrypt", "both"])
    .describe(
      "what it may do with the key; both for whoever sends to an encrypted queue or uploads files in parts",
    ),
});

const mail = z.strictObject({
  identity: z
    .string()
    .regex(/^([\w.+-]+@)?[\w.-]+\.[a-z]+$/, "an identity is a domain or an address")
    .describe("a verified domain or address of SES in this account and region"),
});

const model = z.strictObject({
  model: z
    .string()
    .regex(/^[\w.:-]+$/, "a model is named by its id")
    .describe("a foundation model of Bedrock, or an inference profile such as eu.amazon.nova-lite-v1:0"),
});

/** What AWS lets it do, by service: each line becomes as little as it needs on exactly what it names. */
export const permissions = z
  .strictObject({
    s3: z.array(bucket).default([]).describe("buckets it reads or writes"),
    sqs: z.array(queue).default([]).describe("queues it sends to or consumes"),
    sns: z.array(topic).default([]).describe("topics it publishes to"),
    dynamodb: z.array(table).default([]).describe("tables it reads or writes"),
    secrets: z.array(secret).default([]).describe("secrets it reads by itself"),
    kms: z.array(key).default([]).describe("keys of what it reads or writes, where those are not AWS's own"),
    ses: z.array(mail).default([]).describe("whom it sends mail as"),
    bedrock: z.array(model).default([]).describe("models it asks"),
  })
  .describe("what AWS lets it do, by a role of its own: nothing else");

/** What AWS lets a service do. */
export type Permissions = Readonly<z.output<typeof permissions>>;

/** Name of a service or a job. */
export const serviceName = /^[a-z]([a-z0-9-]{0,40}[a-z0-9])?$/;

/** What breaks it. */
export const serviceNameRule = "a service's name is lower case, digits and -, at most 42";

/** Stores of the platform that a row can name. */
export const storeNames = ["database", "databaseReader", "cache"] as const;

/** Whom it talks to. Services and jobs share it. */
export const accessFields = {
  calls: z
    .array(z.string().regex(serviceName, serviceNameRule))
    .default([])
    .describe("other services it may call. No other may be reached"),
  uses: z
    .array(z.enum(storeNames))
    .default([])
    .describe(
      "stores of the platform it signs in to, with a role of its own: they may be reached, and variables such as DATABASE_HOST say where they are",
    ),
  databaseUser: z
    .string()
    .regex(serviceName, serviceNameRule)
    .optional()
    .describe(
      "another service or job as whose user of the database it signs in, such as migrations as the service that they are for; its own unless it says otherwise",
    ),
  reaches: namedRecord(
    /^[a-z][a-z0-9-]*$/,
    "a store's name is lower case, digits and -",
    z.int().min(1).max(65535),
  )
    .default({})
    .describe("further ports inside the VPC it may connect to, by a name of yours"),
  internet: z.boolean().default(false).describe("whether it may call HTTPS outside the VPC"),
  permissions: permissions.prefault({}),
};
