import type { Immediate } from "./answers.ts";
import { factsOf } from "./aws/facts.ts";
import { awsProvider } from "./aws/provider.ts";
import { dockerBuildProvider } from "./images/docker-build.ts";
import { dockerProvider } from "./images/docker.ts";
import { logicalName } from "./inspection.ts";
import { kubernetesProvider } from "./kubernetes/simulated.ts";
import type { AccountStore, Properties, Provider, Session, Stored, Subject } from "./model.ts";
import { isRecord, text } from "./values.ts";
import type { Change } from "./workspace.ts";

/** A thing as its service sees it: who answers for it, and through which settings. */
interface Reached {
  readonly provider: Immediate<Provider>;
  readonly session: Session;
  readonly subject: Subject;
}

/** The same kubeconfig that a person would have, without credentials. */
function kubeconfigOf(server: string): Properties {
  return {
    "current-context": "cluster",
    contexts: [{ name: "cluster", context: { cluster: "cluster" } }],
    clusters: [{ name: "cluster", cluster: { server } }],
  };
}

function settingsOf(account: AccountStore, { token, scope }: Stored): Properties {
  if (token.startsWith("aws:")) return { region: scope === "global" ? "us-east-1" : scope };
  const cluster = account.named(scope).find((thing) => thing.token === "aws:eks/cluster:Cluster");
  const server = text(cluster?.state.endpoint);
  return server === undefined ? {} : { kubeconfig: kubeconfigOf(server) };
}

/** Who answers for a package; for all others it is the cluster. */
const providers: Readonly<Record<string, Immediate<Provider>>> = {
  aws: awsProvider,
  docker: dockerProvider,
  "docker-build": dockerBuildProvider,
};

function reach(account: AccountStore, thing: Stored): Reached {
  return {
    provider: providers[thing.token.split(":")[0] ?? ""] ?? kubernetesProvider,
    session: { account, settings: settingsOf(account, thing), preview: false, seed: "" },
    subject: { urn: thing.urn, token: thing.token, name: logicalName(thing) },
  };
}

/** A copy in which the value at the path is another. */
function withValue(value: unknown, [step, ...rest]: readonly string[], news: unknown): unknown {
  if (step === undefined) return news;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (String(index) === step ? withValue(item, rest, news) : item));
  const record = isRecord(value) ? value : {};
  return { ...record, [step]: withValue(record[step], rest, news) };
}

function changed(inputs: Properties, changes: readonly Change[]): Properties {
  const news = changes.reduce<unknown>((value, { path, value: to }) => withValue(value, path, to), inputs);
  return isRecord(news) ? news : inputs;
}

/** Names of the properties that can be set, from the schema; of a type without one, those that the thing has. */
function settable({ token, state }: Stored): readonly string[] {
  const facts = [...(factsOf(token)?.values() ?? [])];
  if (facts.length === 0) return Object.keys(state).sort();
  return facts
    .filter(({ path, kind }) => kind !== "output" && !/[.[]/.test(path))
    .map(({ path }) => path)
    .sort();
}

/** @throws Error for a property that the type does not have, or that only the service sets. */
function mustBeSettable(thing: Stored, changes: readonly Change[]): void {
  const known = settable(thing);
  for (const { path } of changes) {
    const [property = ""] = path;
    if (!known.includes(property))
      throw new Error(`${thing.token} has no property ${property} to set: it has ${known.join(", ")}`);
  }
}

/** @throws Error for what the type's schema does not take. */
function mustBeValid({ provider, session, subject }: Reached, thing: Stored, news: Properties): Properties {
  const { inputs, failures } = provider.check(session, subject, thing.inputs, news);
  const reasons = failures.map(({ property, reason }) => `${property}: ${reason}`);
  if (reasons.length > 0) throw new Error(`${thing.token}: ${reasons.join("; ")}`);
  return inputs;
}

/**
 * Changes a thing behind Pulumi's back, as a person at a console does: the service takes only what it would take from anybody.
 * @throws Error for what the type does not have or take, and for what cannot be changed in place; Refusal when the service refuses.
 */
export function change(account: AccountStore, thing: Stored, changes: readonly Change[]): void {
  mustBeSettable(thing, changes);
  const reached = reach(account, thing);
  const { provider, session, subject } = reached;
  const before = provider.read(session, subject, thing.id, thing.inputs)?.inputs ?? thing.inputs;
  const news = mustBeValid(reached, { ...thing, inputs: before }, changed(before, changes));
  const difference = provider.diff(session, subject, before, thing.state, news);
  const fixed = difference.changes.filter(({ replaces }) => replaces).map(({ path }) => path);
  if (fixed.length > 0) throw new Error(`${thing.token}: ${fixed.join(", ")} cannot be changed in place`);
  if (difference.changes.length === 0) throw new Error(`${thing.id} is like that already`);
  provider.update(session, subject, thing.id, thing.state, news);
}

/**
 * Deletes a thing behind Pulumi's back. @throws Refusal while something holds it.
 * @param force takes it away whatever holds it, as no service would.
 */
export function takeAway(account: AccountStore, thing: Stored, force: boolean): void {
  const { provider, session, subject } = reach(account, thing);
  if (force) account.remove(thing);
  else provider.delete(session, subject, thing.id);
}
