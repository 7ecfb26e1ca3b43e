import { expect } from "chai";
import { kubernetesProvider } from "../../../sandbox/kubernetes/simulated.ts";
import { UNKNOWN, at } from "../../../sandbox/values.ts";
import type { Story } from "./desk.ts";
import { endOf, laterProvider, told } from "./desk.ts";
import { World, but, deployment, gp3, release, releaseType, repos, subject } from "./world.ts";

const deploymentType = "apps/v1:Deployment";
const certManager = release("cert-manager", repos.jetstack, { crds: { enabled: true } });
const keda = release("keda", "https://kedacore.github.io/charts", { crds: { install: true } });
const scaledObject = {
  metadata: { name: "queue", namespace: "shop" },
  spec: { scaleTargetRef: { name: "web" }, triggers: [{ type: "cron", metadata: {} }] },
};

describe("The Kubernetes provider answers when the cluster does", () => {
  const world = new World();
  const inputs = { ...deployment, apiVersion: "apps/v1", kind: "Deployment" };

  it("at once", () => {
    expect(kubernetesProvider.create(world.session(), subject(deploymentType), inputs).id).to.equal(
      "default/web",
    );
  });

  it("later", async () => {
    const answer = laterProvider.read(world.session(), subject(deploymentType), "default/web", undefined);
    expect(answer).to.be.instanceOf(Promise);
    expect((await answer)?.id).to.equal("default/web");
  });
});

describe("Whether the cluster answers at once or later, the Kubernetes provider", () => {
  it("makes an object, and finds it", async () => {
    const end = await told(async (desk) => {
      const { id, state, seconds } = await desk.make(deploymentType, deployment);
      expect((await desk.read(deploymentType, id))?.state).to.deep.equal(state);
      return [id, at(state, "status.readyReplicas"), seconds];
    });
    expect(end).to.deep.equal(["default/web", 1, 30]);
  });

  it("makes nothing in a preview", async () => {
    const end = await told(async (desk) => {
      const { id, state } = await desk.preview(deploymentType, deployment);
      return [id, state.status, desk.world.contents()];
    });
    expect(end).to.deep.equal(["", UNKNOWN, []]);
  });

  it("tells what changes, and what is replaced for it", async () => {
    const more = but(but(deployment, "spec/replicas", 3), "spec/selector", { matchLabels: { app: "shop" } });
    const changed = but(more, "spec/template/metadata/labels/app", "shop");
    expect(await told((desk) => desk.diff(deploymentType, deployment, changed))).to.deep.equal([
      "spec.selector.matchLabels.app!",
      "spec.template.metadata.labels.app",
      "spec.replicas",
    ]);
  });

  it("changes an object in place", async () => {
    const end = await told(async (desk) => {
      await desk.make(deploymentType, deployment);
      const { state } = await desk.update(deploymentType, "default/web", but(deployment, "spec/replicas", 3));
      return [at(state, "metadata.generation"), at(state, "status.readyReplicas")];
    });
    expect(end).to.deep.equal([2, 3]);
  });

  it("deletes an object, and finds it gone", async () => {
    const end = await told(async (desk) => {
      const { id } = await desk.make("storage.k8s.io/v1:StorageClass", gp3);
      const seconds = await desk.delete("storage.k8s.io/v1:StorageClass", id);
      return [seconds, await desk.read("storage.k8s.io/v1:StorageClass", id)];
    });
    expect(end).to.deep.equal([1, undefined]);
  });

  it("reports what the server finds wrong with an object", async () => {
    const wrong = but(deployment, "spec/replicas", -1);
    expect(await told((desk) => desk.make(deploymentType, wrong))).to.equal(
      "Error: spec.replicas: Invalid value: -1: must be greater than or equal to 0",
    );
  });

  it("passes on what the server refuses", async () => {
    const elsewhere = but(deployment, "metadata/namespace", "shop");
    expect(await told((desk) => desk.make(deploymentType, elsewhere))).to.equal(
      'Refusal: NotFound: namespaces "shop" not found',
    );
    const twice: Story = async (desk) => {
      await desk.make(deploymentType, deployment);
      return desk.make(deploymentType, deployment, "other");
    };
    expect(await told(twice)).to.equal('Refusal: AlreadyExists: deployments.apps "web" already exists');
  });

  it("refuses a kind that the server does not have", async () => {
    expect(await told((desk) => desk.make("apps/v1:Nothing", {}))).to.equal(
      'Refusal: UnsupportedType: the sandbox does not simulate kubernetes:apps/v1:Nothing, which "web" is',
    );
  });

  it("keeps an object that never becomes ready, until it is mended", async () => {
    const stranger = but(deployment, "spec/template/spec/serviceAccountName", "web");
    const end = await told((desk) => desk.make(deploymentType, stranger));
    expect(at(end, "[0]")).to.equal(
      'InitializationFailed: Minimum number of live Pods was not attained: [ReplicaFailure] pods "web-" is forbidden: error looking up service account default/web: serviceaccount "web" not found',
    );
    expect(at(end, "[1].id")).to.equal("default/web");
    const mended: Story = async (desk) => {
      await endOf((same) => same.make(deploymentType, stranger), desk);
      const { state } = await desk.update(deploymentType, "default/web", deployment);
      return [at(state, "status.readyReplicas"), desk.notes()];
    };
    expect(await told(mended)).to.deep.equal([1, ["create web", "update web"]]);
  });

  it("says what keeps an object that is to be deleted", async () => {
    const end = await told(async (desk) => {
      await desk.make("core/v1:Namespace", { metadata: { name: "shop" } });
      await desk.make(releaseType, keda);
      await desk.make("keda.sh/v1alpha1:ScaledObject", scaledObject);
      await desk.delete(releaseType, "kube-system/keda");
      return desk.delete("core/v1:Namespace", "shop");
    });
    expect(end).to.contain("failed to fully delete in time: finalizers might be preventing deletion: Some");
  });
});

