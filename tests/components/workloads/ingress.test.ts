import { expect } from "chai";

import {
  describeAnnotations,
  describeRoutes,
  describeTargets,
  planRoutes,
} from "../../../components/workloads/describe-ingress.ts";
import type { Exposed } from "../../../components/workloads/describe-ingress.ts";
import { servicesSettings } from "../../../components/workloads/settings.ts";
import { image, one, resolve, servicesGiven } from "./settings.ts";

const settings = servicesSettings.parse(servicesGiven).ingresses.internal;
if (settings === undefined) throw new Error("the smallest settings have one load balancer");

const prefix = "alb.ingress.kubernetes.io";
const exposed = (change: object = {}): Exposed => {
  const { expose, ...workload } = one({ expose: { path: "/", ...change } });
  if (expose === undefined) throw new Error("this row is exposed");
  return { ...workload, expose };
};

describe("Ingress of the services", () => {
  it("redirects HTTP to HTTPS with TLS 1.2 and 1.3 only", () => {
    const annotations = describeAnnotations({ ...settings, scheme: "internet-facing" }, true);
    expect(annotations).to.deep.equal({
      [`${prefix}/load-balancer-name`]: "apps",
      [`${prefix}/group.name`]: "apps",
      [`${prefix}/scheme`]: "internet-facing",
      [`${prefix}/target-type`]: "ip",
      [`${prefix}/load-balancer-attributes`]:
        "idle_timeout.timeout_seconds=60,routing.http.drop_invalid_header_fields.enabled=true,routing.http.desync_mitigation_mode=defensive,deletion_protection.enabled=false",
      [`${prefix}/listen-ports`]: '[{"HTTP":80},{"HTTPS":443}]',
      [`${prefix}/ssl-redirect`]: "443",
      [`${prefix}/ssl-policy`]: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    });
  });

  it("listens on HTTP alone where there is no certificate", () => {
    const annotations = describeAnnotations(settings, false);
    expect(annotations[`${prefix}/listen-ports`]).to.equal('[{"HTTP":80}]');
    expect(annotations).to.not.have.property(`${prefix}/ssl-redirect`);
  });

  it("lets a target go as slowly as its load balancer says, and asks it whether it is ready", () => {
    expect(describeTargets(exposed(), settings)).to.deep.equal({
      [`${prefix}/target-group-attributes`]:
        "deregistration_delay.timeout_seconds=30,load_balancing.algorithm.type=least_outstanding_requests",
      [`${prefix}/healthcheck-path`]: "/readyz",
      [`${prefix}/healthcheck-interval-seconds`]: "10",
      [`${prefix}/healthcheck-timeout-seconds`]: "5",
      [`${prefix}/healthy-threshold-count`]: "2",
      [`${prefix}/unhealthy-threshold-count`]: "3",
      [`${prefix}/success-codes`]: "200",
    });
  });

  it("brings a browser back to the same copy only where the row says so", () => {
    const targets = describeTargets(exposed({ stickySeconds: 3600, drainSeconds: 10 }), settings);
    expect(targets[`${prefix}/target-group-attributes`]).to.equal(
      "deregistration_delay.timeout_seconds=10,load_balancing.algorithm.type=least_outstanding_requests,stickiness.enabled=true,stickiness.type=lb_cookie,stickiness.lb_cookie.duration_seconds=3600",
    );
  });

  it("asks at the port where the copy answers", () => {
    const workload = { ...exposed(), health: { ...exposed().health, port: 9090 } };
    expect(describeTargets(workload, settings)[`${prefix}/healthcheck-port`]).to.equal("9090");
  });

  it("routes what has a path, the longest first, and each name apart", () => {
    const [route] = planRoutes(
      resolve({
        shop: { image, expose: { path: "/" } },
        api: { image, expose: { path: "/api" }, port: 9000 },
        admin: { image, expose: { path: "/", host: "admin" } },
        hidden: { image },
      }),
      "internal",
    );
    const to = (path: string, name: string, number: number): object => ({
      path,
      pathType: "Prefix",
      backend: { service: { name, port: { number } } },
    });
    expect(describeRoutes(route?.workloads ?? [], settings, "example.com")).to.deep.equal({
      ingressClassName: "alb",
      rules: [
        { host: "admin.example.com", http: { paths: [to("/", "admin", 8080)] } },
        { host: "app.example.com", http: { paths: [to("/api", "api", 9000), to("/", "shop", 8080)] } },
      ],
    });
  });

  it("answers to every name where there is no domain", () => {
    expect(describeRoutes([exposed()], settings, undefined).rules).to.not.have.nested.property("[0].host");
  });

  it("sorts what is exposed by load balancer and namespace, the first load balancer for who names none", () => {
    const { quota } = servicesGiven.namespaces.apps;
    const workloads = resolve(
      {
        shop: { image, expose: { path: "/" } },
        admin: { image, expose: { path: "/", by: "office" }, namespace: "back" },
        cart: { image, expose: { path: "/cart" }, namespace: "back" },
      },
      {
        namespaces: { apps: { owner: "a", quota }, back: { owner: "b", quota } },
        ingresses: { internal: settings, office: { ...settings, name: "office" } },
      },
    );
    expect(
      planRoutes(workloads, "internal").map(({ ingress, namespace, workloads: behind }) => [
        ingress,
        namespace,
        behind.map(({ name }) => name),
      ]),
    ).to.deep.equal([
      ["office", "back", ["admin"]],
      ["internal", "back", ["cart"]],
      ["internal", "apps", ["shop"]],
    ]);
  });
});
