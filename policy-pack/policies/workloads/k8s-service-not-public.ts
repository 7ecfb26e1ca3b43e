import { define } from "../../kernel/define.ts";
import type { About } from "../../kernel/definition.ts";
import type { Findings } from "../../kernel/findings.ts";
import { list } from "../../kernel/params.ts";
import { items, text } from "../../kernel/read.ts";
import { fits } from "../../kernel/urn.ts";
import { isWorld } from "../../reading/cidr.ts";

type Settings = Readonly<Record<"public", readonly string[]>>;

interface Service {
  readonly metadata?:
    | {
        readonly name?: string | undefined;
        readonly annotations?: Readonly<Record<string, string>> | undefined;
      }
    | undefined;
  readonly spec?:
    | {
        readonly type?: string | undefined;
        readonly externalIPs?: readonly string[] | undefined;
        readonly loadBalancerClass?: string | undefined;
        readonly loadBalancerSourceRanges?: readonly string[] | undefined;
      }
    | undefined;
}

const annotation = "service.beta.kubernetes.io/aws-load-balancer";

function isOfController({ metadata, spec }: Service): boolean {
  const type = metadata?.annotations?.[`${annotation}-type`] ?? "";
  return spec?.loadBalancerClass === undefined
    ? ["external", "nlb-ip"].includes(type)
    : text(spec.loadBalancerClass).endsWith("/nlb");
}

/**
 * Whether a load balancer is inside the network. The AWS Load Balancer Controller makes it so unless told otherwise; the controller
 * that is built into Kubernetes faces the internet unless told otherwise (AWS Load Balancer Controller documentation, "Service annotations").
 */
function isInternal(service: Service): boolean {
  const annotations = service.metadata?.annotations ?? {};
  const scheme = annotations[`${annotation}-scheme`] ?? (isOfController(service) ? "internal" : "");
  return scheme === "internal" || annotations[`${annotation}-internal`] === "true";
}

function limited(ranges: readonly string[]): Findings {
  const isOpen = ranges.length === 0 || ranges.some(isWorld);
  return (
    isOpen &&
    `loadBalancerSourceRanges is ${ranges.length === 0 ? "not set" : ranges.join(", ")}: list who may reach it.`
  );
}

function balanced(service: Service, { params }: About<Settings>): Findings {
  const { metadata, spec } = service;
  if (spec?.type !== "LoadBalancer" || isInternal(service)) return undefined;
  if (!params.public.some((glob) => fits(glob, metadata?.name ?? "")))
    return `type is LoadBalancer and the annotation ${annotation}-scheme does not say internal: set it, or go through the Ingress.`;
  return limited(items(spec.loadBalancerSourceRanges));
}

const exposed = ({ spec }: Service): Findings => [
  spec?.type === "NodePort" &&
    "type is NodePort, which opens a port of every node: use ClusterIP and an Ingress.",
  items(spec?.externalIPs).length > 0 &&
    "externalIPs is set, by which a service takes others' traffic (CVE-2020-8554): leave it out.",
];

export const k8sServiceNotPublic = define({
  name: "k8s-service-not-public",
  description:
    "Services are reached inside the network, and from outside through the Ingress and its firewall.",
  severity: "high",
  remediation: "Give the service of the platform a path, which puts it behind the Ingress.",
  params: {
    public: list([], "Globs on names of services that may have a public load balancer for listed addresses."),
  },
  checks: {
    "kubernetes:core/v1:Service": [balanced, exposed],
    "kubernetes:core/v1:ServicePatch": [balanced, exposed],
  },
});