describe("Whether the cluster answers at once or later, a Helm release", () => {
  const id = "kube-system/cert-manager";
  const hurried = { ...certManager, timeout: 10 };

  it("is installed, upgraded, read and uninstalled", async () => {
    const end = await told(async (desk) => {
      const made = await desk.make(releaseType, certManager);
      const { state } = await desk.update(releaseType, made.id, certManager);
      expect((await desk.read(releaseType, id))?.state).to.deep.equal(state);
      const seconds = await desk.delete(releaseType, id);
      return [made.id, at(state, "status.revision"), seconds, await desk.read(releaseType, id)];
    });
    expect(end).to.deep.equal([id, 2, 20, undefined]);
  });

  it("is kept where it fails, until it is upgraded", async () => {
    const end = await told((desk) => desk.make(releaseType, hurried));
    expect(at(end, "[0]")).to.equal(
      `InitializationFailed: failed to become available within allocated timeout. Error: Helm Release ${id}: context deadline exceeded`,
    );
    expect(at(end, "[1].state.status.status")).to.equal("failed");
    const mended: Story = async (desk) => {
      await endOf((same) => same.make(releaseType, hurried), desk);
      return at((await desk.update(releaseType, id, certManager)).state, "status.status");
    };
    expect(await told(mended)).to.equal("deployed");
  });

  it("leaves nothing where it fails and is atomic", async () => {
    expect(await told((desk) => desk.make(releaseType, { ...hurried, atomic: true }))).to.equal(
      "Refusal: InstallationFailed: release cert-manager failed, and has been uninstalled due to atomic being set: context deadline exceeded",
    );
  });

  it("is refused where its chart cannot be had", async () => {
    const toCome = { ...certManager, version: "99.0.0" };
    expect(await told((desk) => desk.make(releaseType, toCome))).to.equal(
      `Error: chart: chart "cert-manager" version "99.0.0" not found in ${repos.jetstack} repository; check the chart name and repository configuration.`,
    );
  });
});
