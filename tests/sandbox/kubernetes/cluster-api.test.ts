import { expect } from "chai";
import type { Address, ClusterApi, Live, Release, Warning } from "../../../sandbox/kubernetes/api.ts";
import { kubernetesProviderOn } from "../../../sandbox/kubernetes/provider.ts";
import type { Properties, Session } from "../../../sandbox/model.ts";
import { Refusal } from "../../../sandbox/model.ts";
import { Account } from "../../../sandbox/account.ts";
import { at } from "../../../sandbox/values.ts";
import { Unready } from "../../../sandbox/unready.ts";
import { subject } from "./world.ts";

/** An API server of a few lines, with kinds of its own, which shares nothing with the simulated one. */
class FakeServer implements ClusterApi {
  public readonly objects = new Map<string, Live>();
  public readonly releases = new Map<string, Release>();
  public status: Properties = { availableReplicas: 1 };
  public events: readonly Warning[] = [];

  public readonly helm = {
    locate: () => ({ name: "tea", version: "1.2.3", appVersion: "9", seconds: 1 }),
    get: (id: string) => this.releases.get(id),
    install: (release: Properties) => this.#release(release, 1),
    upgrade: (_: string, release: Properties) => this.#release(release, 2),
    uninstall: (id: string) => (this.releases.delete(id) ? 7 : 0),
  };

  public discover(apiVersion: string, kind: string) {
    if (kind === "Nothing") return undefined;
    const group = apiVersion.split("/")[0] ?? "";
    return { group, kind, plural: `${kind.toLowerCase()}s`, namespaced: true, hasStatus: true, served: true };
  }

  public capabilities() {
    return { version: "v1.99.0", apiVersions: ["tea.example.com/v1"] };
  }

  public judge(object: Properties) {
    return object.wrong === undefined ? [] : [{ property: "wrong", reason: "no server takes this" }];
  }

  public get({ namespace, name }: Address): Live | undefined {
    return this.objects.get(`${namespace ?? ""}/${name}`);
  }

  public create(object: Properties): Live {
    const id = [at(object, "metadata.namespace"), at(object, "metadata.name")].join("/");
    if (this.objects.has(id)) throw new Refusal("AlreadyExists", `${id} is there`);
    return this.apply(object);
  }

  public apply(object: Properties): Live {
    const id = [at(object, "metadata.namespace"), at(object, "metadata.name")].join("/");
    const live = { applied: object, object: { ...object, status: this.status }, seconds: 3 };
    this.objects.set(id, live);
    return live;
  }

  public patch(object: Properties): Live {
    return this.apply(object);
  }

  public relinquish({ namespace, name }: Address): void {
    this.objects.delete(`${namespace ?? ""}/${name}`);
  }

  public delete({ namespace, name }: Address): number {
    return this.objects.delete(`${namespace ?? ""}/${name}`) ? 5 : 0;
  }

  public warnings(): readonly Warning[] {
    return this.events;
  }

  #release(release: Properties, revision: number): Release {
    const object = { ...release, status: { revision } };
    const live = {
      applied: release,
      object,
      seconds: 4,
      failure: release.broken === true ? "no luck" : undefined,
    };
    this.releases.set("default/tea", live);
    return live;
  }
}

const session: Session = { account: new Account(), settings: {}, preview: false, seed: "one" };
const deployment = subject("apps/v1:Deployment");
const named = { metadata: { name: "web" } };

function providerOn(server: FakeServer) {
  return kubernetesProviderOn(() => ({ api: server, namespace: "tea-room" }));
}

describe("The Kubernetes provider, on an API server that is not the simulated one", () => {
  it("fills in kind and namespace, and reports what the server finds", () => {
    const { inputs, failures } = providerOn(new FakeServer()).check(session, deployment, undefined, {
      ...named,
      wrong: true,
    });
    expect(inputs.metadata).to.deep.equal({ name: "web", namespace: "tea-room" });
    expect(failures).to.deep.equal([{ property: "wrong", reason: "no server takes this" }]);
  });

  it("creates, reads, changes and deletes objects there", () => {
    const server = new FakeServer();
    const provider = providerOn(server);
    const { inputs } = provider.check(session, deployment, undefined, named);
    const made = provider.create(session, deployment, inputs);
    expect(made).to.deep.include({ id: "tea-room/web", seconds: 3 });
    expect(provider.read(session, deployment, made.id, undefined)?.inputs).to.deep.equal(inputs);
    server.status = { availableReplicas: 2 };
    const spec = { replicas: 2 };
    expect(
      provider.update(session, deployment, made.id, made.state, { ...inputs, spec }).state.status,
    ).to.equal(server.status);
    expect(provider.delete(session, deployment, made.id)).to.equal(5);
    expect(server.objects.size).to.equal(0);
  });

  it("passes the server's refusals on", () => {
    const provider = providerOn(new FakeServer());
    const { inputs } = provider.check(session, deployment, undefined, named);
    provider.create(session, deployment, inputs);
    expect(() => provider.create(session, deployment, inputs)).to.throw(
      "AlreadyExists: tea-room/web is there",
    );
  });

  it("waits for the server's status, and quotes its warnings", () => {
    const server = new FakeServer();
    server.status = { availableReplicas: 0 };
    server.events = [{ reason: "FailedScheduling", message: "no kettle" }];
    const provider = providerOn(server);
    const { inputs } = provider.check(session, deployment, undefined, named);
    expect(() => provider.create(session, deployment, inputs)).to.throw(
      Unready,
      "Minimum number of live Pods was not attained: [FailedScheduling] no kettle",
    );
  });

  it("asks nothing of the server in a preview but what it knows of the kind", () => {
    const server = new FakeServer();
    providerOn(server).create({ ...session, preview: true }, deployment, named);
    expect(server.objects.size).to.equal(0);
  });

  it("refuses a kind that the server does not have", () => {
    expect(() =>
      providerOn(new FakeServer()).check(session, subject("apps/v1:Nothing"), undefined, {}),
    ).to.throw('UnsupportedType: the sandbox does not simulate kubernetes:apps/v1:Nothing, which "web" is');
  });

  it("installs, upgrades and uninstalls releases there, and keeps one that fails", () => {
    const server = new FakeServer();
    const provider = providerOn(server);
    const release = subject("helm.sh/v3:Release", "tea");
    const { inputs } = provider.check(session, release, undefined, { chart: "tea", name: "tea" });
    expect(inputs).to.include({ version: "1.2.3", namespace: "tea-room" });
    expect(() => provider.create(session, release, { ...inputs, broken: true })).to.throw(
      Unready,
      "failed to become available within allocated timeout. Error: Helm Release tea-room/tea: no luck",
    );
    expect(provider.update(session, release, "default/tea", {}, inputs).state.status).to.deep.equal({
      revision: 2,
    });
    expect(provider.delete(session, release, "default/tea")).to.equal(7);
  });
});
