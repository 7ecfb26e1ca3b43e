import { expect } from "chai";

import {
  describeAnnotations,
  describeHealthCheck,
  describeRoutes,
} from "../../../components/workloads/describe-ingress.ts";
import { servicesSettings } from "../../../components/workloads/settings.ts";
import { image, one, resolve, servicesGiven } from "./settings.ts";

describe("Ingress of the services", () => {
  const settings = servicesSettings.parse(servicesGiven).ingress;

  it("redirects HTTP to HTTPS with TLS 1.2 and 1.3 only", () => {
    const annotations = describeAnnotations({ ...settings, scheme: "internet-facing" }, true);
    expect(annotations).to.deep.equal({
      "alb.ingress.kubernetes.io/load-balancer-name": "apps",
      "alb.ingress.kubernetes.io/scheme": "internet-facing",
      "alb.ingress.kubernetes.io/target-type": "ip",
      "alb.ingress.kubernetes.io/load-balancer-attributes":
        "idle_timeout.timeout_seconds=60,routing.http.drop_invalid_header_fields.enabled=true,routing.http.desync_mitigation_mode=defensive,deletion_protection.enabled=false",
      "alb.ingress.kubernetes.io/target-group-attributes":
        "deregistration_delay.timeout_seconds=30,load_balancing.algorithm.type=least_outstanding_requests",
      "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP":80},{"HTTPS":443}]',
      "alb.ingress.kubernetes.io/ssl-redirect": "443",
      "alb.ingress.kubernetes.io/ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
    });
  });

  it("listens on HTTP alone where there is no certificate", () => {
    const annotations = describeAnnotations(settings, false);
    expect(annotations["alb.ingress.kubernetes.io/listen-ports"]).to.equal('[{"HTTP":80}]');
    expect(annotations).to.not.have.property("alb.ingress.kubernetes.io/ssl-redirect");
  });

  it("asks a target whether it is ready, not whether it lives", () => {
    const health = { health: { livePath: "/live", readyPath: "/ready", startSeconds: 60 } };
    expect(describeHealthCheck(health)["alb.ingress.kubernetes.io/healthcheck-path"]).to.equal("/ready");
  });

  it("routes what has a path, the longest first", () => {
    const workloads = resolve({
      shop: { image, path: "/" },
      api: { image, path: "/api", port: 9000 },
      hidden: { image },
    });
    expect(describeRoutes(workloads, "app.example.com")).to.deep.equal({
      ingressClassName: "alb",
      rules: [
        {
          host: "app.example.com",
          http: {
            paths: [
              {
                path: "/api",
                pathType: "Prefix",
                backend: { service: { name: "api", port: { number: 9000 } } },
              },
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: "shop", port: { number: 8080 } } },
              },
            ],
          },
        },
      ],
    });
  });

  it("answers to every name where there is no domain", () => {
    expect(describeRoutes([one({ path: "/" })], undefined).rules).to.not.have.nested.property("[0].host");
  });
});
