import { expect } from "chai";

import { all, only, run } from "../../support/run.ts";
import type { Recorded } from "../../support/run.ts";
import { dig } from "../observability/dig.ts";
import { label, waitsFor } from "../eks-cluster/graph.ts";
import { services } from "./services.ts";
import { image, servicesGiven } from "./settings.ts";

const build = async (change: object): Promise<readonly Recorded[]> =>
  (await run(() => services(change))).resources;
const scaledObject = "kubernetes:keda.sh/v1alpha1:ScaledObject";
const autoscaler = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler";
const releases = (resources: readonly Recorded[]): readonly unknown[] =>
  all(resources, "kubernetes:helm.sh/v3:Release").map(({ inputs }) => inputs.name);
const policyOf = (resources: readonly Recorded[], name: string): unknown =>
  JSON.parse(String(only(resources, "aws:iam/rolePolicy:RolePolicy", `${name}-policy`).inputs.policy));

describe("services that scale on events", () => {
  const queued = { image, scaling: { queues: [{ name: "orders", messages: 100 }] } };

  it("have KEDA and no autoscaler beside it", async () => {
    const resources = await build({ items: { shop: queued, api: { image } } });
    expect(only(resources, scaledObject).name).to.equal("services-shop-scaling");
    expect(all(resources, autoscaler).map(({ name }) => name)).to.deep.equal(["services-api"]);
    expect(releases(resources)).to.include("keda");
    expect(waitsFor(resources, scaledObject, "services-shop-scaling")).to.include.all.keys(
      "Release services-event-scaling-keda",
      "Deployment services-shop",
    );
  });

  it("name KEDA themselves, so that it goes after what only it can clean up", async () => {
    const resources = await build({ items: { shop: queued } });
    const keda = only(resources, "kubernetes:helm.sh/v3:Release", "services-event-scaling-keda");
    expect(only(resources, scaledObject).dependencies).to.include(keda.urn);
  });

  it("take over the autoscaler of a row that had one, by its name", async () => {
    const { metadata, spec } = only(await build({ items: { shop: queued } }), scaledObject).inputs;
    expect(dig(metadata, "annotations")).to.deep.equal({
      "scaledobject.keda.sh/transfer-hpa-ownership": "true",
    });
    expect(dig(spec, "advanced", "horizontalPodAutoscalerConfig", "name")).to.equal("shop");
  });

  it("let KEDA look at the queues they name and at nothing else", async () => {
    const resources = await build({ items: { shop: queued } });
    expect(policyOf(resources, "services-event-scaling-keda-identity")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "sqs:GetQueueAttributes",
          Resource: ["arn:aws:sqs:eu-west-1:123456789012:orders"],
        },
      ],
    });
    const type = "kubernetes:keda.sh/v1alpha1:ClusterTriggerAuthentication";
    expect(only(resources, type).inputs).to.deep.include({ spec: { podIdentity: { provider: "aws" } } });
  });

  it("give KEDA no role where no row names a queue", async () => {
    const resources = await build({ items: { shop: { image, scaling: { requestsPerSecond: 5 } } } });
    expect(releases(resources)).to.include("keda");
    expect(all(resources, "aws:eks/podIdentityAssociation:PodIdentityAssociation")).to.deep.equal([]);
  });

  it("bring KEDA only when a row needs it, or the stack wants it always", async () => {
    expect(releases(await build({}))).to.not.include("keda");
    expect(releases(await build({ eventScaling: "always" }))).to.include("keda");
  });
});

describe("the vertical autoscaler", () => {
  const enabled = async (vertical: string): Promise<unknown> => {
    const scaling = { cpuPercent: "none", memoryPercent: "none", requestsPerSecond: 1, vertical };
    const resources = await build({ items: { shop: { image, scaling } } });
    const { values } = only(resources, "kubernetes:helm.sh/v3:Release", "services-vertical-scaling").inputs;
    return ["recommender", "updater", "admissionController"].map((part) => dig(values, part, "enabled"));
  };

  it("is only as much of it as the rows need", async () => {
    expect(await enabled("advise")).to.deep.equal([true, false, false]);
    expect(await enabled("apply")).to.deep.equal([true, true, true]);
  });

  it("is not there where nobody asks", async () => {
    expect(releases(await build({}))).to.not.include("vpa");
  });
});

describe("roles of services", () => {
  it("are one for each that uses a store or calls AWS, and none for the others", async () => {
    const resources = await build({
      items: {
        shop: { image, uses: ["database"], permissions: { sns: [{ topic: "sold" }] } },
        api: { image },
      },
    });
    expect(all(resources, "aws:eks/podIdentityAssociation:PodIdentityAssociation")).to.have.length(1);
    expect(policyOf(resources, "services-shop-identity")).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "rds-db:connect",
          Resource: ["arn:aws:rds-db:eu-west-1:123456789012:dbuser:db-PRIMARY/shop"],
        },
        { Effect: "Allow", Action: ["sns:Publish"], Resource: ["arn:aws:sns:eu-west-1:123456789012:sold"] },
      ],
    });
  });

  it("are there before the first pod", async () => {
    const resources = await build({ items: { shop: { image, uses: ["cache"] } } });
    expect(waitsFor(resources, "kubernetes:apps/v1:Deployment", "services-shop")).to.include.all.keys(
      "PodIdentityAssociation services-shop-identity",
      "RolePolicy services-shop-identity-policy",
    );
  });
});

