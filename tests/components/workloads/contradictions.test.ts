import { expect } from "chai";

import { inStartOrder } from "../../../components/workloads/problems/order.ts";
import { image, problems, resolve, servicesGiven } from "./settings.ts";
import type { Change } from "./settings.ts";

const shop = (change: Change): Change => ({ items: { shop: { image, ...change } } });
const guaranteed = { cpu: "250m", memory: "256Mi", memoryLimit: "512Mi", qos: "guaranteed" };
const pool = { sidecars: { pgbouncer: {} } };
const password = { DATABASE_PASSWORD: { secret: "shop/database" } };

const refusals: Readonly<Record<string, readonly [Change, ...string[]]>> = {
  "guaranteed quality with room to spare": [
    shop({ resources: guaranteed }),
    "items.shop.resources.memoryLimit: memoryLimit must equal memory 256Mi with qos guaranteed, got 512Mi",
    "items.shop.resources.cpuLimit: cpuLimit must equal cpu 250m with qos guaranteed, got nothing",
  ],
  "a command to ask with, and nobody to run it": [
    shop({ health: { command: ["/bin/well"] } }),
    "items.shop.health.command: command must be left out with by http: only exec runs one",
  ],
  "exec without a command": [
    shop({ health: { by: "exec" } }),
    "items.shop.health.command: command must be set with by exec, got nothing",
  ],
  "a load balancer that is not there": [
    shop({ expose: { path: "/", by: "public" } }),
    "items.shop.expose.by: by must be one of ingresses, got public",
  ],
  "a load balancer that cannot ask": [
    shop({ expose: { path: "/" }, health: { by: "tcp" } }),
    "items.shop.health.by: by must be http with expose, got tcp: the load balancer asks over HTTP",
  ],
  "a drain longer than the grace": [
    shop({ expose: { path: "/", drainSeconds: 50 } }),
    "items.shop.shutdown.graceSeconds: graceSeconds must not be below drainSeconds 50 of internal, got 45: requests under way would be cut off",
  ],
  "a path that another namespace answers for": [
    {
      namespaces: { ...servicesGiven.namespaces, back: servicesGiven.namespaces.apps },
      items: {
        shop: { image, expose: { path: "/shop" } },
        deals: { image, expose: { path: "/" }, namespace: "back" },
        admin: { image, expose: { path: "/shop/admin/" }, namespace: "back" },
      },
    },
    "items.admin.expose.path: path must not lie under /shop of shop in namespace apps, got /shop/admin/: the load balancer asks that namespace first",
  ],
  "a worker with an audience": [
    shop({ worker: true, expose: { path: "/" } }),
    "items.shop.expose: expose must be left out with worker: it has no address",
  ],
  "a worker that is called": [
    { items: { shop: { image, calls: ["mailer"] }, mailer: { image, worker: true } } },
    "items.shop.calls.0: calls must not name a worker, got mailer: nobody can call it",
  ],
  "a worker with ports for callers": [
    shop({ worker: true, ports: { grpc: 9000 } }),
    "items.shop.ports: ports must hold nothing but that of metrics with worker: nobody can call it",
  ],
  "two ports at one number": [
    shop({ ports: { grpc: 8080 } }),
    "items.shop.ports.grpc: grpc must differ from port, got 8080: one port listens once",
  ],
  "a second port named as the first": [
    shop({ ports: { http: 9000 } }),
    "items.shop.ports.http: a further port must not be named http: that is port itself",
  ],
  "numbers at a port that is not there": [
    shop({ metrics: { port: "metrics" } }),
    "items.shop.metrics.port: port must be http or one of ports, got metrics",
  ],
  "a namespace that is not there": [
    shop({ namespace: "back" }),
    "items.shop.namespace: namespace must be one of namespaces, got back",
  ],
  "what must not go on nodes that go": [
    shop({ priority: "critical", placement: { capacity: "spot" } }),
    "items.shop.placement.capacity: capacity must not be spot with priority critical: AWS may take all those nodes back at once",
  ],
  "a pool of nothing": [
    shop({ ...pool, secrets: password }),
    "items.shop.uses: uses must name database with sidecars.pgbouncer: there is nothing to pool",
  ],
  "a pool that could not sign in": [
    shop({ ...pool, uses: ["database"] }),
    "items.shop.secrets: secrets must hold DATABASE_PASSWORD with sidecars.pgbouncer: a pool outlives the 15 minutes of an IAM token",
  ],
  "a pool larger than its maximum": [
    shop({ uses: ["database"], secrets: password, sidecars: { pgbouncer: { poolSize: 60 } } }),
    "items.shop.sidecars.pgbouncer.poolSize: poolSize must not exceed maxConnections 50, got 60",
  ],
  "a start after nobody": [
    shop({ startsAfter: ["config"] }),
    "items.shop.startsAfter.0: startsAfter must name services of items, got config",
  ],
  "a start after oneself, by way of others": [
    {
      items: {
        config: { image, startsAfter: ["gateway"] },
        discovery: { image, startsAfter: ["config"] },
        gateway: { image, startsAfter: ["discovery"] },
      },
    },
    "items.config.startsAfter: startsAfter must not lead back to itself, got config after gateway after discovery after config",
  ],
  "a job named as a service": [
    { jobs: { shop: { image } } },
    "jobs.shop: a job's name must differ from that of every service, got shop: both would have one account",
  ],
  "a job's schedule of six fields": [
    { jobs: { report: { image, schedule: "0 0 6 * * *" } } },
    "jobs.report.schedule: a schedule has five fields, such as 0 6 * * 1-5",
  ],
  "load balancers of one name": [
    { ingresses: { one: servicesGiven.ingresses.internal, other: servicesGiven.ingresses.internal } },
    "ingresses.other.name: name must differ from that of one, got apps: AWS keeps one load balancer of a name",
  ],
  "copies larger than their namespace lets a container be": [
    {
      namespaces: { apps: { ...servicesGiven.namespaces.apps, limits: { cpu: "200m", memory: "256Mi" } } },
      jobs: { report: { image, resources: { ...guaranteed, qos: "burstable", cpuLimit: "500m" } } },
    },
    "items.shop.resources.cpu: cpu must not exceed limits of apps (200m), got 250m: Kubernetes would refuse every copy",
    "items.shop.resources.memoryLimit: memoryLimit must not exceed limits of apps (256Mi), got 512Mi: Kubernetes would refuse every copy",
    "jobs.report.resources.cpuLimit: cpuLimit must not exceed limits of apps (200m), got 500m: Kubernetes would refuse every copy",
    "jobs.report.resources.memoryLimit: memoryLimit must not exceed limits of apps (256Mi), got 512Mi: Kubernetes would refuse every copy",
  ],
  "limits that leave no room for a sidecar": [
    {
      namespaces: { apps: { ...servicesGiven.namespaces.apps, limits: { cpu: "49m", memory: "127Mi" } } },
      items: {},
    },
    "namespaces.apps.limits.cpu: cpu must be at least 50m, got 49m: the platform's own containers take that much",
    "namespaces.apps.limits.memory: memory must be at least 128Mi, got 127Mi: the platform's own containers take that much",
  ],
  "no namespace": [{ namespaces: {}, items: {} }, "namespaces: namespaces must hold one namespace, got none"],
  "no load balancer": [
    { ingresses: {}, items: {} },
    "ingresses: ingresses must hold one load balancer, got none",
  ],
  "more than one thing at a time, each with its own line": [
    shop({ namespace: "back", calls: ["cart"], startsAfter: ["config"] }),
    "items.shop.calls.0: calls must name services of items, got cart",
    "items.shop.namespace: namespace must be one of namespaces, got back",
    "items.shop.startsAfter.0: startsAfter must name services of items, got config",
  ],
};

