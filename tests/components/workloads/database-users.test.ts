import { expect } from "chai";

import {
  describeRun,
  describeRunFiles,
  nameRun,
} from "../../../components/workloads/describe-database-users.ts";
import { planUsers } from "../../../components/workloads/plan-database-users.ts";
import { all, only, run } from "../../support/run.ts";
import { waitsFor } from "../eks-cluster/graph.ts";
import { dig } from "../observability/dig.ts";
import { services } from "./services.ts";
import { context, database, image, ownerSecret, resolve, settled } from "./settings.ts";

const cart = { image, uses: ["database"] };
const deployment = "kubernetes:apps/v1:Deployment";
const job = "kubernetes:batch/v1:Job";

describe("the run that makes the users", () => {
  const users = [{ name: "cart", token: true }];
  const spec = describeRun({ users, database }, context);
  const container = dig(spec, "template", "spec", "containers", 0);

  it("is another one when the users or the client change, and else the same", () => {
    const name = nameRun({ users });
    expect(name).to.match(/^database-users-[0-9a-f]{10}$/);
    expect(nameRun({ users: [{ name: "cart", token: true }] })).to.equal(name);
    const others = [
      { users: [] },
      { users: [{ name: "cart", token: false }] },
      { users, image: "ecr:psql:17" },
    ];
    expect(new Set([name, ...others.map(nameRun)]).size).to.equal(4);
  });

  it("speaks only to the instance whose certificate it knows", async () => {
    const variables = await settled(dig(container, "env"));
    expect(variables).to.deep.include.members([
      { name: "PGHOST", value: "primary.db" },
      { name: "PGPORT", value: "5432" },
      { name: "PGDATABASE", value: "app" },
      { name: "PGSSLMODE", value: "verify-full" },
      { name: "PGSSLROOTCERT", value: "/etc/database-users/authority.pem" },
    ]);
    expect(Object.keys(describeRunFiles("PEM"))).to.deep.equal(["users.sql", "authority.pem"]);
  });

  it("is told the owner's name and password by reference only", async () => {
    const name = nameRun({ users });
    const variables = await settled(dig(container, "env"));
    for (const key of ["PGUSER", "PGPASSWORD"]) {
      expect(variables).to.deep.include({ name: key, valueFrom: { secretKeyRef: { name, key } } });
    }
  });

  it("stops at the first mistake, and is given up before Pulumi stops waiting", () => {
    expect(dig(container, "args")).to.deep.equal([
      "--no-psqlrc",
      "--quiet",
      "--set=ON_ERROR_STOP=1",
      '--set=users=[{"name":"cart","token":true}]',
      "--file=/etc/database-users/users.sql",
    ]);
    expect(dig(spec, "activeDeadlineSeconds")).to.be.below(600);
  });

  it("is PostgreSQL's own client by its digest, or the stack's copy of it", async () => {
    const imageOf = (own?: string): Promise<unknown> =>
      settled(
        dig(
          describeRun({ users, database, image: own }, context),
          "template",
          "spec",
          "containers",
          0,
          "image",
        ),
      );
    expect(await imageOf()).to.match(
      /^public\.ecr\.aws\/docker\/library\/postgres:17\.\d+-alpine@sha256:[0-9a-f]{64}$/,
    );
    expect(await imageOf("ecr:postgres:17.11")).to.equal(
      "111111111111.dkr.ecr.eu-west-1.amazonaws.com/postgres:17.11",
    );
  });

  it("may do nothing on its node", () => {
    expect(dig(spec, "template", "spec")).to.deep.include({
      automountServiceAccountToken: false,
      priorityClassName: "platform-critical",
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 10001,
        runAsGroup: 10001,
        fsGroup: 10001,
        seccompProfile: { type: "RuntimeDefault" },
      },
    });
    expect(dig(container, "securityContext")).to.deep.equal({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ["ALL"] },
    });
  });
});

