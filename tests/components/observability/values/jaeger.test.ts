import { expect } from "chai";

import { jaegerValues } from "../../../../components/observability/values/jaeger.ts";
import { dig } from "../dig.ts";
import { given, large, parsed } from "../settings.ts";

const [small, big] = [parsed(given), parsed(large)];
const jaegerOf = (settings: typeof small) =>
  jaegerValues({ ...settings, elasticsearchSecret: "jaeger-elasticsearch" });

describe("Values of Jaeger", () => {
  it("keep traces in memory without knowing Elasticsearch", () => {
    const values = jaegerOf(small);
    expect(values)
      .to.have.nested.property("userconfig.extensions.jaeger_storage.backends")
      .that.deep.equals({ primary: { memory: { max_traces: 50_000 } } });
    expect(values).not.to.have.any.keys("storage", "esIndexCleaner");
    expect(values).not.to.have.nested.property("jaeger.extraEnv");
  });

  it("take Elasticsearch's credentials from a Secret, by environment", () => {
    expect(jaegerOf(big))
      .to.have.nested.property("jaeger.extraEnv")
      .that.deep.equals([
        {
          name: "ES_USERNAME",
          valueFrom: { secretKeyRef: { name: "jaeger-elasticsearch", key: "username" } },
        },
        {
          name: "ES_PASSWORD",
          valueFrom: { secretKeyRef: { name: "jaeger-elasticsearch", key: "password" } },
        },
      ]);
  });

  it("reach Elasticsearch over TLS and check its certificate", () => {
    const backend = "userconfig.extensions.jaeger_storage.backends.primary.elasticsearch";
    expect(jaegerOf(big))
      .to.have.nested.property(`${backend}.server_urls`)
      .that.deep.equals(["https://elasticsearch-es-http.logging.svc:9200"]);
    expect(jaegerOf(big)).to.have.nested.property(`${backend}.tls.ca_file`, "/etc/elasticsearch/ca.crt");
  });

  it("delete traces after the days asked", () => {
    expect(jaegerOf(big)).to.have.nested.property("esIndexCleaner.numberOfDays", 14);
  });

  for (const [protocol, port] of [
    ["grpc", 4317],
    ["http", 4318],
  ] as const) {
    it(`take spans over ${protocol} on port ${port}`, () => {
      const key = `userconfig.receivers.otlp.protocols.${protocol}.endpoint`;
      expect(jaegerOf(small)).to.have.nested.property(key, `0.0.0.0:${port}`);
    });
  }

  it("restart the pods when, and only when, the configuration changes", () => {
    const hash = (settings: typeof small): unknown =>
      dig(jaegerOf(settings), "jaeger", "podLabels", "config-hash");
    expect(hash(small)).to.match(/^[0-9a-f]{16}$/);
    expect(hash(small)).to.equal(hash(parsed({ ...given, metrics: large.metrics })));
    expect(hash(small)).not.to.equal(hash(big));
  });
});
