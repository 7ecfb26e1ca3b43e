import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { attempt, items, text } from "../../kernel/read.ts";

/** What an Ingress and a patch of one have in common. */
interface Ingress {
  readonly metadata?: { readonly annotations?: Readonly<Record<string, string>> | undefined } | undefined;
  readonly spec?:
    | {
        readonly ingressClassName?: string | undefined;
        readonly rules?: readonly { readonly host?: string | undefined }[] | undefined;
        readonly tls?: readonly object[] | undefined;
      }
    | undefined;
}

const alb = "alb.ingress.kubernetes.io";

/** Those with TLS 1.2 and 1.3 (Elastic Load Balancing user guide, "Security policies for your Application Load Balancer"). */
const modernPolicy = /^ELBSecurityPolicy-TLS13-1-[23]-/;

function annotationsOf({ metadata }: Ingress): Readonly<Record<string, string>> {
  return metadata?.annotations ?? {};
}

function isAlb(ingress: Ingress): boolean {
  return (ingress.spec?.ingressClassName ?? annotationsOf(ingress)["kubernetes.io/ingress.class"]) === "alb";
}

/** Whether an annotation is there. Its value may not be known yet. */
function isSet(ingress: Ingress, key: string): boolean {
  return attempt(() => annotationsOf(ingress)[key]) !== undefined;
}

/** A load balancer is internal unless it is told otherwise (AWS Load Balancer Controller documentation, "Ingress annotations"). */
function isPublic(ingress: Ingress): boolean {
  return isAlb(ingress) && annotationsOf(ingress)[`${alb}/scheme`] === "internet-facing";
}

/** The controller finds a certificate by the hosts under tls where none is named. */
function certified(ingress: Ingress): Findings {
  const hasHosts = items(ingress.spec?.tls).length > 0;
  if (!isAlb(ingress))
    return !hasHosts && "spec.tls is not set, so it answers in the clear: name the hosts and a certificate.";
  return (
    isPublic(ingress) &&
    !hasHosts &&
    !isSet(ingress, `${alb}/certificate-arn`) &&
    `the annotation ${alb}/certificate-arn is not set, so it answers in the clear: name a certificate.`
  );
}

function redirected(ingress: Ingress): Findings {
  const annotations = annotationsOf(ingress);
  return (
    isPublic(ingress) &&
    annotations[`${alb}/ssl-redirect`] === undefined &&
    text(annotations[`${alb}/listen-ports`] ?? '[{"HTTP": 80}]').includes('"HTTP"') &&
    `it listens for HTTP and the annotation ${alb}/ssl-redirect is not set: set it to 443.`
  );
}

function modern(ingress: Ingress): Findings {
  const policy = annotationsOf(ingress)[`${alb}/ssl-policy`];
  return (
    isPublic(ingress) &&
    !modernPolicy.test(policy ?? "") &&
    `the annotation ${alb}/ssl-policy is ${policy ?? "not set, and AWS's default still speaks TLS 1.0"}: set ELBSecurityPolicy-TLS13-1-2-2021-06 or later.`
  );
}

function filtered(ingress: Ingress): Findings {
  return (
    isPublic(ingress) &&
    !isSet(ingress, `${alb}/wafv2-acl-arn`) &&
    `the annotation ${alb}/wafv2-acl-arn is not set: put a firewall before it.`
  );
}

function named({ spec }: Ingress): Findings {
  return items(spec?.rules).map(
    ({ host }) =>
      (host === undefined || text(host).includes("*")) &&
      `a rule is for ${host ?? "every host"}: name the host, so that nobody else's domain ends here.`,
  );
}

/** Snippets are configuration of nginx, by which whoever writes an Ingress reads the controller's secrets (CVE-2021-25742). */
function plain(ingress: Ingress): Findings {
  return Object.keys(annotationsOf(ingress))
    .filter((key) => /^nginx\.ingress\.kubernetes\.io\/.*-snippet$/.test(key))
    .map((key) => `the annotation ${key} is set: leave it out.`);
}

/** A patch answers for what it sets: what it leaves out belongs to whoever made the Ingress. */
function weakened(ingress: Ingress): Findings {
  const policy = annotationsOf(ingress)[`${alb}/ssl-policy`];
  return (
    policy !== undefined &&
    !modernPolicy.test(policy) &&
    `the annotation ${alb}/ssl-policy is ${policy}: set ELBSecurityPolicy-TLS13-1-2-2021-06 or later.`
  );
}

export const k8sIngressTlsWaf = define({
  name: "k8s-ingress-tls-waf",
  description: "What the internet reaches answers by TLS, for named hosts, behind a firewall.",
  severity: "high",
  controls: { "cis-eks": ["5.4.5"], ckv: ["CKV_K8S_152", "CKV_K8S_153"] },
  remediation: "Give a service of the platform a path; its Ingress has the certificate and the firewall.",
  checks: {
    "kubernetes:networking.k8s.io/v1:Ingress": [certified, redirected, modern, filtered, named, plain],
    "kubernetes:networking.k8s.io/v1:IngressPatch": [weakened, named, plain],
  },
});