describe("settings that contradict themselves", () => {
  for (const [what, [change, ...messages]] of Object.entries(refusals)) {
    it(`refuse ${what}`, () => {
      expect(problems(change)).to.deep.equal(messages);
    });
  }

  it("counts sidecars and jobs into the quota", () => {
    const quota = { pods: 4, cpu: "1", memory: "1Gi" };
    const change = {
      namespaces: { apps: { owner: "a", quota } },
      items: {
        shop: {
          image,
          replicas: { min: 1, max: 2 },
          uses: ["database"],
          secrets: password,
          ...pool,
        },
      },
      jobs: { report: { image, schedule: "0 6 * * *", overlap: "allow" } },
    };
    expect(problems(change)).to.deep.equal([
      "namespaces.apps.quota.pods: pods must be at least 5, got 4: everything in it at its maximum during an update needs that much",
      "namespaces.apps.quota.cpu: cpu must be at least 2, got 1: everything in it at its maximum during an update needs that much",
      "namespaces.apps.quota.memory: memory must be at least 1472Mi, got 1Gi: everything in it at its maximum during an update needs that much",
    ]);
  });
});

describe("the order in which services start", () => {
  it("has each after those it starts after, and leaves the others as they are", () => {
    const workloads = resolve({
      a: { image, startsAfter: ["gateway"] },
      b: { image },
      gateway: { image, startsAfter: ["discovery"] },
      discovery: { image, startsAfter: ["zconfig"] },
      zconfig: { image },
    });
    expect(inStartOrder(workloads).map(({ name }) => name)).to.deep.equal([
      "zconfig",
      "discovery",
      "gateway",
      "a",
      "b",
    ]);
  });
});
