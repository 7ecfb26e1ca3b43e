import { expect } from "chai";
import { Unready } from "../../../sandbox/unready.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { at } from "../../../sandbox/values.ts";
import { World, release, releaseType, repos } from "./world.ts";

const stack = (values: Properties = {}) => release("kube-prometheus-stack", repos.prometheus, values);

function installing(inputs: Properties, world = new World()) {
  return () => world.make(releaseType, inputs);
}

describe("Helm releases", () => {
  describe("whose pods the namespace's security level keeps out", () => {
    const labels = { "pod-security.kubernetes.io/enforce": "baseline" };
    const reason =
      'context deadline exceeded: node exporters are forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true, hostPID=true), hostPath volumes, hostPort';
    const monitoring = { ...stack(), namespace: "monitoring" };

    function guarded(): World {
      const world = new World();
      world.make("core/v1:Namespace", { metadata: { name: "monitoring", labels } });
      return world;
    }

    it("fail, and stay to be looked at", () => {
      const world = guarded();
      expect(installing(monitoring, world)).to.throw(
        Unready,
        `InitializationFailed: failed to become available within allocated timeout. Error: Helm Release monitoring/kube-prometheus-stack: ${reason}`,
      );
      expect(
        at(world.read(releaseType, "monitoring/kube-prometheus-stack")?.state, "status.status"),
      ).to.equal("failed");
    });

    it("fail and leave nothing behind where they are atomic", () => {
      const world = guarded();
      expect(installing({ ...monitoring, atomic: true }, world)).to.throw(
        `InstallationFailed: release kube-prometheus-stack failed, and has been uninstalled due to atomic being set: ${reason}`,
      );
      expect(world.contents()).to.deep.equal(["Namespace monitoring"]);
    });

    it("are deployed with those pods in a namespace of their own", () => {
      const world = guarded();
      world.make("core/v1:Namespace", { metadata: { name: "host" } });
      const values = { "prometheus-node-exporter": { namespaceOverride: "host" } };
      expect(at(world.make(releaseType, { ...monitoring, values }).state, "status.status")).to.equal(
        "deployed",
      );
    });

    it("are deployed without those pods", () => {
      const values = { nodeExporter: { enabled: false } };
      const { state } = guarded().make(releaseType, { ...monitoring, values });
      expect(at(state, "status.status")).to.equal("deployed");
    });
  });
});
