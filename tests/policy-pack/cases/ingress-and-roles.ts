import { compliantKubernetes } from "../fixtures/compliant-kubernetes.ts";
import { UNKNOWN } from "../fixtures/values.ts";
import type { CaseBook, Cases } from "./case.ts";

const alb = "alb.ingress.kubernetes.io";
const ingress = compliantKubernetes["kubernetes:networking.k8s.io/v1:Ingress"];
/** The annotations with some changed, or taken away where they are undefined. */
const annotated = (change: Readonly<Record<string, string | undefined>>) => {
  const given: Record<string, string> = {};
  for (const [key, value] of Object.entries({ ...ingress.metadata.annotations, ...change })) {
    if (typeof value === "string") given[key] = value;
  }
  return { metadata: { ...ingress.metadata, annotations: given } };
};

interface RoleCase {
  readonly when: string;
  readonly rule: {
    readonly verbs: string[];
    readonly apiGroups?: string[];
    readonly resources?: string[];
    readonly resourceNames?: string[];
    readonly nonResourceURLs?: string[];
  };
  readonly finds?: string | readonly string[];
}

/** The same rules in roles of every kind. */
function inRoles(cases: readonly RoleCase[], clusterWide: readonly RoleCase[] = []): Cases {
  const patched = (list: readonly RoleCase[]) =>
    list.map(({ rule, ...rest }) => ({ ...rest, patch: { rules: [rule] } }));
  return {
    "kubernetes:rbac.authorization.k8s.io/v1:Role": patched(cases),
    "kubernetes:rbac.authorization.k8s.io/v1:RolePatch": patched(cases),
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole": patched([...cases, ...clusterWide]),
    "kubernetes:rbac.authorization.k8s.io/v1:ClusterRolePatch": patched([...cases, ...clusterWide]),
  };
}

const gives = (what: string, given: string): string =>
  `rules[0] (${what}) lets its holder ${given}: take it out, or name the objects in resourceNames.`;
const later = "which is also whatever comes later: name what is needed.";

