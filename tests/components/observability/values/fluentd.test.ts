import { expect } from "chai";

import { describeLifeCycle, fluentdValues } from "../../../../components/observability/values/fluentd.ts";
import { dig } from "../dig.ts";
import { given, large, parsed } from "../settings.ts";

const [small, big] = [parsed(given), parsed(large)];
const fluentdOf = (settings: typeof small) =>
  fluentdValues({ ...settings, elasticsearchSecret: "fluentd-elasticsearch" });

describe("Values of Fluentd", () => {
  const output = (settings: typeof small) =>
    String(dig(fluentdOf(settings), "fileConfigs", "04_outputs.conf"));

  it("run on every node, whatever its taints", () => {
    expect(fluentdOf(small)).to.have.property("kind", "DaemonSet");
    expect(fluentdOf(small))
      .to.have.property("tolerations")
      .that.deep.equals([{ operator: "Exists" }]);
  });

  it("send to Elasticsearch over TLS, checked against its authority", () => {
    for (const line of [
      "host elasticsearch-es-http.logging.svc",
      "scheme https",
      "ca_file /etc/elasticsearch/ca.crt",
    ]) {
      expect(
        output(small)
          .split("\n")
          .map((text) => text.trim()),
      ).to.include(line);
    }
  });

  it("take the password from the environment", () => {
    expect(output(small)).to.include(`password "#{ENV['ES_PASSWORD']}"`);
    expect(output(small)).not.to.include("changeme");
  });

  it("delete logs after the days asked", () => {
    expect(output(big)).to.include(`data_stream_ilm_policy ${JSON.stringify(describeLifeCycle(30))}`);
    expect(describeLifeCycle(30)).to.have.nested.property("policy.phases.delete.min_age", "30d");
  });

  it("do not name the stream after Elasticsearch's own pattern, whose life cycle never deletes", () => {
    expect(output(small)).not.to.match(/data_stream_name (logs|metrics|synthetics)-/);
  });
});
