import * as aws from "@pulumi/aws";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { createPriorityClasses } from "../../../components/eks-cluster/priorities.ts";
import { helmRelease } from "../../../components/kubernetes/release.ts";
import { Services } from "../../../components/workloads/services.ts";
import type { ServicesArgs } from "../../../components/workloads/services.ts";
import { servicesSettings } from "../../../components/workloads/settings.ts";
import { network as placement } from "../eks-cluster/cluster.ts";
import { controlPlane } from "../observability/cluster.ts";
import { cache, database, image, servicesGiven } from "./settings.ts";

/** The ARN of the domain's certificate. */
export const certificateArn = "arn:aws:acm:eu-west-1:111111111111:certificate/0a1b";

/** Two services, one of them exposed. */
const rows = {
  frontend: { image, expose: { path: "/" }, calls: ["api"] },
  api: { image },
};

/** A stack with a domain. */
export const example = (): ServicesArgs["domain"] => ({
  zoneName: "example.com",
  certificateArn: pulumi.output(certificateArn),
});

/** The services of a stack, with what is around them. */
export function services(
  change: object = {},
  domain: ServicesArgs["domain"] = { zoneName: undefined, certificateArn: undefined },
): Services {
  const provider = new aws.Provider("aws", { region: "eu-west-1" });
  const kubernetes = new k8s.Provider("cluster", { clusterIdentifier: "test" });
  const install = (
    chart: "aws-load-balancer-controller" | "cert-manager" | "external-secrets",
    values: Readonly<Record<string, unknown>>,
  ) => helmRelease(chart, { chart, namespace: "kube-system", values }, { provider: kubernetes });
  const foundation = createPriorityClasses("priority", { provider: kubernetes });
  const controllers = {
    certificates: install("cert-manager", { crds: { enabled: true } }),
    secrets: install("external-secrets", { installCRDs: true }),
  };
  const balancers = install("aws-load-balancer-controller", { clusterName: "groundwork-test" });
  const cluster = {
    clusterName: controlPlane(placement(provider).privateSubnetIds, provider).name,
    kubernetes,
    nodeSecurityGroupId: pulumi.output("sg-0123456789abcdef0"),
    foundation,
    controllers,
    ready: [...foundation, ...Object.values(controllers), balancers],
    controllerReplicas: 2,
  };
  const settings = servicesSettings.parse({ ...servicesGiven, items: rows, ...change });
  const network = { vpcCidr: "10.0.0.0/16" };
  const monitorKinds = helmRelease(
    "monitor-kinds",
    { chart: "prometheus-operator-crds", namespace: "kube-system", values: {} },
    { provider: kubernetes },
  );
  const observability = { otlpEndpoint: "http://collector.tracing.svc:4318", monitorKinds };
  return new Services(
    "services",
    { ...settings, cluster, domain, network, observability, database, cache, stack: "test" },
    { providers: [provider] },
  );
}