describe("services that sign in to the database", () => {
  const items = { shop: { image }, cart, report: cart };

  it("start when their users are there, and others do not wait", async () => {
    const { resources } = await run(() => services({ items, jobs: { migrate: cart } }));
    for (const [type, name] of [
      [deployment, "services-cart"],
      [deployment, "services-report"],
      [job, "services-migrate"],
    ] as const) {
      expect(waitsFor(resources, type, name)).to.include("Job services-database-users");
    }
    expect(waitsFor(resources, deployment, "services-shop")).not.to.include("Job services-database-users");
  });

  it("cost nothing where there are none", async () => {
    const { resources } = await run(() => services({ items: { shop: { image } } }));
    expect(all(resources, job)).to.deep.equal([]);
    expect(resources.filter(({ name }) => name.includes("database-users"))).to.deep.equal([]);
  });

  it("share one run, however many they are", async () => {
    const many = Object.fromEntries(Array.from({ length: 5 }, (_, index) => [`svc-${index}`, cart]));
    const count = async (rows: object): Promise<number> => {
      const { resources } = await run(() => services({ items: rows }));
      return resources.filter(({ name }) => name.startsWith("services-database-users")).length;
    };
    expect(await count(many)).to.equal(await count({ cart }));
  });

  it("get their users in a namespace that reaches the database and nothing else, and that no team looks into", async () => {
    const { resources } = await run(() => services({ items }));
    const own = resources.filter(({ inputs }) => dig(inputs, "metadata", "namespace") === "database-users");
    const policies = all(own, "kubernetes:networking.k8s.io/v1:NetworkPolicy");
    const names = policies.map(({ name }) => name.replace("services-database-users-namespace-", ""));
    expect(names).to.have.members(["deny-all", "dns", "database"]);
    const open = only(
      policies,
      "kubernetes:networking.k8s.io/v1:NetworkPolicy",
      "services-database-users-namespace-database",
    );
    expect(dig(open.inputs, "spec", "egress")).to.deep.equal([
      { to: [{ ipBlock: { cidr: "10.0.0.0/16" } }], ports: [{ protocol: "TCP", port: 5432 }] },
    ]);
    expect(all(own, "kubernetes:rbac.authorization.k8s.io/v1:Role")).to.deep.equal([]);
  });

  it("never see the owner's password, and nor does the state: it goes from Secrets Manager into the one run", async () => {
    const { resources } = await run(() => services({ items }));
    const name = nameRun({ users: planUsers(resolve(items), []) });
    const secret = only(resources, "kubernetes:external-secrets.io/v1:ExternalSecret");
    expect(secret.inputs.metadata).to.deep.include({ name, namespace: "database-users" });
    expect(secret.inputs.spec).to.deep.equal({
      refreshInterval: "1h",
      secretStoreRef: { kind: "SecretStore", name: "aws-secrets-manager" },
      target: { name, creationPolicy: "Owner", deletionPolicy: "Retain" },
      data: ["PGUSER", "PGPASSWORD"].map((secretKey) => ({
        secretKey,
        remoteRef: { key: ownerSecret, property: secretKey === "PGUSER" ? "username" : "password" },
      })),
    });
    expect(only(resources, job).inputs.metadata).to.deep.include({ name, namespace: "database-users" });
    expect(only(resources, "kubernetes:core/v1:ConfigMap").inputs).to.deep.include({ immutable: true });
  });

  it("are made anew in no run that changes nothing of them", async () => {
    const nameOf = async (rows: object): Promise<unknown> => {
      const { resources } = await run(() => services({ items: rows }));
      return dig(only(resources, job).inputs, "metadata", "name");
    };
    const before = await nameOf(items);
    expect(await nameOf({ report: cart, cart: { ...cart, replicas: { min: 2, max: 9 } } })).to.equal(before);
    expect(await nameOf({ cart })).not.to.equal(before);
  });
});
