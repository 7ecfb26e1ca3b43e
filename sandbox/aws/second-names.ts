import type { Immediate } from "../answers.ts";
import type { Properties, Provider, Subject } from "../model.ts";
import { isRecord, list } from "../values.ts";
import { schemaOf } from "./schema/facts.ts";
import type { Node } from "./schema/model.ts";

/**
 * The provider has some types twice: those of load balancers under both names that AWS has had for them, and those of buckets under the
 * names of an earlier version, which are deprecated. https://www.pulumi.com/registry/packages/aws/how-to-guides/7-0-migration/
 */
export function firstNameOf(token: string): string {
  return token
    .replace(/^aws:alb\//, "aws:lb/")
    .replace(/^(aws:s3\/bucket[A-Za-z]*)V2:(Bucket[A-Za-z]*)V2$/, "$1:$2");
}

/** The same account for a program that calls things by their second names: what it makes is found under the first. */
export function underFirstNames(provider: Immediate<Provider>): Immediate<Provider> {
  const first = (subject: Subject): Subject => ({ ...subject, token: firstNameOf(subject.token) });
  return {
    ...provider,
    check: (session, subject, olds, news) =>
      provider.check(session, first(subject), olds, singularFor(subject, news)),
    diff: (session, subject, oldInputs, oldState, news) =>
      provider.diff(session, first(subject), oldInputs, oldState, news),
    create: (session, subject, inputs) => provider.create(session, first(subject), inputs),
    read: (session, subject, id, inputs) => provider.read(session, first(subject), id, inputs),
    update: (session, subject, id, oldState, inputs) =>
      provider.update(session, first(subject), id, oldState, inputs),
    delete: (session, subject, id) => provider.delete(session, first(subject), id),
  };
}

/** A `BucketV2` has lists where a bucket has one object: `versionings[0]` for `versioning`. */
function singularFor({ token }: Subject, news: Properties): Properties {
  const name = firstNameOf(token);
  return name === token ? news : singular(schemaOf(name), news);
}

function singular(node: Node, given: Properties): Properties {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      const one = name.replace(/s$/, "");
      const child = node.children.get(name) ?? node.children.get(one);
      if (child === undefined) return [name, value];
      if (node.children.has(name)) return [name, within(child, value)];
      return [one, within(child, Array.isArray(value) ? list(value)[0] : value)];
    }),
  );
}

function within(node: Node, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => within(node, item));
  return isRecord(value) && node.children.size > 0 ? singular(node, value) : value;
}
