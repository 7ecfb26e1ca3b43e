import { expect } from "chai";
import type { Awaitable } from "../../../sandbox/answers.ts";
import type { Connection } from "../../../sandbox/kubernetes/api.ts";
import { kubernetesProviderOn } from "../../../sandbox/kubernetes/provider.ts";
import { connect } from "../../../sandbox/kubernetes/server/connect.ts";
import { kubernetesProvider } from "../../../sandbox/kubernetes/simulated.ts";
import type { Found, Properties, Provider, Settled } from "../../../sandbox/model.ts";
import { carrying, committing } from "../../../sandbox/operations.ts";
import { Unready } from "../../../sandbox/unready.ts";
import { distant } from "../answering.ts";
import { World, subject } from "./world.ts";

/** What a test does to a cluster through the provider, with each operation committed and noted, whenever the answers come. */
export class Desk {
  public readonly world = new World();
  readonly #provider: Provider;

  public constructor(provider: Provider) {
    this.#provider = carrying(provider, committing(this.world.account));
  }

  public async check(type: string, news: Properties, name = "web", olds?: Properties): Promise<Properties> {
    const { inputs, failures } = await this.#provider.check(
      this.world.session(),
      subject(type, name),
      olds,
      news,
    );
    const reasons = failures.map(({ property, reason }) => `${property}: ${reason}`);
    if (reasons.length > 0) throw new Error(reasons.join("; "));
    return inputs;
  }

  public async make(type: string, news: Properties, name = "web"): Promise<Settled> {
    return this.send(type, await this.check(type, news, name), name);
  }

  /** Create alone: the cluster is asked when this returns. */
  public send(type: string, inputs: Properties, name = "web"): Awaitable<Settled> {
    return this.#provider.create(this.world.session(), subject(type, name), inputs);
  }

  public async preview(type: string, news: Properties): Promise<Settled> {
    const inputs = await this.check(type, news);
    return this.#provider.create(this.world.session(true), subject(type), inputs);
  }

  public async update(type: string, id: string, news: Properties): Promise<Settled> {
    const before = await this.read(type, id);
    const inputs = await this.check(type, news, "web", before?.inputs);
    return this.#provider.update(this.world.session(), subject(type), id, before?.state ?? {}, inputs);
  }

  public async diff(type: string, before: Properties, after: Properties): Promise<readonly string[]> {
    const olds = await this.check(type, before);
    const news = await this.check(type, after, "web", olds);
    const { changes } = await this.#provider.diff(this.world.session(), subject(type), olds, olds, news);
    return changes.map(({ path, replaces }) => (replaces ? `${path}!` : path));
  }

  public async read(type: string, id: string): Promise<Found> {
    return this.#provider.read(this.world.session(), subject(type), id, undefined);
  }

  public async delete(type: string, id: string): Promise<number> {
    return this.#provider.delete(this.world.session(), subject(type), id);
  }

  /** What was done to which resource, in order. */
  public notes(): readonly string[] {
    return this.world.account.operations().map(({ urn, kind }) => `${kind} ${urn.split("::").at(-1) ?? ""}`);
  }
}

/** The provider on the simulated clusters, asked over a network. */
export const laterProvider: Provider = kubernetesProviderOn((session): Connection =>
  distant(connect(session)),
);

/** What is done at a desk, and what is told of it. */
export type Story = (desk: Desk) => Promise<unknown>;

/** How a story ends: with what it tells, or with the error. */
export async function endOf(story: Story, desk: Desk): Promise<unknown> {
  try {
    return await story(desk);
  } catch (error) {
    return error instanceof Unready ? [error.message, error.settled] : String(error);
  }
}

/** The end of a story with everything that it leaves in the account, but for the times of day. */
function left(end: unknown, { world: { account } }: Desk): unknown {
  const all = { end, things: [...account.everything()], operations: account.operations() };
  return JSON.parse(JSON.stringify(all).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "then"));
}

/** How a story ends: in the same way, and leaving the same, whether the cluster answers at once or later. */
export async function told(story: Story): Promise<unknown> {
  const [near, far] = [new Desk(kubernetesProvider), new Desk(laterProvider)];
  const end = await endOf(story, near);
  expect(left(await endOf(story, far), far)).to.deep.equal(left(end, near));
  return end;
}
