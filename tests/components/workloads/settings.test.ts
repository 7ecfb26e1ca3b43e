import { expect } from "chai";

import { resolveWorkloads } from "../../../components/workloads/problems/model.ts";
import { servicesSettings } from "../../../components/workloads/settings.ts";
import { image, servicesGiven } from "./settings.ts";

type Change = Readonly<Record<string, unknown>>;

/** Every problem found, each as `path: message`. */
function problems(change: Change): string[] {
  const parsed = servicesSettings.safeParse({ ...servicesGiven, ...change });
  return (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

const shop = (change: Change): Change => ({ items: { shop: { ...servicesGiven.items.shop, ...change } } });
const ingress = (change: Change): Change => ({
  ingresses: { internal: { ...servicesGiven.ingresses.internal, ...change } },
});
const namespaced = (change: Change): Change => ({
  namespaces: { apps: { ...servicesGiven.namespaces.apps, ...change } },
});

const refusals: Readonly<Record<string, readonly [Change, ...string[]]>> = {
  "the namespace default": [
    { namespaces: { default: servicesGiven.namespaces.apps } },
    "namespaces.default: a namespace must not be Kubernetes' own",
  ],
  "the namespace of the system": [
    { namespaces: { "kube-system": servicesGiven.namespaces.apps } },
    "namespaces.kube-system: a namespace must not be Kubernetes' own",
  ],
  "a load balancer's name of 33 characters": [
    ingress({ name: "a".repeat(33) }),
    "ingresses.internal.name: name must be lower case, digits and -, at most 32",
  ],
  "an unknown scheme": [
    ingress({ scheme: "public" }),
    'ingresses.internal.scheme: Invalid option: expected one of "internal"|"internet-facing"',
  ],
  "a host of two labels": [
    ingress({ host: "shop.eu" }),
    "ingresses.internal.host: host must be one label, the zone follows",
  ],
  "an image without a tag": [
    shop({ image: "registry.example.com/team/app" }),
    "items.shop.image: an image names its registry and a tag or a digest, best both",
  ],
  "an image without a registry": [
    shop({ image: "nginx:1.29" }),
    "items.shop.image: an image names its registry and a tag or a digest, best both",
  ],
  "the image that is latest today": [
    shop({ image: "registry.example.com/team/app:latest" }),
    "items.shop.image: an image must not be tagged latest: nobody could tell what runs",
  ],
  "latest even with a digest": [
    shop({ image: `registry.example.com/team/app:latest@sha256:${"0".repeat(64)}` }),
    "items.shop.image: an image must not be tagged latest: nobody could tell what runs",
  ],
  "a port only root may open": [
    shop({ port: 80 }),
    "items.shop.port: Too small: expected number to be >=1024",
  ],
  "more copies at least than at most": [
    shop({ replicas: { min: 3, max: 2 } }),
    "items.shop.replicas.min: min must not exceed max 2, got 3",
  ],
  "no copies": [
    shop({ replicas: { min: 0, max: 2 } }),
    "items.shop.replicas.min: Too small: expected number to be >=1",
  ],
  "CPU with a unit of memory": [
    shop({ resources: { cpu: "250Mi", memory: "256Mi", memoryLimit: "512Mi" } }),
    "items.shop.resources.cpu: a CPU quantity looks like 250m or 1.5",
  ],
  "memory with a decimal unit": [
    shop({ resources: { cpu: "250m", memory: "256M", memoryLimit: "512Mi" } }),
    "items.shop.resources.memory: a memory quantity looks like 256Mi or 2Gi",
  ],
  "a memory limit below the reservation": [
    shop({ resources: { cpu: "250m", memory: "1Gi", memoryLimit: "512Mi" } }),
    "items.shop.resources.memoryLimit: memoryLimit must not be below memory 1Gi, got 512Mi",
  ],
  "a CPU limit below the reservation": [
    shop({ resources: { cpu: "1.5", cpuLimit: "1200m", memory: "256Mi", memoryLimit: "512Mi" } }),
    "items.shop.resources.cpuLimit: cpuLimit must not be below cpu 1.5, got 1200m",
  ],
  "a target above everything there is": [
    shop({ scaling: { cpuPercent: 101 } }),
    "items.shop.scaling.cpuPercent: Too big: expected number to be <=100",
  ],
  "steps of no copies": [
    shop({ scaling: { up: { afterSeconds: 0, pods: 0, everySeconds: 60 } } }),
    "items.shop.scaling.up.pods: Too small: expected number to be >=1",
  ],
  "a probe that is a full address": [
    shop({ health: { livePath: "http://localhost/" } }),
    "items.shop.health.livePath: a path starts with / and holds no query",
  ],
  "a shutdown without time for requests under way": [
    shop({ shutdown: { announceSeconds: 30, graceSeconds: 30 } }),
    "items.shop.shutdown.graceSeconds: graceSeconds must exceed announceSeconds 30, got 30: requests under way need time",
  ],
  "a copy killed before the load balancer let go of it": [
    { ...ingress({ drainSeconds: 60 }) },
    "items.shop.shutdown.graceSeconds: graceSeconds must not be below drainSeconds 60 of internal, got 45: requests under way would be cut off",
  ],
  "the user root": [shop({ user: 0 }), "items.shop.user: Too small: expected number to be >=1"],
  "a writable root": [
    shop({ writablePaths: ["/"] }),
    "items.shop.writablePaths.0: a writable path is absolute and not / itself",
  ],
  "a password in sight of everyone": [
    shop({ environment: { DATABASE_PASSWORD: "hunter2" } }),
    "items.shop.environment.DATABASE_PASSWORD: DATABASE_PASSWORD must not be set here: secrets belong into Secrets Manager, settings are in everyone's sight",
  ],
  "a variable that is both plain and secret": [
    shop({ environment: { DATABASE_URL: "x" }, secrets: { DATABASE_URL: { secret: "shop/database" } } }),
    "items.shop.secrets.DATABASE_URL: DATABASE_URL must be set once, got it under environment too",
  ],
  "a secret with its value beside": [
    shop({ secrets: { JWT_SECRET: { secret: "shop/jwt", value: "hunter2" } } }),
    'items.shop.secrets.JWT_SECRET: Unrecognized key: "value"',
  ],
  "a variable in small letters": [
    shop({ environment: { apiUrl: "x" } }),
    "items.shop.environment.apiUrl: a variable's name is upper case, digits and _",
  ],
  "a call to a service that is not there": [
    shop({ calls: ["cart"] }),
    "items.shop.calls.0: calls must name services of items, got cart",
  ],
  "a call of a service to itself": [
    shop({ calls: ["shop"] }),
    "items.shop.calls.0: calls must not name the service itself, got shop",
  ],
  "two services at one path": [
    { items: { shop: { image, expose: { path: "/" } }, blog: { image, expose: { path: "/" } } } },
    "items.shop.expose.path: path must differ from that of blog, got /: both are at one host of internal",
  ],
  "a service's name in capitals": [
    { items: { Shop: { image } } },
    "items.Shop: a service's name is lower case, digits and -, at most 42",
  ],
  "a quota of pods that stops the autoscaler": [
    namespaced({ quota: { ...servicesGiven.namespaces.apps.quota, pods: 24 } }),
    "namespaces.apps.quota.pods: pods must be at least 25, got 24: everything in it at its maximum during an update needs that much",
  ],
  "quotas of CPU and memory that stop the autoscaler": [
    namespaced({ quota: { pods: 25, cpu: "6", memory: "6Gi" } }),
    "namespaces.apps.quota.cpu: cpu must be at least 7, got 6: everything in it at its maximum during an update needs that much",
    "namespaces.apps.quota.memory: memory must be at least 6400Mi, got 6Gi: everything in it at its maximum during an update needs that much",
  ],
  "a misspelt setting of a row": [shop({ replica: 3 }), 'items.shop: Unrecognized key: "replica"'],
};

describe("settings of the services", () => {
  it("accept the smallest valid settings", () => {
    expect(problems({})).to.deep.equal([]);
  });

  it("accept quotas that just hold every service at its maximum during an update", () => {
    expect(problems(namespaced({ quota: { pods: 25, cpu: "7", memory: "6400Mi" } }))).to.deep.equal([]);
  });

  for (const [what, [change, ...messages]] of Object.entries(refusals)) {
    it(`refuse ${what}`, () => {
      expect(problems(change)).to.deep.equal(messages);
    });
  }

  it("run 2 to 20 copies where nobody says otherwise", () => {
    const [workload] = resolveWorkloads(servicesSettings.parse(servicesGiven));
    expect(workload?.replicas).to.deep.equal({ min: 2, max: 20 });
  });

  it("take a row's field over the stack's, and the stack's over the platform's", () => {
    const parsed = servicesSettings.parse({
      ...servicesGiven,
      defaults: { replicas: { min: 1, max: 3 }, port: 9000 },
      items: { shop: { image, port: 9001 } },
    });
    const [workload] = resolveWorkloads(parsed);
    expect([workload?.port, workload?.replicas, workload?.user]).to.deep.equal([
      9001,
      { min: 1, max: 3 },
      10001,
    ]);
  });
});
