import { expect } from "chai";

import { eckOperatorValues } from "../../../../components/observability/values/eck-operator.ts";
import { eckStackValues } from "../../../../components/observability/values/eck-stack.ts";
import { dig } from "../dig.ts";
import { given, large, parsed } from "../settings.ts";

const [small, big] = [parsed(given), parsed(large)];
const stackOf = (settings: typeof small) =>
  eckStackValues({ ...settings, userSecrets: ["fluentd-elasticsearch"] });
const nodeSet = (settings: typeof small) => dig(stackOf(settings), "eck-elasticsearch", "nodeSets", 0);

describe("Values of the Elastic stack", () => {
  it("let the operator look after one namespace", () => {
    expect(eckOperatorValues).to.have.property("managedNamespaces").that.deep.equals(["logging"]);
  });

  it("keep the volumes when the cluster object is deleted", () => {
    const key = "eck-elasticsearch.volumeClaimDeletePolicy";
    expect(stackOf(small)).to.have.nested.property(key, "DeleteOnScaledownOnly");
  });

  it("tell Elasticsearch the zone of each of several nodes", () => {
    const nodes = nodeSet(big);
    expect(dig(nodes, "count")).to.equal(3);
    expect(dig(nodes, "config", "cluster.routing.allocation.awareness.attributes")).to.equal(
      "k8s_node_name,zone",
    );
    expect(dig(nodes, "podTemplate", "spec", "topologySpreadConstraints", 0, "whenUnsatisfiable")).to.equal(
      "DoNotSchedule",
    );
  });

  it("ask the operator for the zone of each pod on the cluster object, where it looks, and hand it to the node", () => {
    expect(dig(stackOf(big), "eck-elasticsearch", "annotations")).to.deep.equal({
      "eck.k8s.elastic.co/downward-node-labels": "topology.kubernetes.io/zone",
    });
    expect(dig(nodeSet(big), "config", "node.attr.zone")).to.equal("${ZONE}");
    expect(dig(nodeSet(big), "podTemplate", "spec", "containers", 0, "env")).to.deep.equal([
      {
        name: "ZONE",
        valueFrom: { fieldRef: { fieldPath: "metadata.annotations['topology.kubernetes.io/zone']" } },
      },
    ]);
  });

  it("tell a single node nothing about zones", () => {
    expect(dig(nodeSet(small), "config")).not.to.have.any.keys("node.attr.zone");
    expect(dig(stackOf(small), "eck-elasticsearch")).not.to.have.any.keys("annotations");
  });

  it("give each node the memory and volume asked for", () => {
    const nodes = nodeSet(big);
    expect(dig(nodes, "podTemplate", "spec", "containers", 0, "resources")).to.deep.equal({
      requests: { cpu: "500m", memory: "8Gi" },
      limits: { memory: "8Gi" },
    });
    expect(dig(nodes, "volumeClaimTemplates", 0, "spec", "resources", "requests", "storage")).to.equal(
      "200Gi",
    );
  });

  it("have a user with its role for each Secret", () => {
    expect(stackOf(small))
      .to.have.nested.property("eck-elasticsearch.auth")
      .that.deep.equals({
        fileRealm: [{ secretName: "fluentd-elasticsearch" }],
        roles: [{ secretName: "fluentd-elasticsearch" }],
      });
  });

  it("have Logstash only where it is asked for", () => {
    expect(stackOf(small)).to.have.property("eck-logstash").that.deep.equals({ enabled: false });
    expect(stackOf(big)).to.have.nested.property("eck-logstash.count", 2);
  });
});
