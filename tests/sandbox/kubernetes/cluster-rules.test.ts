import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { World, reasons } from "./world.ts";

type Mistake = readonly [title: string, type: string, inputs: Properties, reason: string];

const metadata = { name: "web", namespace: "default" };
const wide = { name: "web" };
const rbac = "rbac.authorization.k8s.io";
const roleRef = { apiGroup: rbac, kind: "ClusterRole", name: "view" };
const backend = { service: { name: "web", port: { number: 80 } } };
const ingress = "networking.k8s.io/v1:Ingress";
const policy = "networking.k8s.io/v1:NetworkPolicy";
const webhooks = "admissionregistration.k8s.io/v1:ValidatingWebhookConfiguration";

const binding = (subject: Properties): Properties => ({ metadata: wide, roleRef, subjects: [subject] });
const role = (rule: Properties): Properties => ({ metadata, rules: [rule] });
const routed = (rule: Properties, port: Properties = { number: 80 }): Properties => {
  const paths = [{ path: "/", pathType: "Prefix", backend: { service: { name: "web", port } } }];
  return { metadata, spec: { ingressClassName: "alb", rules: [{ http: { paths }, ...rule }] } };
};
const from = (peer: Properties): Properties => ({
  metadata,
  spec: { podSelector: {}, ingress: [{ from: [peer] }] },
});
const limits = (limit: Properties): Properties => ({
  metadata,
  spec: { limits: [{ type: "Container", ...limit }] },
});
const hook = (fields: Properties): Properties => {
  const clientConfig = { url: "https://hooks.example.com" };
  const whole = { name: "a.example.com", sideEffects: "None", admissionReviewVersions: ["v1"], clientConfig };
  return { metadata: wide, webhooks: [{ ...whole, ...fields }] };
};
const definition = (fields: Properties, version: Properties = {}): Properties => {
  const schema = { openAPIV3Schema: { type: "object" } };
  const names = { kind: "Tea", plural: "teas" };
  const versions = [{ name: "v1", served: true, storage: true, schema, ...version }];
  const spec = { group: "shop.io", names, scope: "Namespaced", versions, ...fields };
  return { metadata: { name: "teas.shop.io" }, spec };
};
const mistakes: readonly Mistake[] = [
  [
    "an account of no namespace in a binding",
    `${rbac}/v1:ClusterRoleBinding`,
    binding({ kind: "ServiceAccount", name: "web" }),
    "subjects[0].namespace: Required value",
  ],
  [
    "a subject of no kind there is",
    `${rbac}/v1:ClusterRoleBinding`,
    binding({ kind: "Person", name: "me" }),
    'subjects[0].kind: Unsupported value: "Person": supported values: "ServiceAccount", "User", "Group"',
  ],
  [
    "a rule of no resources",
    `${rbac}/v1:Role`,
    role({ apiGroups: [""], verbs: ["get"] }),
    "rules[0].resources: Required value: resource rules must supply at least one resource",
  ],
  [
    "paths in a namespace",
    `${rbac}/v1:Role`,
    role({ nonResourceURLs: ["/healthz"], verbs: ["get"] }),
    'rules[0].nonResourceURLs: Invalid value: ["/healthz"]: namespaced rules cannot apply to non-resource URLs',
  ],
  [
    "a priority above what users have",
    "scheduling.k8s.io/v1:PriorityClass",
    { metadata: wide, value: 1000000001 },
    "value: Forbidden: maximum allowed value of a user defined priority is 1000000000",
  ],
  [
    "a priority of the system",
    "scheduling.k8s.io/v1:PriorityClass",
    { metadata: { name: "system-web" }, value: 1 },
    "metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-web is not a known system priority class",
  ],
  [
    "an address in place of a host",
    ingress,
    routed({ host: "10.0.0.1" }),
    'spec.rules[0].host: Invalid value: "10.0.0.1": must be a DNS name, not an IP address',
  ],
  [
    "a wildcard in the middle",
    ingress,
    routed({ host: "a.*.com" }),
    `spec.rules[0].host: Invalid value: "a.*.com": a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character (e.g. '*.example.com', regex used for validation is '\\*\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
  ],
  [
    "a port by name and number",
    ingress,
    routed({}, { name: "http", number: 80 }),
    'spec.rules[0].http.paths[0].backend: Invalid value: "": cannot set both port name & port number',
  ],
  [
    "a class that is no path of a domain",
    "networking.k8s.io/v1:IngressClass",
    { metadata: wide, spec: { controller: "alb" } },
    'spec.controller: Invalid value: "alb": must be a domain-prefixed path (such as "acme.io/foo")',
  ],
  [
    "a range that is none",
    policy,
    from({ ipBlock: { cidr: "10.0.0.0/33" } }),
    'spec.ingress[0].from[0].ipBlock.cidr: Invalid value: "10.0.0.0/33": must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)',
  ],
  [
    "an exception from elsewhere",
    policy,
    from({ ipBlock: { cidr: "10.0.0.0/16", except: ["10.1.0.0/24"] } }),
    'spec.ingress[0].from[0].ipBlock.except[0]: Invalid value: "10.1.0.0/24": must be a strict subset of `cidr`',
  ],
  [
    "a peer that is two",
    policy,
    from({ ipBlock: { cidr: "10.0.0.0/16" }, podSelector: {} }),
    "spec.ingress[0].from[0]: Forbidden: may not specify both ipBlock and another peer",
  ],
  ["a peer that is nobody", policy, from({}), "spec.ingress[0].from[0]: Required value: must specify a peer"],
  [
    "a default above the most",
    "core/v1:LimitRange",
    limits({ max: { cpu: "1" }, default: { cpu: "2" } }),
    'spec.limits[0].default[cpu]: Invalid value: "2": default value 2 is greater than max value 1',
  ],
  [
    "a quota of what is not counted",
    "core/v1:ResourceQuota",
    { metadata, spec: { hard: { podz: "1" } } },
    'spec.hard[podz]: Invalid value: "podz": must be a standard resource for quota',
  ],
  [
    "a webhook that is called without TLS",
    webhooks,
    hook({ clientConfig: { url: "http://hooks.example.com" } }),
    `webhooks[0].clientConfig.url: Invalid value: "http": 'https' is the only allowed URL scheme; desired format: https://host[/path]`,
  ],
  [
    "a webhook with a short name",
    webhooks,
    hook({ name: "hook" }),
    'webhooks[0].name: Invalid value: "hook": should be a domain with at least three segments separated by dots',
  ],
  [
    "a definition without a schema",
    "apiextensions.k8s.io/v1:CustomResourceDefinition",
    definition({}, { schema: undefined }),
    "spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required",
  ],
  [
    "a definition that stores nothing",
    "apiextensions.k8s.io/v1:CustomResourceDefinition",
    definition({}, { storage: false }),
    'spec.versions: Invalid value: ["v1"]: must have exactly one version marked as storage version',
  ],
  [
    "a definition with a misspelt scope",
    "apiextensions.k8s.io/v1:CustomResourceDefinition",
    definition({ scope: "namespaced" }),
    'spec.scope: Unsupported value: "namespaced": supported values: "Cluster", "Namespaced"',
  ],
  [
    "a volume that is nowhere",
    "core/v1:PersistentVolume",
    { metadata: wide, spec: { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"] } },
    "spec: Required value: must specify a volume type",
  ],
  [
    "credentials of a registry that are no JSON",
    "core/v1:Secret",
    {
      metadata,
      type: "kubernetes.io/dockerconfigjson",
      stringData: { ".dockerconfigjson": "eyJhdXRocyI6e319" },
    },
    `data[.dockerconfigjson]: Invalid value: "<secret contents redacted>": invalid character looking for beginning of value`,
  ],
  [
    "a token of no account",
    "core/v1:Secret",
    { metadata, type: "kubernetes.io/service-account-token" },
    "metadata.annotations[kubernetes.io/service-account.name]: Required value",
  ],
  [
    "one key as text and as bytes",
    "core/v1:ConfigMap",
    { metadata, data: { a: "1" }, binaryData: { a: "MQ==" } },
    'binaryData[a]: Invalid value: "a": duplicate of key present in data',
  ],
  [
    "annotations that are too large",
    "core/v1:ConfigMap",
    { metadata: { ...metadata, annotations: { a: "x".repeat(262144) } } },
    "metadata.annotations: Too long: may not be more than 262144 bytes",
  ],
];

describe("Further rules for Kubernetes objects", () => {
  for (const [title, type, inputs, reason] of mistakes) {
    it(`refuse ${title}`, () => {
      expect(reasons(new World().check(type, inputs))).to.deep.equal([reason]);
    });
  }

  it("take an account of the binding's own namespace", () => {
    const own = { metadata, roleRef, subjects: [{ kind: "ServiceAccount", name: "web" }] };
    expect(reasons(new World().check(`${rbac}/v1:RoleBinding`, own))).to.deep.equal([]);
  });

  it("say of a version that is served no longer that it is not there, and nothing else", () => {
    const old = "extensions/v1beta1:Ingress";
    expect(reasons(new World().check(old, { metadata, spec: {} }))).to.deep.equal([]);
    expect(() => new World().make(old, { metadata, spec: {} })).to.throw(
      'no matches for kind "Ingress" in version "extensions/v1beta1"',
    );
  });

  it("refuse a new Ingress whose class is said twice", () => {
    const annotations = { "kubernetes.io/ingress.class": "alb" };
    const twice = {
      metadata: { ...metadata, annotations },
      spec: { ingressClassName: "alb", defaultBackend: backend },
    };
    expect(() => new World().make(ingress, twice)).to.throw(
      'Ingress.networking.k8s.io "web" is invalid: annotations.kubernetes.io/ingress.class: Invalid value: "alb": can not be set when the class field is also set',
    );
  });

  it("refuse a second default priority", () => {
    const world = new World();
    const priority = "scheduling.k8s.io/v1:PriorityClass";
    world.make(priority, { metadata: { name: "usual" }, value: 1, globalDefault: true });
    expect(() => world.make(priority, { metadata: wide, value: 2, globalDefault: true })).to.throw(
      'Forbidden: priorityclasses.scheduling.k8s.io "web" is forbidden: PriorityClass usual is already marked as default. Only one default can exist',
    );
  });
});
