import type { dynamodb } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import { at, list } from "../values.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { ABSENT, behaviour } from "./behaviour.ts";
import { toKey } from "./kms.ts";

const tableToken = "aws:dynamodb/table:Table";

/** Indexes of one table: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const indexQuota = { local: 5, global: 20 } as const;

interface Keys {
  readonly hashKey?: string | undefined;
  readonly rangeKey?: string | undefined;
}

interface Inputs extends Keys {
  readonly attributes?: readonly unknown[] | undefined;
  readonly globalSecondaryIndexes?: readonly unknown[] | undefined;
  readonly localSecondaryIndexes?: readonly unknown[] | undefined;
}

function invalid(message: string): Refusal {
  return new Refusal("ValidationException", `One or more parameter values were invalid: ${message}`);
}

/** Attributes are told of where a key has them, and nowhere else: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
function refuseKeys(inputs: Inputs): void {
  const {
    hashKey,
    rangeKey,
    attributes = [],
    globalSecondaryIndexes = [],
    localSecondaryIndexes = [],
  } = inputs;
  const indexes = [...globalSecondaryIndexes, ...localSecondaryIndexes];
  const used: readonly unknown[] = [hashKey, rangeKey, ...indexes.flatMap((index) => keysOf(index))].filter(
    (key) => key !== undefined,
  );
  const told: readonly unknown[] = attributes.map((attribute) => at(attribute, "name"));
  const lost = used.find((key) => !told.includes(key));
  if (lost !== undefined) {
    throw invalid(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${used.join(", ")}], AttributeDefinitions: [${told.join(", ")}]`,
    );
  }
  const idle = told.filter((name) => !used.includes(name));
  if (idle.length === 0) return;
  // The provider's word, before DynamoDB is asked.
  throw new Refusal(
    "InvalidParameter",
    `all attributes must be indexed. Unused attributes: ${JSON.stringify(idle)}`,
  );
}

function keysOf(index: unknown): readonly unknown[] {
  const schemas = list(at(index, "keySchemas")).map((schema) => at(schema, "attributeName"));
  return [at(index, "hashKey"), at(index, "rangeKey"), ...schemas];
}

function refuseIndexes({ rangeKey, globalSecondaryIndexes = [], localSecondaryIndexes = [] }: Inputs): void {
  if (localSecondaryIndexes.length > 0 && rangeKey === undefined) {
    throw invalid(
      "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
    );
  }
  if (localSecondaryIndexes.length > indexQuota.local) {
    throw invalid(`Number of LocalSecondaryIndexes exceeds per-table limit of ${indexQuota.local}`);
  }
  if (globalSecondaryIndexes.length <= indexQuota.global) return;
  throw new Refusal(
    "LimitExceededException",
    `Number of GlobalSecondaryIndexes exceeds per-table limit of ${indexQuota.global}`,
  );
}

interface Capacity {
  readonly billingMode?: unknown;
  readonly readCapacity?: number | undefined;
  readonly writeCapacity?: number | undefined;
}

function refuseCapacity({ billingMode, readCapacity = 0, writeCapacity = 0 }: Capacity): void {
  const units = [readCapacity, writeCapacity];
  if (billingMode === "PAY_PER_REQUEST") {
    if (units.every((one) => one === 0)) return;
    throw invalid(
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
    );
  }
  if (units.every((one) => one > 0)) return;
  throw invalid(
    "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
  );
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html */
const table = behaviour<dynamodb.TableArgs, dynamodb.TableState>(tableToken, {
  autoname: { property: "name", max: 255 },
  defaults: {
    billingMode: {
      value: "PROVISIONED",
      because: "DynamoDB takes a table without it as provisioned, and refuses by it",
    },
  },
  references: {
    "serverSideEncryption.kmsKeyArn": toKey("ValidationException", "KMS key {value} does not exist"),
  },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, accountId, region, inputs, created }) => {
    const arn = `arn:aws:dynamodb:${region}:${accountId}:table/${id}`;
    const label = created.replace("Z", "");
    return {
      arn,
      name: id,
      readCapacity: 0,
      streamArn: inputs.streamEnabled === true ? `${arn}/stream/${label}` : ABSENT,
      streamLabel: inputs.streamEnabled === true ? label : ABSENT,
      writeCapacity: 0,
    };
  },
  refuses: ({ inputs, account, region }, before) => {
    if (before === undefined && account.find(tableToken, inputs.name ?? "", region) !== undefined) {
      throw new Refusal("ResourceInUseException", `Table already exists: ${inputs.name ?? ""}`);
    }
    refuseKeys(inputs);
    refuseIndexes(inputs);
    refuseCapacity(inputs);
    if (inputs.streamEnabled !== true || inputs.streamViewType !== undefined) return;
    throw new Refusal("InvalidParameter", "stream_view_type is required when stream_enabled = true");
  },
  keeps: ({ state }) => {
    if (state.deletionProtectionEnabled !== true) return;
    throw new Refusal(
      "ValidationException",
      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    );
  },
  settles: ["streamArn", "streamLabel"],
  seconds: { create: 9, update: 15, delete: 4 },
});

/** Tables. */
export const tables: readonly AnyBehaviour[] = [table];
