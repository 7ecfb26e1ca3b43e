import { expect } from "chai";
import * as fc from "fast-check";

import { describeTraffic, planTraffic } from "../../../components/workloads/describe-traffic.ts";
import { image, one, resolve } from "./settings.ts";

describe("traffic of services", () => {
  const workloads = resolve({
    frontend: { image, path: "/", calls: ["api"] },
    api: { image, port: 9000, calls: ["backend"] },
    backend: { image, reaches: { database: 5432, cache: 6379 } },
  });
  const context = planTraffic(workloads, "10.0.0.0/16");
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
    expect(describeTraffic(workload, planTraffic([workload], "10.0.0.0/16")).egress).to.deep.equal([
      telemetry,
      { to: [{ ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/16"] } }], ports: [tcp(443)] },
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
        const plan = planTraffic(rows, "10.0.0.0/16");
        for (const callee of names) {
          const expected = names.filter((_, index) => calls[index]?.includes(callee));
          expect(plan.callers.get(callee) ?? [])
            .to.have.members(expected)
            .and.to.have.length(expected.length);
        }
      }),
    );
  });
});
