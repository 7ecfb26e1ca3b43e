import { expect } from "chai";

import { describeEnvironment } from "../../../components/workloads/describe-environment.ts";
import { planUsers } from "../../../components/workloads/plan-database-users.ts";
import { describeRole } from "../../../components/workloads/pod-parts.ts";
import { resolveJobs } from "../../../components/workloads/problems/model.ts";
import { servicesSettings } from "../../../components/workloads/settings.ts";
import { databaseUserOf } from "../../../components/workloads/stores.ts";
import { dig } from "../observability/dig.ts";
import { context, image, one, oneJob, problems, resolve, servicesGiven, settled } from "./settings.ts";

const cart = { image, uses: ["database"] };
const pooled = {
  ...cart,
  secrets: { DATABASE_PASSWORD: { secret: "cart/database" } },
  sidecars: { pgbouncer: {} },
};

describe("users of the database", () => {
  it("are one for each service and job that names it or a copy of it", () => {
    const items = { shop: { image }, "cart-api": cart, reader: { image, uses: ["databaseReader", "cache"] } };
    const jobs = { migrate: cart, clean: { image, uses: ["cache"] } };
    const users = planUsers(resolve(items), resolveJobs(servicesSettings.parse({ ...servicesGiven, jobs })));
    expect(users).to.deep.equal([
      { name: "cart_api", token: true },
      { name: "migrate", token: true },
      { name: "reader", token: true },
    ]);
  });

  it("keep a password where a pool holds their connections, which outlive a token", () => {
    expect(planUsers([one(pooled)], [])).to.deep.equal([{ name: "shop", token: false }]);
  });

  it("never share a name, and have none that PostgreSQL would cut off", () => {
    expect(databaseUserOf({ name: `a${"-b".repeat(20)}c` })).to.have.length.below(64);
    expect(problems({ items: { cart_api: cart } })).to.deep.equal([
      "items.cart_api: a service's name is lower case, digits and -, at most 42",
    ]);
  });

  for (const name of ["pg-monitor", "rdsadmin", "rds-iam", "public", "none", "information-schema"]) {
    const user = databaseUserOf({ name });
    it(`are never called ${user}, which is not for services`, () => {
      const refusal = (list: string): string =>
        `${list}.${name}.uses: uses must not name the database in a row called ${name}: its user would be ${user}, a name that PostgreSQL or RDS keeps for itself`;
      expect(problems({ items: { [name]: cart } })).to.deep.equal([refusal("items")]);
      expect(problems({ jobs: { [name]: cart } })).to.deep.equal([refusal("jobs")]);
      expect(problems({ items: { [name]: { image, uses: ["cache"] } } })).to.deep.equal([]);
    });
  }

  it("may be another's: migrations sign in as the service that they are for, and have none of their own", async () => {
    const migrate = { ...oneJob({ uses: ["database", "cache"] }), databaseUser: "cart-api" };
    expect(planUsers(resolve({ "cart-api": cart }), [migrate])).to.deep.equal([
      { name: "cart_api", token: true },
    ]);
    const variables = await settled(describeEnvironment(migrate, context));
    expect(variables).to.deep.include({ name: "DATABASE_USER", value: "cart_api" });
    const statements = await settled(describeRole(migrate, context));
    expect(dig(statements, 0, "Resource")).to.deep.equal([
      "arn:aws:rds-db:eu-west-1:111111111111:dbuser:db-PRIMARY/cart_api",
    ]);
  });

  const borrowed: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    [
      "of a row that is not there",
      { migrate: { ...cart, databaseUser: "shop" } },
      "jobs.migrate.databaseUser: databaseUser must be a service or job that signs in as itself, got shop",
    ],
    [
      "without the database",
      { migrate: { image, databaseUser: "cart" } },
      "jobs.migrate.databaseUser: databaseUser must be left out where uses does not name the database, got cart",
    ],
    [
      "with a password",
      { migrate: { ...cart, databaseUser: "pooled" } },
      "jobs.migrate.databaseUser: databaseUser must be a service or job that signs in as itself, got pooled: its pool of connections has a password instead of a token",
    ],
  ];
  for (const [what, jobs, refusal] of borrowed) {
    it(`are never another's ${what}`, () => {
      expect(problems({ items: { cart, pooled }, jobs })).to.deep.equal([refusal]);
    });
  }

  it("are never another's for a pool of connections", () => {
    expect(problems({ items: { cart, shop: { ...pooled, databaseUser: "cart" } } })).to.deep.equal([
      "items.shop.databaseUser: databaseUser must be left out with sidecars.pgbouncer, got cart: a pool signs in with a password of its own",
    ]);
  });

  it("are made where no service may be", () => {
    const { apps } = servicesGiven.namespaces;
    expect(problems({ namespaces: { apps, "database-users": apps } })).to.deep.equal([
      "namespaces.database-users: a namespace must not be database-users: the platform makes the users of the database there",
    ]);
  });
});
