import { expect } from "chai";

import type { Services } from "../../../components/workloads/services.ts";
import { all, only, run } from "../../support/run.ts";
import type { Recorded, Run } from "../../support/run.ts";
import { label, waitsFor } from "../eks-cluster/graph.ts";
import { certificateArn, example, services } from "./services.ts";
import { image, servicesGiven } from "./settings.ts";

const ingressType = "kubernetes:networking.k8s.io/v1:Ingress";

const annotationsOf = (resources: readonly Recorded[]): unknown => {
  const { metadata } = only(resources, ingressType).inputs;
  return typeof metadata === "object" && metadata !== null && "annotations" in metadata
    ? metadata.annotations
    : {};
};

const internetFacing = {
  ingresses: { public: { ...servicesGiven.ingresses.internal, scheme: "internet-facing" } },
};

describe("Services", () => {
  let recorded: Run<Services>;

  before(async () => {
    recorded = await run(() => services());
  });

  it("makes six objects of each row", () => {
    const ofRow = recorded.resources.filter(({ name, custom }) => custom && name === "services-api");
    expect(ofRow.map(label)).to.have.members([
      "ServiceAccount services-api",
      "NetworkPolicy services-api",
      "Deployment services-api",
      "Service services-api",
      "HorizontalPodAutoscaler services-api",
      "PodDisruptionBudget services-api",
    ]);
  });

  it("denies everything in its namespace before the first pod runs", () => {
    expect(waitsFor(recorded.resources, "kubernetes:apps/v1:Deployment", "services-api")).to.include.all.keys(
      "NetworkPolicy services-namespace-apps-deny-all",
      "NetworkPolicy services-api",
      "ResourceQuota services-namespace-apps-quota",
    );
  });

  it("puts the load balancer in front of what runs, so that it goes first", () => {
    expect(waitsFor(recorded.resources, ingressType, "services-ingress-internal-apps")).to.include.all.keys(
      "Deployment services-frontend",
      "Service services-frontend",
      "Release aws-load-balancer-controller",
    );
  });

  it("enforces the restricted standard and lets target groups hold back old copies", () => {
    const namespace = only(recorded.resources, "kubernetes:core/v1:Namespace", "services-namespace-apps");
    expect(namespace.inputs.metadata).to.have.property("labels").that.deep.includes({
      "platform/owner": "product-team",
      "pod-security.kubernetes.io/enforce": "restricted",
      "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled",
    });
  });

  it("gives pods no token", () => {
    for (const { inputs } of all(recorded.resources, "kubernetes:core/v1:ServiceAccount")) {
      expect(inputs.automountServiceAccountToken).to.equal(false);
    }
  });

  it("has no firewall of its own inside the VPC", () => {
    expect(all(recorded.resources, "aws:wafv2/webAcl:WebAcl")).to.deep.equal([]);
  });

  it("faces the internet over TLS and behind a firewall that logs", async () => {
    const { resources, value } = await run(() => services(internetFacing, example()));
    const firewall = only(resources, "aws:wafv2/webAcl:WebAcl");
    expect(annotationsOf(resources)).to.deep.include({
      "alb.ingress.kubernetes.io/scheme": "internet-facing",
      "alb.ingress.kubernetes.io/certificate-arn": certificateArn,
      "alb.ingress.kubernetes.io/ssl-redirect": "443",
      "alb.ingress.kubernetes.io/wafv2-acl-arn": firewall.state.arn,
    });
    expect(firewall.inputs.scope).to.equal("REGIONAL");
    expect(all(resources, "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration")).to.have.length(
      1,
    );
    expect(only(resources, "platform:index:Services").outputs).to.deep.equal({
      urls: { public: "https://app.example.com" },
    });
    expect(Object.keys(value.urls)).to.deep.equal(["public"]);
  });

  it("refuses to face the internet without a domain", async () => {
    const failure = await run(() => services(internetFacing)).catch((error: unknown) => error);
    expect(failure).to.have.property(
      "message",
      "ingresses.public.scheme must be internal without a domain, got internet-facing: nobody could prove who answers",
    );
  });

  it("has no load balancer while no row is exposed", async () => {
    const { resources, value } = await run(() => services({ items: { api: { image } } }));
    expect(all(resources, ingressType)).to.deep.equal([]);
    expect(value.urls).to.deep.equal({});
  });

  it("brings the secrets of a row before its pods, from a store of their own", async () => {
    const items = { api: { image, secrets: { JWT_SECRET: { secret: "api/jwt" } } } };
    const { resources } = await run(() => services({ items }));
    expect(waitsFor(resources, "kubernetes:apps/v1:Deployment", "services-api")).to.include.all.keys(
      "ExternalSecret services-api-secret",
      "SecretStore services-secret-store-apps",
    );
  });

  it("grows by one component and six objects a row", async () => {
    const items = Object.fromEntries(
      Array.from({ length: 10 }, (_, index) => [`svc-${index}`, { image, replicas: { min: 1, max: 2 } }]),
    );
    const few = await run(() => services({ items: { "svc-0": items["svc-0"] } }));
    const many = await run(() => services({ items }));
    expect(many.resources.length - few.resources.length).to.equal(9 * 7);
  });
});
