import { expect } from "chai";

import { describeFiles } from "../../../components/workloads/describe-container.ts";
import { describePlacement } from "../../../components/workloads/describe-placement.ts";
import { describeProbes } from "../../../components/workloads/describe-probes.ts";
import { describeDeployment, describeService } from "../../../components/workloads/describe-workload.ts";
import type { WorkloadSettings } from "../../../components/workloads/workload-settings.ts";
import { dig } from "../observability/dig.ts";
import { context, one, settled } from "./settings.ts";

const podOf = (workload: WorkloadSettings): unknown =>
  dig(describeDeployment(workload, context), "template", "spec");
const containerOf = (change: object): unknown => dig(podOf(one({ ...change })), "containers", 0);

describe("containers of a service", () => {
  it("run another command with other arguments where the row says so", () => {
    expect(containerOf({ command: ["/bin/app"], args: ["--fast"] })).to.deep.include({
      command: ["/bin/app"],
      args: ["--fast"],
    });
    expect(containerOf({})).to.not.have.any.keys("command", "args");
  });

  it("take an image of the account's own registry by its repository, a tag, a digest or both", async () => {
    const digest = `sha256:${"0".repeat(64)}`;
    for (const name of ["shop/api:1.2.3", `shop/api@${digest}`, `shop/api:1.2.3@${digest}`]) {
      expect(await settled(dig(containerOf({ image: `ecr:${name}` }), "image"))).to.equal(
        `111111111111.dkr.ecr.eu-west-1.amazonaws.com/${name}`,
      );
    }
  });

  it("open every port by name, and the Service with them", () => {
    const ports = { grpc: 9000, metrics: 9090 };
    expect(dig(containerOf({ ports }), "ports")).to.deep.equal([
      { name: "http", containerPort: 8080 },
      { name: "grpc", containerPort: 9000 },
      { name: "metrics", containerPort: 9090 },
    ]);
    expect(describeService(one({ ports })).ports).to.deep.include({
      name: "grpc",
      port: 9000,
      targetPort: "grpc",
      protocol: "TCP",
    });
  });

  it("find their files one by one, and start anew when one changes", () => {
    const files = { "/etc/app/a.yaml": "a: 1", "/etc/app/b.yaml": "b: 2" };
    const workload = one({ files });
    expect(describeFiles(workload)).to.deep.equal({ "file-0": "a: 1", "file-1": "b: 2" });
    expect(dig(podOf(workload), "volumes", 1)).to.deep.equal({ name: "files", configMap: { name: "shop" } });
    expect(dig(podOf(workload), "containers", 0, "volumeMounts", 2)).to.deep.equal({
      name: "files",
      mountPath: "/etc/app/b.yaml",
      subPath: "file-1",
      readOnly: true,
    });
    const checksum = (content: string): unknown =>
      dig(
        describeDeployment(one({ files: { ...files, "/etc/app/a.yaml": content } }), context),
        "template",
        "metadata",
        "annotations",
        "platform/files",
      );
    expect(checksum("a: 1")).to.match(/^[0-9a-f]{16}$/);
    expect(checksum("a: 1")).to.not.equal(checksum("a: 2"));
  });

  it("get exactly what they reserve where quality of service is guaranteed", () => {
    const resources = {
      cpu: "1",
      cpuLimit: "1000m",
      memory: "1Gi",
      memoryLimit: "1024Mi",
      qos: "guaranteed",
    };
    expect(dig(containerOf({ resources }), "resources")).to.deep.equal({
      requests: { cpu: "1", memory: "1Gi", "ephemeral-storage": "64Mi" },
      limits: { memory: "1024Mi", "ephemeral-storage": "128Mi", cpu: "1000m" },
    });
  });
});