/** What the policies on what is let in, by the Ingress and by roles, make of single objects. */
export const ingressAndRoles: CaseBook = {
  "k8s-ingress-tls-waf": {
    "kubernetes:networking.k8s.io/v1:IngressPatch": [
      {
        when: "it goes back to an old version of TLS",
        patch: { metadata: { annotations: { [`${alb}/ssl-policy`]: "ELBSecurityPolicy-2016-08" } } },
        finds: `the annotation ${alb}/ssl-policy is ELBSecurityPolicy-2016-08: set ELBSecurityPolicy-TLS13-1-2-2021-06 or later.`,
      },
      {
        when: "it adds a rule for every host",
        patch: { spec: { rules: [{}] } },
        finds: "a rule is for every host: name the host, so that nobody else's domain ends here.",
      },
      {
        when: "it adds a snippet",
        patch: { metadata: { annotations: { "nginx.ingress.kubernetes.io/server-snippet": "return 200;" } } },
        finds: "the annotation nginx.ingress.kubernetes.io/server-snippet is set: leave it out.",
      },
      { when: "it sets something else", patch: { metadata: { annotations: {} }, spec: {} } },
    ],
    "kubernetes:networking.k8s.io/v1:Ingress": [
      {
        when: "it has no certificate",
        patch: annotated({ [`${alb}/certificate-arn`]: undefined }),
        finds: `the annotation ${alb}/certificate-arn is not set, so it answers in the clear: name a certificate.`,
      },
      { when: "the certificate is not known yet", patch: annotated({ [`${alb}/certificate-arn`]: UNKNOWN }) },
      {
        when: "the controller finds its certificate by the hosts",
        patch: {
          ...annotated({ [`${alb}/certificate-arn`]: undefined }),
          spec: { ...ingress.spec, tls: [{ hosts: ["shop.example.com"] }] },
        },
      },
      {
        when: "it answers HTTP",
        patch: annotated({ [`${alb}/ssl-redirect`]: undefined }),
        finds: `it listens for HTTP and the annotation ${alb}/ssl-redirect is not set: set it to 443.`,
      },
      {
        when: "it listens for HTTPS only",
        patch: annotated({ [`${alb}/ssl-redirect`]: undefined, [`${alb}/listen-ports`]: '[{"HTTPS":443}]' }),
      },
      {
        when: "it speaks old versions of TLS",
        patch: annotated({ [`${alb}/ssl-policy`]: undefined }),
        finds: `the annotation ${alb}/ssl-policy is not set, and AWS's default still speaks TLS 1.0: set ELBSecurityPolicy-TLS13-1-2-2021-06 or later.`,
      },
      {
        when: "no firewall is before it",
        patch: annotated({ [`${alb}/wafv2-acl-arn`]: undefined }),
        finds: `the annotation ${alb}/wafv2-acl-arn is not set: put a firewall before it.`,
      },
      {
        when: "it answers for every host",
        patch: { spec: { ingressClassName: "alb", rules: [{ host: "*.example.com" }, {}] } },
        finds: ["*.example.com", "every host"].map(
          (host) => `a rule is for ${host}: name the host, so that nobody else's domain ends here.`,
        ),
      },
      {
        when: "it configures nginx",
        patch: annotated({ "nginx.ingress.kubernetes.io/server-snippet": "return 200;" }),
        finds: "the annotation nginx.ingress.kubernetes.io/server-snippet is set: leave it out.",
      },
      {
        when: "another controller serves it in the clear",
        patch: { spec: { ingressClassName: "nginx", rules: [{ host: "shop.example.com" }] } },
        finds: "spec.tls is not set, so it answers in the clear: name the hosts and a certificate.",
      },
      {
        when: "it is inside the network",
        patch: annotated({ [`${alb}/scheme`]: "internal", [`${alb}/wafv2-acl-arn`]: undefined }),
      },
    ],
  },
  "k8s-rbac-no-wildcards": inRoles([
    {
      when: "everything is allowed",
      rule: { apiGroups: ["*"], resources: ["*"], verbs: ["*"] },
      finds: ["verbs", "resources", "apiGroups"].map((key) => `rules[0].${key} is *, ${later}`),
    },
    {
      when: "every part of a kind is allowed",
      rule: { apiGroups: [""], resources: ["pods/*"], verbs: ["get"] },
      finds: `rules[0].resources is pods/*, ${later}`,
    },
    {
      when: "every path of the API is allowed",
      rule: { nonResourceURLs: ["/metrics", "/api/*"], verbs: ["get"] },
      finds: `rules[0].nonResourceURLs is /metrics, /api/*, ${later}`,
    },
  ]),
  "k8s-rbac-no-escalation": inRoles(
    [
      {
        when: "roles may be bound",
        rule: { apiGroups: ["rbac.authorization.k8s.io"], resources: ["clusterroles"], verbs: ["bind"] },
        finds: gives("bind on clusterroles", "bind any role to itself"),
      },
      {
        when: "one role may be bound",
        rule: { resources: ["clusterroles"], resourceNames: ["view"], verbs: ["bind"] },
      },
      {
        when: "pods may be made",
        rule: { apiGroups: [""], resources: ["pods"], verbs: ["create"] },
        finds: gives("create on pods", "run as any service account there"),
      },
      {
        when: "commands may be run in pods",
        rule: { apiGroups: [""], resources: ["pods/exec"], verbs: ["*"] },
        finds: [
          ...["change roles beyond its own rights", "bind any role to itself", "act as somebody else"],
          "run commands in any pod there",
        ].map((given) => gives("* on pods/exec", given)),
      },
      {
        when: "tokens of accounts may be made",
        rule: { apiGroups: [""], resources: ["serviceaccounts/token"], verbs: ["create"] },
        finds: gives("create on serviceaccounts/token", "have a token of any service account there"),
      },
      { when: "pods may be looked at", rule: { apiGroups: [""], resources: ["pods"], verbs: ["get"] } },
    ],
    [
      {
        when: "all secrets may be listed",
        rule: { apiGroups: [""], resources: ["secrets"], verbs: ["list"] },
        finds: gives("list on secrets", "read every secret of the cluster"),
      },
      {
        when: "webhooks may be changed",
        rule: { resources: ["mutatingwebhookconfigurations"], verbs: ["patch"] },
        finds: gives("patch on mutatingwebhookconfigurations", "read and change whatever is sent to the API"),
      },
    ],
  ),
};
