import { expect } from "chai";

import { planNamespaces } from "../../../components/observability/namespace-plan.ts";
import { given, large, parsed } from "./settings.ts";

const [small, big] = [given, large].map((settings) => planNamespaces(parsed(settings), "10.0.0.0/16"));

describe("Namespaces of observability", () => {
  it("let pods read the host only where nothing else runs", () => {
    const levels = Object.values(small ?? {}).map(({ name, podSecurity }) => [name, podSecurity]);
    expect(levels).to.deep.equal([
      ["monitoring", "restricted"],
      ["node-exporter", "privileged"],
      ["tracing", "restricted"],
      ["logging", "restricted"],
      ["elastic-system", "restricted"],
      ["log-collector", "privileged"],
    ]);
  });

  it("let Elasticsearch be reached from those who write to it and its operator, and from nobody else", () => {
    const { inside: _inside, events: _events, ...others } = small?.logging.traffic ?? {};
    const peers = Object.entries(others).map(([key, { ingress }]) => [key, ingress]);
    const from = (namespace: string) => [
      {
        from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": namespace } } }],
        ports: [{ protocol: "TCP", port: 9200 }],
      },
    ];
    expect(peers).to.deep.equal([
      ["logs", from("log-collector")],
      ["traces", from("tracing")],
      ["operator", from("elastic-system")],
    ]);
  });

  it("take spans from every namespace, on the two ports of OTLP", () => {
    expect(small?.tracing.traffic?.spans?.ingress).to.deep.equal([
      {
        from: [{ namespaceSelector: {} }],
        ports: [
          { protocol: "TCP", port: 4317 },
          { protocol: "TCP", port: 4318 },
        ],
      },
    ]);
  });

  it("keep the logs from the internet and from AWS", () => {
    const blocks = JSON.stringify(small?.logging.traffic);
    expect(blocks).not.to.include("ipBlock");
  });

  it("let Prometheus reach kubelets and node exporters at the nodes' addresses", () => {
    expect(small?.monitoring.traffic?.["scrape-nodes"]?.egress).to.deep.equal([
      {
        to: [{ ipBlock: { cidr: "10.0.0.0/16" } }],
        ports: [
          { protocol: "TCP", port: 9100 },
          { protocol: "TCP", port: 10_250 },
        ],
      },
    ]);
  });

  it("grow with what their settings ask for", () => {
    expect(small?.monitoring.quota).to.deep.equal({ pods: 30, cpu: "5", memory: "8Gi" });
    expect(big?.monitoring.quota).to.deep.equal({ pods: 30, cpu: "6", memory: "28Gi" });
    expect(small?.logging.quota).to.deep.equal({ pods: 12, cpu: "3", memory: "8Gi" });
    expect(big?.logging.quota).to.deep.equal({ pods: 17, cpu: "8", memory: "42Gi" });
  });
});
