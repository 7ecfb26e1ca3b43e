import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN, at } from "../../../sandbox/values.ts";
import { World, reasons } from "./world.ts";

type Mistake = readonly [title: string, spec: Properties, reason: string];

const type = "core/v1:Service";
const http = { port: 80 };

/** A Service of this name. */
const service = (spec: Properties, name = "web"): Properties => ({
  metadata: { name },
  spec: { ports: [http], ...spec },
});

describe("Rules for Services", () => {
  const mistakes: readonly Mistake[] = [
    [
      "a port of the nodes out of range",
      { type: "NodePort", ports: [{ ...http, nodePort: 8080 }] },
      "spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767",
    ],
    [
      "a port of the nodes inside the cluster",
      { ports: [{ ...http, nodePort: 30080 }] },
      "spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'",
    ],
    [
      "one port twice",
      { ports: ["a", "b"].map((name) => ({ ...http, name })) },
      'spec.ports[1]: Duplicate value: {"protocol":"TCP","port":80}',
    ],
    [
      "a target with a long name",
      { ports: [{ ...http, targetPort: "a-port-of-the-shop" }] },
      'spec.ports[0].targetPort: Invalid value: "a-port-of-the-shop": must be no more than 15 characters',
    ],
    [
      "an address that is none",
      { clusterIP: "abc" },
      'spec.clusterIPs[0]: Invalid value: "abc": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)',
    ],
    [
      "no address on the nodes",
      { type: "NodePort", clusterIP: "None" },
      `spec.clusterIPs[0]: Invalid value: "None": may not be set to 'None' for NodePort services`,
    ],
    [
      "ranges of a load balancer without one",
      { loadBalancerSourceRanges: ["0.0.0.0/0"] },
      "spec.LoadBalancerSourceRanges: Forbidden: may only be used when `type` is 'LoadBalancer'",
    ],
    [
      "a policy for traffic from outside that has none",
      { externalTrafficPolicy: "Local" },
      'spec.externalTrafficPolicy: Invalid value: "Local": may only be set for externally-accessible services',
    ],
    [
      "a selector that no label has",
      { selector: { app: "a b" } },
      `spec.selector: Invalid value: "a b": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
    ],
    [
      "an address on the web in place of a name",
      { type: "ExternalName", externalName: "https://example.com", ports: [] },
      `spec.externalName: Invalid value: "https://example.com": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
    ],
  ];
  for (const [title, spec, reason] of mistakes) {
    it(`refuse ${title}`, () => {
      expect(reasons(new World().check(type, service(spec)))).to.deep.equal([reason]);
    });
  }

  it("take what is not known yet of how a Service is reached", () => {
    expect(reasons(new World().check(type, service({ externalTrafficPolicy: UNKNOWN })))).to.deep.equal([]);
  });

  it("take one port of two protocols", () => {
    const ports = ["TCP", "UDP"].map((protocol) => ({ port: 53, name: protocol.toLowerCase(), protocol }));
    expect(reasons(new World().check(type, service({ ports })))).to.deep.equal([]);
  });
});

describe("What Services are given", () => {
  const onNodes = (nodePort?: number): Properties => ({ type: "NodePort", ports: [{ ...http, nodePort }] });

  it("is a port of the nodes that nobody else has", () => {
    const world = new World();
    const [first, second] = ["a", "b"].map((name) => world.make(type, service(onNodes(), name)).state);
    const ports = [first, second].map((state) => Number(at(state, "spec.ports[0].nodePort")));
    expect(new Set(ports).size).to.equal(2);
    for (const port of ports) expect(port).to.be.within(30000, 32767);
  });

  it("is refused where another one has it, and free again after that", () => {
    const world = new World();
    const other = world.make(type, service(onNodes(30080), "other"));
    expect(() => world.make(type, service(onNodes(30080)))).to.throw(
      'Invalid: Service "web" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    );
    world.update(type, other.id, service(onNodes(30080), "other"));
    world.delete(type, other.id);
    expect(world.make(type, service(onNodes(30080))).id).to.equal("default/web");
  });

  it("is an address that no other has", () => {
    const world = new World();
    world.make(type, service({ clusterIP: "172.20.9.9" }, "other"));
    expect(() => world.make(type, service({ clusterIP: "172.20.9.9" }))).to.throw(
      'Service "web" is invalid: spec.clusterIPs: Invalid value: ["172.20.9.9"]: failed to allocate IP 172.20.9.9: provided IP is already allocated',
    );
  });
});