describe("questions to a copy", () => {
  const asks: Readonly<Record<string, readonly [object, object]>> = {
    "over HTTP on the service's own port": [{}, { httpGet: { path: "/readyz", port: "http" } }],
    "over HTTP on another port": [{ port: 9090 }, { httpGet: { path: "/readyz", port: 9090 } }],
    "by gRPC's health service": [{ by: "grpc" }, { grpc: { port: 8080 } }],
    "by a connection": [{ by: "tcp" }, { tcpSocket: { port: "http" } }],
    "by a command": [{ by: "exec", command: ["/bin/well"] }, { exec: { command: ["/bin/well"] } }],
  };
  for (const [how, [health, question]] of Object.entries(asks)) {
    it(`are asked ${how}`, () => {
      const { readinessProbe } = describeProbes(one({ health }));
      expect(readinessProbe).to.deep.equal({
        ...question,
        timeoutSeconds: 2,
        periodSeconds: 5,
        failureThreshold: 3,
      });
    });
  }

  it("wait for a slow start, and spare a slow copy before they restart it", () => {
    const probes = describeProbes(one({ health: { startSeconds: 301, everySeconds: 10 } }));
    expect(probes.startupProbe).to.deep.include({ periodSeconds: 5, failureThreshold: 61 });
    expect(probes.livenessProbe).to.deep.include({ periodSeconds: 20, failureThreshold: 6 });
  });
});

describe("places of copies", () => {
  const on = (value: string): object => ({
    matchExpressions: [{ key: "platform/capacity", operator: "In", values: [value] }],
  });
  const spotTaint = { key: "platform/capacity", operator: "Equal", value: "spot", effect: "NoSchedule" };
  /** Half a minute after the control plane has noticed that a node is gone. */
  const lost = ["not-ready", "unreachable"].map((condition) => ({
    key: `node.kubernetes.io/${condition}`,
    operator: "Exists",
    effect: "NoExecute",
    tolerationSeconds: 30,
  }));
  const placementOf = (placement: object): unknown => describePlacement(one({ placement }));

  it("are any nodes unless the row says otherwise", () => {
    expect(placementOf({})).to.not.have.any.keys("nodeSelector");
    expect(dig(placementOf({}), "tolerations")).to.deep.equal(lost);
    expect(dig(placementOf({}), "affinity")).to.not.have.property("nodeAffinity");
  });

  it("are spot nodes only, past their taint", () => {
    const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [on("spot")] } };
    expect(dig(placementOf({ capacity: "spot" }), "affinity", "nodeAffinity")).to.deep.equal(required);
    expect(dig(placementOf({ capacity: "spot" }), "tolerations")).to.deep.equal([...lost, spotTaint]);
  });

  it("are spot nodes first and others when there are none", () => {
    expect(dig(placementOf({ capacity: "preferSpot" }), "affinity", "nodeAffinity")).to.deep.equal({
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, preference: on("spot") }],
    });
    expect(dig(placementOf({ capacity: "preferSpot" }), "tolerations")).to.deep.equal([...lost, spotTaint]);
  });

  it("are never nodes that AWS takes back", () => {
    expect(dig(placementOf({ capacity: "onDemand" }), "affinity", "nodeAffinity")).to.deep.equal({
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [on("onDemand")] },
    });
    expect(dig(placementOf({ capacity: "onDemand" }), "tolerations")).to.deep.equal(lost);
  });

  it("are the nodes of one group, past its taint", () => {
    expect(placementOf({ nodeGroup: "memory" })).to.deep.include({
      nodeSelector: { "node-group": "memory" },
      tolerations: [...lost, { key: "node-group", operator: "Equal", value: "memory", effect: "NoSchedule" }],
    });
  });

  it("wait for an even spread only where the row requires it", () => {
    const spread = (zones: object): unknown =>
      dig(placementOf(zones), "topologySpreadConstraints", 0, "whenUnsatisfiable");
    expect([spread({}), spread({ zones: "require" })]).to.deep.equal(["ScheduleAnyway", "DoNotSchedule"]);
  });

  it("go to whom the row ranks higher when there is no room", () => {
    expect(
      ["critical", "standard", "background"].map((priority) =>
        dig(describePlacement(one({ priority })), "priorityClassName"),
      ),
    ).to.deep.equal(["platform-critical", "platform-standard", "platform-background"]);
  });
});
