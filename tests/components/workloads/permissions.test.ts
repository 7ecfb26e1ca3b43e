import { expect } from "chai";

import {
  callsAws,
  describeAddresses,
  describePermissions,
} from "../../../components/workloads/describe-permissions.ts";
import { describeRole } from "../../../components/workloads/pod-parts.ts";
import type { Permissions } from "../../../components/workloads/rows/access.ts";
import { cacheUserOf } from "../../../components/workloads/stores.ts";
import { cache, context, one, place, settled } from "./settings.ts";

const permissionsOf = (permissions: object): Permissions => one({ permissions }).permissions;
const statementsOf = (permissions: object): unknown => describePermissions(permissionsOf(permissions), place);
const allow = (Action: string[], ...Resource: string[]): object => ({ Effect: "Allow", Action, Resource });

const account = "eu-west-1:111111111111";
const key = "11111111-2222-3333-4444-555555555555";

const lines: Readonly<Record<string, readonly [object, ...object[]]>> = {
  "a bucket to read": [
    { s3: [{ bucket: "files", access: "read" }] },
    allow(["s3:GetObject"], "arn:aws:s3:::files/*"),
    allow(["s3:ListBucket"], "arn:aws:s3:::files"),
  ],
  "a bucket to write, which is not listed": [
    { s3: [{ bucket: "files", access: "write" }] },
    allow(["s3:PutObject", "s3:AbortMultipartUpload", "s3:DeleteObject"], "arn:aws:s3:::files/*"),
  ],
  "a part of a bucket": [
    { s3: [{ bucket: "files", prefix: "exports/", access: "readWrite" }] },
    allow(
      ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:DeleteObject"],
      "arn:aws:s3:::files/exports/*",
    ),
    {
      ...allow(["s3:ListBucket"], "arn:aws:s3:::files"),
      Condition: { StringLike: { "s3:prefix": "exports/*" } },
    },
  ],
  "a queue to send to": [
    { sqs: [{ queue: "orders.fifo", access: "send" }] },
    allow(
      ["sqs:SendMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
      `arn:aws:sqs:${account}:orders.fifo`,
    ),
  ],
  "a queue to consume": [
    { sqs: [{ queue: "orders", access: "consume" }] },
    allow(
      [
        "sqs:ReceiveMessage",
        "sqs:DeleteMessage",
        "sqs:ChangeMessageVisibility",
        "sqs:GetQueueAttributes",
        "sqs:GetQueueUrl",
      ],
      `arn:aws:sqs:${account}:orders`,
    ),
  ],
  "a topic": [{ sns: [{ topic: "sold" }] }, allow(["sns:Publish"], `arn:aws:sns:${account}:sold`)],
  "a table and its indexes": [
    { dynamodb: [{ table: "carts", access: "read" }] },
    allow(
      ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:Scan"],
      `arn:aws:dynamodb:${account}:table/carts`,
      `arn:aws:dynamodb:${account}:table/carts/index/*`,
    ),
  ],
  "a secret": [
    { secrets: [{ secret: "shop/jwt" }] },
    allow(
      ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"],
      `arn:aws:secretsmanager:${account}:secret:shop/jwt-??????`,
    ),
  ],
  "a key": [
    { kms: [{ key, access: "both" }] },
    allow(["kms:Encrypt", "kms:GenerateDataKey", "kms:Decrypt"], `arn:aws:kms:${account}:key/${key}`),
  ],
  "a sender of mail": [
    { ses: [{ identity: "shop.example.com" }] },
    allow(["ses:SendEmail", "ses:SendRawEmail"], `arn:aws:ses:${account}:identity/shop.example.com`),
  ],
  "a model": [
    { bedrock: [{ model: "amazon.nova-lite-v1:0" }] },
    allow(
      ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
      "arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0",
    ),
  ],
  "a model by way of an inference profile": [
    { bedrock: [{ model: "eu.amazon.nova-lite-v1:0" }] },
    allow(
      ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
      `arn:aws:bedrock:${account}:inference-profile/eu.amazon.nova-lite-v1:0`,
    ),
    {
      ...allow(
        ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
        "arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0",
      ),
      Condition: {
        StringLike: {
          "bedrock:InferenceProfileArn": `arn:aws:bedrock:${account}:inference-profile/eu.amazon.nova-lite-v1:0`,
        },
      },
    },
  ],
};

describe("permissions of a service", () => {
  for (const [what, [given, ...statements]] of Object.entries(lines)) {
    it(`are as little as ${what} needs`, () => {
      expect(statementsOf(given)).to.deep.equal(statements);
    });
  }

  it("name no action by a wildcard, and nothing on every resource", () => {
    for (const [given] of Object.values(lines)) {
      const text = JSON.stringify(statementsOf(given));
      expect(text).to.not.match(/"\w+:\*"|"\w+:\w+\*"|"Resource":\["\*"\]/);
    }
  });

  it("are none where a row says none", () => {
    expect(statementsOf({})).to.deep.equal([]);
    expect(callsAws(permissionsOf({}))).to.equal(false);
    expect(callsAws(permissionsOf({ sns: [{ topic: "sold" }] }))).to.equal(true);
  });

  it("tell the service where things are, by the variables it asks for", () => {
    const addresses = describeAddresses(
      permissionsOf({
        s3: [
          { bucket: "files", access: "read", variable: "FILES" },
          { bucket: "other", access: "read" },
        ],
        sqs: [{ queue: "orders", access: "send", variable: "ORDERS" }],
        sns: [{ topic: "sold", variable: "SOLD" }],
        dynamodb: [{ table: "carts", access: "read", variable: "CARTS" }],
      }),
    );
    expect(
      Object.fromEntries(addresses.map(({ variable, addressIn }) => [variable, addressIn(place)])),
    ).to.deep.equal({
      FILES: "files",
      ORDERS: "https://sqs.eu-west-1.amazonaws.com/111111111111/orders",
      SOLD: "arn:aws:sns:eu-west-1:111111111111:sold",
      CARTS: "carts",
    });
  });
});

describe("the stores a service uses", () => {
  const variables = async (
    store: "database" | "databaseReader" | "cache",
    service: string,
  ): Promise<unknown> => settled({ ...context.stores[store].variables({ name: service }) });

  it("are found by variables, and entered as the service's own user", async () => {
    expect(await variables("database", "order-api")).to.deep.equal({
      DATABASE_HOST: "primary.db",
      DATABASE_PORT: "5432",
      DATABASE_NAME: "app",
      DATABASE_USER: "order_api",
    });
    expect(await variables("databaseReader", "shop")).to.deep.include({ DATABASE_READER_HOST: "replica.db" });
    expect(await variables("cache", "shop")).to.deep.equal({
      CACHE_HOST: "cache",
      CACHE_PORT: "6379",
      CACHE_USER: "groundwork-test-app",
      CACHE_NAME: "groundwork-test",
    });
  });

  it("let the service's role in as that user and as no other", async () => {
    const role = describeRole(one({ uses: ["database", "databaseReader", "cache"] }), context);
    expect(await settled(role)).to.deep.equal([
      {
        Effect: "Allow",
        Action: "rds-db:connect",
        Resource: [`arn:aws:rds-db:${account}:dbuser:db-PRIMARY/shop`],
      },
      {
        Effect: "Allow",
        Action: "rds-db:connect",
        Resource: [`arn:aws:rds-db:${account}:dbuser:db-REPLICA/shop`],
      },
      {
        Effect: "Allow",
        Action: "elasticache:Connect",
        Resource: [
          "arn:aws:elasticache:eu-west-1:111111111111:replicationgroup:groundwork-test",
          "arn:aws:elasticache:eu-west-1:123456789012:user:groundwork-test-app",
        ],
      },
    ]);
  });

  it("know a service by its own name first", () => {
    expect(cacheUserOf("cart", cache.users).name).to.equal("groundwork-test-cart");
    expect(() => cacheUserOf("cart", {})).to.throw("the cache has no users");
  });

  it("stand beside what the permissions say", async () => {
    const row = one({ uses: ["cache"], permissions: { sns: [{ topic: "sold" }] } });
    expect(await settled(describeRole(row, context))).to.have.length(2);
  });
});
