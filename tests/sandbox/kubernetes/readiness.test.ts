import { expect } from "chai";
import { Unready } from "../../../sandbox/unready.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { at } from "../../../sandbox/values.ts";
import { World, but, claim, deployment, ingress, running } from "./world.ts";

function namespaceThat(level: string): Properties {
  return { metadata: { name: "shop", labels: { "pod-security.kubernetes.io/enforce": level } } };
}

describe("A Kubernetes cluster keeps objects from becoming ready", () => {
  const atTest = (inputs: Properties) => but(inputs, "metadata/namespace", "shop");

  it("where the service account does not exist", () => {
    const inputs = but(deployment, "spec/template/spec/serviceAccountName", "web");
    expect(() => new World().make("apps/v1:Deployment", inputs)).to.throw(
      Unready,
      'InitializationFailed: Minimum number of live Pods was not attained: [ReplicaFailure] pods "web-" is forbidden: error looking up service account default/web: serviceaccount "web" not found',
    );
  });

  it("but keeps them, so that they can be repaired", () => {
    const world = new World();
    expect(() =>
      world.make("apps/v1:Deployment", but(deployment, "spec/template/spec/serviceAccountName", "web")),
    ).to.throw(Unready);
    expect(world.contents()).to.deep.equal(["Deployment default/web"]);
    expect(
      at(world.update("apps/v1:Deployment", "default/web", deployment).state, "status.readyReplicas"),
    ).to.equal(1);
  });

  it("where the namespace's security level is restricted", () => {
    const world = new World();
    world.make("core/v1:Namespace", namespaceThat("restricted"));
    world.make("apps/v1:Deployment", atTest(deployment));
    const loose = atTest(running({ name: "web", securityContext: undefined }));
    expect(() =>
      world.make(
        "apps/v1:Deployment",
        but(but(loose, "metadata/name", "api"), "spec/template/spec/securityContext", undefined),
      ),
    ).to.throw(
      'Minimum number of live Pods was not attained: [ReplicaFailure] pods "api-" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false (container "web" must set securityContext.allowPrivilegeEscalation=false), unrestricted capabilities (container "web" must set securityContext.capabilities.drop=["ALL"]), runAsNonRoot != true (pod or container "web" must set securityContext.runAsNonRoot=true), seccompProfile (pod or container "web" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
    );
  });

  it("where the level is baseline and a pod wants the host", () => {
    const world = new World();
    world.make("core/v1:Namespace", namespaceThat("baseline"));
    const host = {
      hostNetwork: true,
      hostPID: true,
      volumes: [{ name: "logs", hostPath: { path: "/var/log" } }],
    };
    const inputs = atTest(
      but(deployment, "spec/template/spec", {
        ...host,
        containers: [{ name: "a", image: "a", securityContext: { privileged: true } }],
      }),
    );
    expect(() => world.make("apps/v1:DaemonSet", inputs)).to.throw(
      'timed out waiting to be Ready: [FailedCreate] Error creating: pods "web-" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true, hostPID=true), hostPath volumes (volume "logs"), privileged (container "a" must not set securityContext.privileged=true)',
    );
  });

  it("and refuses a bare pod at once", () => {
    const world = new World();
    world.make("core/v1:Namespace", namespaceThat("baseline"));
    const spec = { hostIPC: true, containers: [{ name: "a", image: "a" }] };
    expect(() => world.make("core/v1:Pod", { metadata: { name: "a", namespace: "shop" }, spec })).to.throw(
      'Forbidden: pods "a" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostIPC=true)',
    );
  });

  it("where the storage class of a claim does not exist", () => {
    expect(() => new World().make("core/v1:PersistentVolumeClaim", claim)).to.throw(
      Unready,
      'status.phase is Pending: storageclass.storage.k8s.io "gp3" not found',
    );
  });

  it("where a claim names no class and none is the default", () => {
    expect(() =>
      new World().make("core/v1:PersistentVolumeClaim", but(claim, "spec/storageClassName", undefined)),
    ).to.throw(
      "status.phase is Pending: no persistent volumes available for this claim and no storage class is set",
    );
  });

  it("where the class of a StatefulSet's claims does not exist", () => {
    const inputs = but(but(deployment, "spec/volumeClaimTemplates", [claim]), "spec/replicas", 3);
    expect(() => new World().make("apps/v1:StatefulSet", inputs)).to.throw(
      '0 out of 3 replicas succeeded readiness checks: pod has unbound immediate PersistentVolumeClaims: status.phase is Pending: storageclass.storage.k8s.io "gp3" not found',
    );
  });

  it("where no controller serves the Ingress", () => {
    expect(() => new World().make("networking.k8s.io/v1:Ingress", ingress)).to.throw(
      "Ingress .status.loadBalancer field was not updated with a hostname/IP address: no controller serves ingress class alb",
    );
  });

  it("unless nobody waits for them", () => {
    const skipped = but(claim, "metadata/annotations", { "pulumi.com/skipAwait": "true" });
    expect(new World().make("core/v1:PersistentVolumeClaim", skipped).id).to.equal("default/data");
  });
});
