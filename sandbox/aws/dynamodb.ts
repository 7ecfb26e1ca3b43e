import type { dynamodb } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import { at, list, text } from "../values.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { ABSENT, behaviour } from "./behaviour.ts";
import { toKey } from "./kms.ts";
import { refuseFirst } from "./refuse-first.ts";
import type { Rule } from "./refuse-first.ts";
import { refined } from "./specification/refined.ts";

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
  // Both are the provider's words, before DynamoDB is asked.
  const lost = used.filter((key) => !told.includes(key));
  if (lost.length > 0) {
    throw new Refusal(
      "InvalidParameter",
      `all indexes must match a defined attribute. Unmatched indexes: ${quoted(lost)}`,
    );
  }
  const idle = told.filter((name) => !used.includes(name));
  if (idle.length === 0) return;
  throw new Refusal("InvalidParameter", `all attributes must be indexed. Unused attributes: ${quoted(idle)}`);
}

/** A list as the provider writes it. */
function quoted(names: readonly unknown[]): string {
  return `[${[...new Set(names)].map((name) => JSON.stringify(name)).join(" ")}]`;
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

/** What an index holds beside its keys: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_Projection.html */
function refuseProjection(index: unknown): void {
  const type = String(at(index, "projectionType"));
  const extra = list(at(index, "nonKeyAttributes")).length > 0;
  if (type === "INCLUDE" && !extra) {
    throw invalid("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
  }
  if (type !== "INCLUDE" && extra)
    throw invalid(`ProjectionType is ${type}, but NonKeyAttributes is specified`);
}

function refuseShape(inputs: Inputs): void {
  const { hashKey, rangeKey, globalSecondaryIndexes = [], localSecondaryIndexes = [] } = inputs;
  if (hashKey !== undefined && hashKey === rangeKey) {
    throw new Refusal(
      "ValidationException",
      "Both the Hash Key and the Range Key element in the KeySchema have the same name",
    );
  }
  const indexes = [...localSecondaryIndexes, ...globalSecondaryIndexes];
  const names = indexes.map((index) => text(at(index, "name")) ?? "");
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw invalid(`Duplicate index name: ${twice}`);
  for (const index of indexes) refuseProjection(index);
}

/** What the provider looks at before it asks DynamoDB. */
interface Planned {
  readonly inputs: {
    readonly billingMode?: unknown;
    readonly readCapacity?: number | undefined;
    readonly writeCapacity?: number | undefined;
    readonly globalSecondaryIndexes?: readonly unknown[] | undefined;
    readonly streamEnabled?: boolean | undefined;
    readonly streamViewType?: string | undefined;
    readonly ttl?:
      { readonly enabled?: boolean | undefined; readonly attributeName?: string | undefined } | undefined;
  };
  /** The mode before this change. */
  readonly was: unknown;
}

/** The table's capacities by the provider's names. */
function unitsOf({ inputs: { readCapacity = 0, writeCapacity = 0 } }: Planned) {
  return [
    ["read_capacity", readCapacity],
    ["write_capacity", writeCapacity],
  ] as const;
}

const isProvisioned = ({ inputs }: Planned): boolean => inputs.billingMode !== "PAY_PER_REQUEST";

/** The capacity that some index of a provisioned table is without. */
function bareCapacity({ inputs: { globalSecondaryIndexes = [] } }: Planned): string | undefined {
  return ["write", "read"].find((kind) =>
    globalSecondaryIndexes.some((index) => Number(at(index, `${kind}Capacity`) ?? 0) < 1),
  );
}

/**
 * The provider's words. A change of the mode leaves capacities alone, and those of an index that is paid by request are left out:
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/dynamodb/table.go
 */
const planRules: readonly Rule<Planned>[] = [
  {
    when: ({ inputs: { ttl } }) => ttl?.enabled === true && ttl.attributeName === undefined,
    code: "InvalidParameter",
    says: 'Attribute "ttl[0].attribute_name" must be specified when "ttl[0].enabled" is "true"',
  },
  {
    when: (planned) =>
      !isProvisioned(planned) &&
      planned.was !== "PROVISIONED" &&
      unitsOf(planned).some(([, value]) => value > 0),
    code: "InvalidParameter",
    says: (planned) =>
      `${unitsOf(planned).find(([, value]) => value > 0)?.[0] ?? ""} can not be set when billing_mode is "PAY_PER_REQUEST"`,
  },
  {
    when: (planned) =>
      isProvisioned(planned) &&
      planned.was !== "PAY_PER_REQUEST" &&
      unitsOf(planned).some(([, value]) => value < 1),
    code: "InvalidParameter",
    says: (planned) =>
      unitsOf(planned)
        .filter(([, value]) => value < 1)
        .map(([name]) => `${name} must be at least 1 when billing_mode is "PROVISIONED"`)
        .join(" "),
  },
  {
    when: (planned) => isProvisioned(planned) && bareCapacity(planned) !== undefined,
    code: "InvalidParameter",
    says: (planned) => `${bareCapacity(planned) ?? ""} capacity must be > 0 when billing mode is PROVISIONED`,
  },
  {
    when: ({ inputs }) => inputs.streamEnabled === true && inputs.streamViewType === undefined,
    code: "InvalidParameter",
    says: "stream_view_type is required when stream_enabled = true",
  },
];

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
  keys: (state) => [state.arn, state.name, state.streamArn],
  refuses: ({ inputs, account, region }, before) => {
    if (before === undefined && account.find(tableToken, inputs.name ?? "", region) !== undefined) {
      throw new Refusal("ResourceInUseException", `Table already exists: ${inputs.name ?? ""}`);
    }
    refuseFirst<Planned>(planRules, { inputs, was: before?.state.billingMode });
    refuseKeys(inputs);
    refuseShape(inputs);
    refuseIndexes(inputs);
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
  // An index is filled and a replica copied before either is of use.
  secondsToChange: { globalSecondaryIndexes: 300, replicas: 120 },
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_PutItem.html. It goes with its table. */
const item = refined<dynamodb.TableItemArgs, dynamodb.TableItemState>("aws:dynamodb/tableItem:TableItem", {
  references: {
    tableName: {
      to: tableToken,
      missing: { code: "ResourceNotFoundException", message: "Requested resource not found" },
      holds: false,
    },
  },
  keys: () => [],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** Tables, and what a program writes into them. */
export const tables: readonly AnyBehaviour[] = [table, item];
