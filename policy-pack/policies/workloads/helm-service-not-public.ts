import { onValues, places } from "../../helm/release.ts";
import { define } from "../../kernel/define.ts";

export const helmServiceNotPublic = define({
  name: "helm-service-not-public",
  description: "What a chart runs is reached through the platform's load balancer only.",
  severity: "high",
  remediation: "Leave the type of the chart's Services at ClusterIP, and add a route to the load balancer.",
  checks: {
    "kubernetes:helm.sh/v3:Release": [
      onValues((values, { services = [] }) =>
        services
          .flatMap((path) => places(values, path))
          .map(
            ({ path, value }) =>
              (value === "LoadBalancer" || value === "NodePort") &&
              `${path} is ${value}: use ClusterIP, or it is open to the network.`,
          ),
      ),
    ],
  },
});
