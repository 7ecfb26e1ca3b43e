import { expect } from "chai";
import * as fc from "fast-check";

import {
  describeJobTraffic,
  describeTraffic,
  planTraffic,
} from "../../../components/workloads/describe-traffic.ts";
import { dig } from "../observability/dig.ts";
import { context as podContext, image, one, oneJob, resolve, servicesGiven } from "./settings.ts";

describe("traffic of services", () => {
  const workloads = resolve({
    frontend: { image, expose: { path: "/" }, calls: ["api"] },
    api: { image, port: 9000, calls: ["backend"] },
    backend: { image, reaches: { database: 5432, cache: 6379 } },
  });
  const near = { vpcCidr: "10.0.0.0/16", stores: podContext.stores };
  const context = planTraffic(workloads, [], near);
  const trafficOf = (wanted: string): unknown => {
    const workload = workloads.find(({ name }) => name === wanted);
    return workload && describeTraffic(workload, context);
  };
  const pods = (name: string): object => ({
    podSelector: { matchLabels: { "app.kubernetes.io/name": name } },
  });
  const namespace = (name: string): object => ({
    namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } },
  });
  const tcp = (port: number): object => ({ protocol: "TCP", port });
  const telemetry = { to: [namespace("tracing")], ports: [tcp(4318)] };

  it("lets the load balancer and nobody else into what has a path", () => {
    expect(trafficOf("frontend")).to.deep.equal({
      podSelector: { matchLabels: { "app.kubernetes.io/name": "frontend" } },
      policyTypes: ["Ingress", "Egress"],
      ingress: [
        { from: [namespace("monitoring")], ports: [tcp(8080)] },
        { from: [{ ipBlock: { cidr: "10.0.0.0/16" } }], ports: [tcp(8080)] },
      ],
      egress: [telemetry, { to: [pods("api")], ports: [tcp(9000)] }],
    });
  });

  it("lets callers in on the port of the called, and out to what they call", () => {
    expect(trafficOf("api")).to.deep.include({
      ingress: [
        { from: [namespace("monitoring")], ports: [tcp(9000)] },
        { from: [pods("frontend")], ports: [tcp(9000)] },
      ],
      egress: [telemetry, { to: [pods("backend")], ports: [tcp(8080)] }],
    });
  });

  it("lets out to the stores a row names, inside the VPC", () => {
    expect(trafficOf("backend")).to.deep.include({
      egress: [telemetry, { to: [{ ipBlock: { cidr: "10.0.0.0/16" } }], ports: [tcp(5432), tcp(6379)] }],
    });
  });

  it("lets out to the internet only what says so, and not back into the VPC", () => {
    const workload = one({ internet: true });
    expect(describeTraffic(workload, planTraffic([workload], [], near)).egress).to.deep.equal([
      telemetry,
      { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/16"] } }], ports: [tcp(443)] },
    ]);
  });

  const credentials = { to: [{ ipBlock: { cidr: "169.254.170.23/32" } }], ports: [tcp(80)] };

  it("lets out to the stores a row uses, and to the agent that hands out its credentials", () => {
    const workload = one({ uses: ["database", "databaseReader", "cache"] });
    expect(describeTraffic(workload, planTraffic([workload], [], near)).egress).to.deep.equal([
      telemetry,
      { to: [{ ipBlock: { cidr: "10.0.0.0/16" } }], ports: [tcp(5432), tcp(6379)] },
      credentials,
    ]);
  });

  it("lets out to AWS's APIs, wherever they answer, only who has permissions there", () => {
    const workload = one({ permissions: { sns: [{ topic: "sold" }] }, internet: true });
    expect(describeTraffic(workload, planTraffic([workload], [], near)).egress).to.deep.equal([
      telemetry,
      credentials,
      { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [tcp(443)] },
    ]);
  });

  it("lets the load balancer ask where the copy answers", () => {
    const workload = one({ expose: { path: "/" }, health: { port: 9090 } });
    expect(dig(describeTraffic(workload, planTraffic([workload], [], near)), "ingress", 1)).to.deep.equal({
      from: [{ ipBlock: { cidr: "10.0.0.0/16" } }],
      ports: [tcp(8080), tcp(9090)],
    });
  });

  it("names the namespace of who is in another, on both ends, and every port of the called", () => {
    const { quota } = servicesGiven.namespaces.apps;
    const rows = resolve(
      { shop: { image, calls: ["api"] }, api: { image, namespace: "back", ports: { grpc: 9000 } } },
      { namespaces: { apps: { owner: "a", quota }, back: { owner: "b", quota } } },
    );
    const plan = planTraffic(rows, [], near);
    const [api, shop] = rows.map((row) => describeTraffic(row, plan));
    expect(dig(api, "ingress", 1)).to.deep.equal({
      from: [{ ...namespace("apps"), ...pods("shop") }],
      ports: [tcp(8080), tcp(9000)],
    });
    expect(dig(shop, "egress", 1)).to.deep.equal({
      to: [{ ...namespace("back"), ...pods("api") }],
      ports: [tcp(8080), tcp(9000)],
    });
  });

  it("lets a job call, and nobody call a job", () => {
    const job = { ...oneJob(), calls: ["api"] };
    const plan = planTraffic(workloads, [job], near);
    expect(describeJobTraffic(job, plan)).to.deep.include({
      ingress: [],
      egress: [telemetry, { to: [pods("api")], ports: [tcp(9000)] }],
    });
    expect(plan.callers.get("api")).to.deep.equal([
      { name: "frontend", namespace: "apps" },
      { name: "report", namespace: "apps" },
    ]);
  });

  it("lets in exactly those who call", () => {
    const names = ["a", "b", "c", "d", "e"];
    const graph = fc.tuple(...names.map((name) => fc.subarray(names.filter((other) => other !== name))));
    fc.assert(
      fc.property(graph, (calls) => {
        const rows = resolve(
          Object.fromEntries(names.map((name, index) => [name, { image, calls: calls[index] }])),
        );
        const plan = planTraffic(rows, [], near);
        for (const callee of names) {
          const expected = names.filter((_, index) => calls[index]?.includes(callee));
          expect((plan.callers.get(callee) ?? []).map(({ name }) => name))
            .to.have.members(expected)
            .and.to.have.length(expected.length);
        }
      }),
    );
  });
});
