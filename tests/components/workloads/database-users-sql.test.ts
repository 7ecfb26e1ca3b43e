import { expect } from "chai";

import type { DatabaseUser } from "../../../components/workloads/plan-database-users.ts";
import { hasPostgres, startPostgres } from "../../support/postgres.ts";
import type { Postgres } from "../../support/postgres.ts";

const script = "components/workloads/database-users.sql";

describe("the statements that make the users of the database", () => {
  let postgres: Postgres;

  before(function () {
    // Where there is no PostgreSQL there is nothing to run them in.
    if (!hasPostgres) this.skip();
    postgres = startPostgres();
  });

  after(() => {
    if (hasPostgres) postgres.stop();
  });

  afterEach(() => {
    const made = postgres.look(
      "SELECT quote_ident(rolname) FROM pg_roles WHERE rolname !~ '^(pg_|rds|platform_owner)'",
    );
    for (const role of made)
      postgres.look(
        `DROP OWNED BY ${role} CASCADE; DROP SCHEMA IF EXISTS ${role} CASCADE; DROP ROLE ${role}`,
      );
  });

  /** What they end with, and what they say. */
  function make(...users: readonly DatabaseUser[]): { readonly code: number | null; readonly said: string } {
    const list = `--set=users=${JSON.stringify(users)}`;
    const file = `--file=${process.cwd()}/${script}`;
    const { status, stdout, stderr } = postgres.psql("platform_owner", "--set=ON_ERROR_STOP=1", list, file);
    return { code: status, said: stdout + stderr };
  }

  /** Each user as `name login token`, with what it lacks left out. */
  const users = (): readonly string[] =>
    postgres.look(
      `SELECT concat_ws(' ', rolname, CASE WHEN rolcanlogin THEN 'login' END, CASE WHEN pg_has_role(oid, 'rds_iam', 'MEMBER') THEN 'token' END)
       FROM pg_roles WHERE rolname !~ '^(pg_|rds|platform_owner)' ORDER BY rolname`,
    );

  const cart: DatabaseUser = { name: "cart", token: true };
  const order: DatabaseUser = { name: "order", token: true };
  const quiet = { code: 0, said: "" };

  it("make each of them once, without a word, whatever it is called", () => {
    expect(make(cart, order)).to.deep.equal(quiet);
    expect(users()).to.deep.equal(["cart login token", "order login token"]);
    expect(make(cart, order)).to.deep.equal(quiet);
    expect(users()).to.deep.equal(["cart login token", "order login token"]);
  });

  it("give each a schema of its own, and nothing in those of others", () => {
    make({ name: "cart", token: false }, order);
    postgres.look("ALTER ROLE cart PASSWORD 'open'");
    const create = (table: string): string =>
      postgres.psql("cart", "--command", `CREATE TABLE ${table} (n int)`).stderr;
    expect(create("things")).to.equal("");
    expect(postgres.look("SELECT schemaname FROM pg_tables WHERE tablename = 'things'")).to.deep.equal([
      "cart",
    ]);
    expect(create('"order".things')).to.contain("permission denied for schema order");
  });

  it("let a service show what it has to another", () => {
    make({ name: "cart", token: false }, { name: "report", token: false });
    postgres.look("ALTER ROLE cart PASSWORD 'open'; ALTER ROLE report PASSWORD 'open'");
    const read = (): string => postgres.psql("report", "--command", "SELECT * FROM cart.things").stderr;
    postgres.psql("cart", "--command", "CREATE TABLE things (n int)");
    expect(read()).to.contain("permission denied for schema cart");
    postgres.psql(
      "cart",
      "--command",
      "GRANT USAGE ON SCHEMA cart TO report; GRANT SELECT ON ALL TABLES IN SCHEMA cart TO report",
    );
    expect(read()).to.equal("");
  });

  it("take the sign-in from those that are gone, leave what they made, and give it back", () => {
    make(cart, order);
    expect(make(cart)).to.deep.equal(quiet);
    expect(users()).to.deep.equal(["cart login token", "order token"]);
    expect(postgres.look("SELECT nspname FROM pg_namespace WHERE nspname = 'order'")).to.deep.equal([
      "order",
    ]);
    make(cart, order);
    expect(users()).to.deep.equal(["cart login token", "order login token"]);
  });

  it("leave users alone that are nobody's service", () => {
    postgres.look("CREATE ROLE reporting LOGIN");
    expect(make(cart)).to.deep.equal(quiet);
    expect(users()).to.deep.equal(["cart login token", "reporting login"]);
  });

  it("go between a token and a password as the row does", () => {
    make(cart);
    expect(make({ ...cart, token: false })).to.deep.equal(quiet);
    expect(users()).to.deep.equal(["cart login"]);
    make(cart);
    expect(users()).to.deep.equal(["cart login token"]);
  });

  it("make nothing where a role of that name may do more than a service", () => {
    postgres.look("CREATE ROLE backup LOGIN; GRANT rds_superuser TO backup; CREATE ROLE maker CREATEDB");
    const { code, said } = make(cart, { name: "backup", token: true }, { name: "maker", token: true });
    expect(code).to.equal(3);
    expect(said).to.contain("ERROR:  may do more than a service and are left alone: backup, maker");
    expect(users()).to.deep.equal(["backup login", "maker"]);
  });

  it("never lock the owner out: they take back what would", () => {
    make(cart);
    postgres.look('CREATE ROLE "order" LOGIN; GRANT "order" TO platform_owner');
    const { code, said } = make(cart, order);
    expect(code).to.equal(3);
    expect(said).to.contain("ERROR:  the owner could no longer sign in, so the new users cannot either");
    expect(users()).to.deep.equal(["cart login token", "order login"]);
    expect(postgres.psql("platform_owner", "--command", "SELECT 1").status).to.equal(0);
  });
});
