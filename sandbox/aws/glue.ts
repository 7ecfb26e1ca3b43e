import type { glue } from "@pulumi/aws";
import type { AnyBehaviour, Reference } from "./behaviour.ts";
import { refined, taken } from "./specification/refined.ts";

const databaseToken = "aws:glue/catalogDatabase:CatalogDatabase";
const tableToken = "aws:glue/catalogTable:CatalogTable";

/** Athena's databases are the same ones. What a database has goes with it. */
const toDatabase: Reference = {
  to: [databaseToken, "aws:athena/database:Database"],
  missing: { code: "EntityNotFoundException", message: "Database {value} not found." },
  holds: false,
};

const taking = { code: "AlreadyExistsException" } as const;

/** https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-databases.html */
const database = refined<glue.CatalogDatabaseArgs, glue.CatalogDatabaseState>(databaseToken, {
  autoname: { property: "name", max: 255, lower: true },
  rules: [taken(databaseToken, ({ name }) => name, { ...taking, says: "Database already exists." })],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-catalog-tables.html */
const table = refined<glue.CatalogTableArgs, glue.CatalogTableState>(tableToken, {
  references: { databaseName: toDatabase },
  rules: [
    {
      when: ({ inputs, account, before }) =>
        before === undefined &&
        account
          .named(inputs.name ?? "")
          .some(({ token, state }) => token === tableToken && state.databaseName === inputs.databaseName),
      ...taking,
      says: "Table already exists.",
    },
  ],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** What is known of the data in a lake. */
export const catalogues: readonly AnyBehaviour[] = [database, table];
