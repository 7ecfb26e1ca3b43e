import type { glue } from "@pulumi/aws";
import type { AnyBehaviour, Reference } from "./behaviour.ts";
import { refined } from "./specification/refined.ts";
import type { Request } from "./specification/refined.ts";

const databaseToken = "aws:glue/catalogDatabase:CatalogDatabase";
const tableToken = "aws:glue/catalogTable:CatalogTable";

/** Athena's databases are the same ones. What a database has goes with it. */
const toDatabase: Reference = {
  to: [databaseToken, "aws:athena/database:Database"],
  missing: { code: "EntityNotFoundException", message: "Database {value} not found." },
  holds: false,
};

const code = "AlreadyExistsException";

interface Entry {
  readonly name?: string | undefined;
  readonly catalogId?: string | undefined;
  readonly databaseName?: string | undefined;
}

/** Whether the catalogue has an entry of that name: each region has a catalogue of the account, and others may be named. */
function isTaken(token: string, { inputs, account, region, before }: Request<Entry>): boolean {
  const { name = "", catalogId = account.accountId, databaseName } = inputs;
  const others = account.named(name).filter((other) => other.token === token && other.scope === region);
  return (
    before === undefined &&
    others.some(
      ({ state }) =>
        state.databaseName === databaseName && (state.catalogId ?? account.accountId) === catalogId,
    )
  );
}

/** https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-databases.html */
const database = refined<glue.CatalogDatabaseArgs, glue.CatalogDatabaseState>(databaseToken, {
  autoname: { property: "name", max: 255, lower: true },
  rules: [{ when: (asked) => isTaken(databaseToken, asked), code, says: "Database already exists." }],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-tables.html */
const table = refined<glue.CatalogTableArgs, glue.CatalogTableState>(tableToken, {
  references: { databaseName: toDatabase },
  rules: [{ when: (asked) => isTaken(tableToken, asked), code, says: "Table already exists." }],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** What is known of the data in a lake. */
export const catalogues: readonly AnyBehaviour[] = [database, table];
