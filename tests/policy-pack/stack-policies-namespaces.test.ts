import { expect } from "chai";

import { changed, graph, without } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import { UNKNOWN } from "./fixtures/values.ts";
import { found, foundIn, inBoth, rewritten } from "./support/stack.ts";

const metadata = { name: "closed", namespace: "shop" };
const denied = { podSelector: {}, policyTypes: ["Ingress", "Egress"] };
const hard = { "requests.cpu": "4", "requests.memory": "8Gi" };
const item = { type: "Container", default: { memory: "256Mi" }, defaultRequest: { memory: "64Mi" } };
const space: readonly Planned[] = [
  { type: "kubernetes:core/v1:Namespace", name: "shop", props: { metadata: { name: "shop" } } },
  {
    ...{ type: "kubernetes:networking.k8s.io/v1:NetworkPolicy", name: "policy" },
    props: { metadata, spec: denied },
  },
  { type: "kubernetes:core/v1:ResourceQuota", name: "quota", props: { metadata, spec: { hard } } },
  { type: "kubernetes:core/v1:LimitRange", name: "limits", props: { metadata, spec: { limits: [item] } } },
];
const second: Planned = {
  ...{ type: "kubernetes:core/v1:Namespace", name: "other" },
  props: { metadata: { name: "other" } },
};
const withSpec = (name: string, spec: object): readonly Planned[] =>
  changed(space, name, { props: { metadata, spec } });

describe("k8s-default-deny-network-policy", () => {
  const policy = "k8s-default-deny-network-policy";
  const open = (direction: string, name = "shop"): string =>
    `${name}: no NetworkPolicy closes ${direction} for all its pods: add one with an empty podSelector and no rules.`;
  const withPolicy = (spec: object) => found(policy, "update", withSpec("policy", spec));

  inBoth("passes when a policy closes both directions", async (moment) => {
    expect(await found(policy, moment, space)).to.deep.equal([]);
  });

  inBoth("objects to the one namespace without a policy", async (moment) => {
    expect(await found(policy, moment, [...space, second])).to.deep.equal([
      open("Ingress", "other"),
      open("Egress", "other"),
    ]);
  });

  it("objects to a policy that has rules, or is for some pods", async () => {
    expect(await withPolicy({ ...denied, egress: [{}] })).to.deep.equal([open("Egress")]);
    expect(await withPolicy({ ...denied, podSelector: { matchLabels: { app: "api" } } })).to.have.length(2);
    const expressions = [{ key: "app", operator: "Exists" }];
    expect(await withPolicy({ ...denied, podSelector: { matchExpressions: expressions } })).to.have.length(2);
  });

  it("takes a policy for each direction, and one without a direction for what comes in", async () => {
    const outward: Planned = {
      ...{ type: "kubernetes:networking.k8s.io/v1:NetworkPolicy", name: "outward" },
      props: { metadata, spec: { podSelector: { matchLabels: {} }, policyTypes: ["Egress"] } },
    };
    const inward = withSpec("policy", { podSelector: {} });
    expect(await found(policy, "update", inward)).to.deep.equal([open("Egress")]);
    expect(await found(policy, "update", [...inward, outward])).to.deep.equal([]);
  });

  const nameless = { metadata: { name: "deny-all", namespace: UNKNOWN }, spec: denied };

  it("follows a policy to its namespace before that has a name", async () => {
    const linked = changed([...space, second], "policy", { refs: { metadata: "shop" }, props: {} });
    const plan = rewritten(graph("preview", linked), "policy", nameless);
    expect(await foundIn(policy, plan)).to.deep.equal([open("Ingress", "other"), open("Egress", "other")]);
  });

  it("waits for the update while a policy may be any namespace's", async () => {
    const plan = rewritten(graph("preview", space), "policy", nameless);
    expect(await foundIn(policy, plan)).to.deep.equal([]);
    const [deferred] = await foundIn("checks-deferred", plan);
    expect(deferred).to.include(`${policy} 1`);
  });
});

describe("k8s-namespace-quota", () => {
  const policy = "k8s-namespace-quota";
  const boundless =
    "shop: no ResourceQuota holds its cpu and memory: add one with requests.cpu and requests.memory.";
  const limitless =
    "shop: no LimitRange gives containers a memory limit and a request: add one with default and defaultRequest of type Container.";

  inBoth("passes when a namespace has both", async (moment) => {
    expect(await found(policy, moment, space)).to.deep.equal([]);
  });

  inBoth("objects when it has neither", async (moment) => {
    expect(await found(policy, moment, without(space, "quota", "limits"))).to.deep.equal([
      boundless,
      limitless,
    ]);
  });

  it("objects to a quota on something else", async () => {
    expect(await found(policy, "update", withSpec("quota", { hard: { pods: "10" } }))).to.deep.equal([
      boundless,
    ]);
    expect(
      await found(policy, "update", withSpec("quota", { hard: { pods: "10", cpu: "4" } })),
    ).to.deep.equal(["shop: no ResourceQuota holds its memory: add one with requests.memory."]);
  });

  it("objects to limits for something else", async () => {
    for (const change of [{ type: "Pod" }, { default: { cpu: "1" } }, { defaultRequest: undefined }]) {
      const limits = [{ ...item, ...change }];
      expect(await found(policy, "update", withSpec("limits", { limits }))).to.deep.equal([limitless]);
    }
  });

  it("does not take one namespace's quota for another's", async () => {
    expect(await found(policy, "update", [...space, second])).to.deep.equal(
      [boundless, limitless].map((line) => line.replace("shop", "other")),
    );
  });
});