describe("parts that only some rows have", () => {
  it("are a ConfigMap for files and a monitor for numbers, after the kinds they are of", async () => {
    const row = { image, files: { "/etc/app/a.yaml": "a: 1" }, metrics: {} };
    const resources = await build({ items: { shop: row } });
    expect(only(resources, "kubernetes:core/v1:ConfigMap").inputs.data).to.deep.equal({ "file-0": "a: 1" });
    expect(
      waitsFor(resources, "kubernetes:monitoring.coreos.com/v1:PodMonitor", "services-shop-monitor"),
    ).to.include.all.keys("Release monitor-kinds", "Deployment services-shop");
  });

  it("are no Service for a worker, which keeps its autoscaler and its budget", async () => {
    const resources = await build({ items: { mailer: { image, worker: true } } });
    expect(
      resources.filter(({ custom, name }) => custom && name === "services-mailer").map(label),
    ).to.have.members(
      ["ServiceAccount", "NetworkPolicy", "Deployment", "HorizontalPodAutoscaler", "PodDisruptionBudget"].map(
        (kind) => `${kind} services-mailer`,
      ),
    );
  });

  it("start after those they name", async () => {
    const resources = await build({ items: { api: { image, startsAfter: ["config"] }, config: { image } } });
    expect(waitsFor(resources, "kubernetes:apps/v1:Deployment", "services-api")).to.include.all.keys(
      "Deployment services-config",
      "Service services-config",
    );
  });
});

describe("jobs of a stack", () => {
  it("run once or at times, with an account, a policy and a role of their own", async () => {
    const resources = await build({
      jobs: {
        migrate: { image, uses: ["database"] },
        report: { image, schedule: "0 6 * * *", secrets: { TOKEN: { secret: "report/token" } } },
      },
    });
    expect(waitsFor(resources, "kubernetes:batch/v1:Job", "services-migrate")).to.include.all.keys(
      "ServiceAccount services-migrate",
      "NetworkPolicy services-migrate",
      "PodIdentityAssociation services-migrate-identity",
      "NetworkPolicy services-namespace-apps-deny-all",
    );
    expect(waitsFor(resources, "kubernetes:batch/v1:CronJob", "services-report")).to.include.all.keys(
      "ExternalSecret services-report-secret",
      "SecretStore services-secret-store-apps",
    );
  });
});

describe("several namespaces and load balancers", () => {
  const { quota } = servicesGiven.namespaces.apps;
  const { internal } = servicesGiven.ingresses;
  const change = {
    namespaces: {
      apps: { owner: "a", quota, teams: { "shop-team": "operate" } },
      back: { owner: "b", quota, podSecurity: "baseline", limits: { memory: "2Gi" } },
    },
    ingresses: { internal, office: { ...internal, name: "office" } },
    items: {
      shop: { image, expose: { path: "/" } },
      cart: { image, expose: { path: "/cart" }, namespace: "back" },
      admin: { image, expose: { path: "/", by: "office" }, namespace: "back" },
    },
  };

  it("share a load balancer by its group, and have an Ingress in each namespace, the one with / asked last", async () => {
    const { resources, value } = await run(() => services(change));
    const ingresses = all(resources, "kubernetes:networking.k8s.io/v1:Ingress");
    expect(
      ingresses.map(({ name, inputs }) => [
        name,
        dig(inputs, "metadata", "namespace"),
        dig(inputs, "metadata", "annotations", "alb.ingress.kubernetes.io/group.name"),
        dig(inputs, "metadata", "annotations", "alb.ingress.kubernetes.io/group.order"),
      ]),
    ).to.have.deep.members([
      ["services-ingress-internal-apps", "apps", "apps", "2"],
      ["services-ingress-internal-back", "back", "apps", "1"],
      ["services-ingress-office-back", "back", "office", "1"],
    ]);
    expect(Object.keys(value.urls)).to.deep.equal(["internal", "office"]);
  });

  it("are fenced each as it says", async () => {
    const resources = await build(change);
    const labels = dig(
      only(resources, "kubernetes:core/v1:Namespace", "services-namespace-back").inputs,
      "metadata",
      "labels",
    );
    expect(labels).to.deep.include({
      "platform/owner": "b",
      "pod-security.kubernetes.io/enforce": "baseline",
    });
    const limits = only(resources, "kubernetes:core/v1:LimitRange", "services-namespace-back-limits").inputs;
    expect(dig(limits, "spec", "limits", 0)).to.deep.equal({
      type: "Container",
      defaultRequest: { cpu: "50m", memory: "64Mi" },
      default: { memory: "2Gi" },
      max: { memory: "2Gi" },
    });
  });

  it("let a team's group do what its role says", async () => {
    const resources = await build(change);
    const binding = only(resources, "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding").inputs;
    expect(binding).to.deep.include({
      roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "team-shop-team" },
      subjects: [{ apiGroup: "rbac.authorization.k8s.io", kind: "Group", name: "shop-team" }],
    });
  });
});
