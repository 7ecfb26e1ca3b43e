import { expect } from "chai";
import { untilReady } from "../../../sandbox/kubernetes/patience.ts";
import { kubernetesProvider } from "../../../sandbox/kubernetes/simulated.ts";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { carrying, committing } from "../../../sandbox/operations.ts";
import { Unready } from "../../../sandbox/unready.ts";
import { World, but, deployment, release, repos, subject } from "./world.ts";

/** Makes objects at the same time, as the engine does, with a provider that has little patience. */
function cluster() {
  const world = new World();
  const provider = carrying(
    kubernetesProvider,
    untilReady(kubernetesProvider, 200)(committing(world.account)),
  );
  const make = async (type: string, news: Properties): Promise<Settled> => {
    const { inputs } = world.check(type, news);
    return provider.create(world.session(), subject(type), inputs);
  };
  const notes = (): readonly string[] =>
    world.account.operations().map(({ token, kind }) => `${kind} ${token.split(":").at(-1) ?? ""}`);
  return { world, provider, make, notes };
}

const account = { metadata: { name: "web", namespace: "default" } };
const withAccount = but(deployment, "spec/template/spec/serviceAccountName", "web");

describe("A Kubernetes object that is not ready", () => {
  it("becomes ready when another resource makes what it waits for, and is noted once", async () => {
    const { make, notes } = cluster();
    const web = make("apps/v1:Deployment", withAccount);
    await make("core/v1:ServiceAccount", account);
    expect((await web).state.status).to.deep.include({ availableReplicas: 1 });
    expect(notes()).to.deep.equal(["create ServiceAccount", "create Deployment"]);
  });

  it("becomes ready also where creation has dropped a field of it", async () => {
    const { make } = cluster();
    const web = make("apps/v1:Deployment", but(withAccount, "spec/replicaz", 2));
    await make("core/v1:ServiceAccount", account);
    expect((await web).state.spec).not.to.have.property("replicaz");
  });

  it("fails when nothing more happens, is there, and is noted once", async () => {
    const { world, make, notes } = cluster();
    const failure: unknown = await make("apps/v1:Deployment", withAccount).catch((error: unknown) => error);
    expect(failure).to.be.instanceOf(Unready);
    expect(String(failure)).to.contain('serviceaccount "web" not found');
    expect(world.contents()).to.deep.equal(["Deployment default/web"]);
    expect(notes()).to.deep.equal(["create Deployment"]);
  });

  it("may be one that was changed", async () => {
    const { world, provider, make } = cluster();
    await make("apps/v1:Deployment", deployment);
    const { inputs } = world.check("apps/v1:Deployment", withAccount);
    const session = world.session();
    const changed = provider.update(session, subject("apps/v1:Deployment"), "default/web", {}, inputs);
    await make("core/v1:ServiceAccount", account);
    expect((await changed).state.status).to.deep.include({ availableReplicas: 1 });
  });

  it("may wait for its namespace", async () => {
    const { make } = cluster();
    const map = make("core/v1:ConfigMap", { metadata: { name: "web", namespace: "shop" } });
    await make("core/v1:Namespace", { metadata: { name: "shop" } });
    expect((await map).id).to.equal("shop/web");
  });

  it("does not keep waiting for what the API server refuses, nor does Helm", async () => {
    const { make } = cluster();
    await make("core/v1:ServiceAccount", account);
    const again: unknown = await make("core/v1:ServiceAccount", account).catch(String);
    expect(again).to.match(/AlreadyExists/);
    const { provider, world } = cluster();
    const chart = { ...release("aws-load-balancer-controller", repos.aws), namespace: "shop" };
    expect(() => provider.create(world.session(), subject("helm.sh/v3:Release"), chart)).to.throw(
      'create: failed to create: namespaces "shop" not found',
    );
  });
});
