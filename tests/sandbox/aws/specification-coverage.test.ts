import { expect } from "chai";
import { ABSENT } from "../../../sandbox/aws/behaviour.ts";
import { factsOf, observedTypes } from "../../../sandbox/aws/facts.ts";
import { specifiedBehaviour } from "../../../sandbox/aws/specification/behaviour.ts";
import { specificationOf } from "../../../sandbox/aws/specification/names.ts";
import { specifiedProperties } from "../../../sandbox/aws/specification/properties.ts";
import { sdkTokens, sdkTypeOf } from "../../../sandbox/aws/specification/sdk.ts";
import { exceptions } from "../../../sandbox/aws/specification/services.ts";
import type { PropertyFacts } from "../../../sandbox/aws/facts.ts";
import { Account } from "../../../sandbox/account.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { hexOf } from "../../../sandbox/values.ts";

const tokens = sdkTokens();

/** A value for every required property and the name. */
function least(token: string): Properties {
  const samples: Readonly<Record<string, unknown>> = {
    number: 1,
    boolean: true,
    object: {},
    string: "value",
  };
  const wanted = [...(factsOf(token)?.values() ?? [])].filter(
    ({ path, kind }) => !/[.[]/.test(path) && (kind === "required" || path === "name"),
  );
  return Object.fromEntries(wanted.map(({ path, type }) => [path, samples[type] ?? []]));
}

describe("the types that run on their specification", () => {
  it("are all that the SDK has", () => {
    expect(tokens).to.have.length(1738);
    expect(tokens.filter((token) => sdkTypeOf(token) === undefined)).to.deep.equal([]);
  });

  it("are known by names of their own, whatever else may have the same", () => {
    expect(specifiedBehaviour("aws:codedeploy/application:Application")?.references).to.deep.equal({});
    expect(specifiedBehaviour("aws:ssm/association:Association")?.references).to.have.property("name");
  });

  it("are found in CloudFormation, as far as it has them", () => {
    expect(tokens.filter((token) => specificationOf(token) !== undefined)).to.have.length(1100);
    expect(observedTypes().filter((token) => specificationOf(token) !== undefined)).to.have.length(269);
    for (const [token, type] of Object.entries(exceptions)) {
      expect(tokens, token).to.include(token);
      expect(specificationOf(token)?.name, token).to.equal(type);
    }
  });

  it("have an id, and answer each output or name it as absent", () => {
    const account = new Account();
    const values = tokens.flatMap((token) => answersOf(token, account));
    account.close();
    const absent = values.filter((value) => value === ABSENT).length;
    expect(values).not.to.include(undefined);
    expect({ answered: values.length - absent, absent }).to.deep.equal({ answered: 3505, absent: 288 });
  });
});

/** What a type answers for each of its outputs. An id with spaces in it fails the test. */
function answersOf(token: string, account: Account): readonly unknown[] {
  const context = {
    inputs: least(token),
    name: "it",
    accountId: "111111111111",
    region: "eu-west-1",
    account,
    created: "2026-01-01T00:00:00.000Z",
    hex: (length: number, salt = "") => hexOf(`${token}${salt}`, length),
  };
  const behaviour = specifiedBehaviour(token);
  const id = behaviour?.id(context) ?? "";
  expect(id, token).to.match(/^\S+$/);
  const outputs = behaviour?.outputs({ ...context, id, before: undefined });
  const wanted = [...(sdkTypeOf(token)?.outputs ?? [])].filter((name) => name !== "tagsAll");
  return wanted.map((name) => outputs?.[name]);
}

describe("what the specification says, where the provider was observed too", () => {
  const compared = observedTypes().flatMap((token) => {
    const specified = new Map(specifiedProperties(token)?.map((facts) => [facts.path, facts]));
    const top = [...(factsOf(token)?.values() ?? [])].filter(({ path }) => !/[.[]/.test(path));
    return top.map((observed) => ({ observed, specified: specified.get(observed.path) }));
  });

  const share = (
    same: (observed: PropertyFacts, specified: PropertyFacts | undefined) => boolean,
  ): number => {
    const settable = compared.filter(({ observed }) => observed.kind !== "output");
    const right = settable.filter(({ observed, specified }) => same(observed, specified));
    return Math.round((right.length / settable.length) * 1000) / 10;
  };

  it("never errs in what is required and what is an output", () => {
    for (const kind of ["required", "output"] as const)
      expect(
        compared.filter(({ observed, specified }) => (observed.kind === kind) !== (specified?.kind === kind)),
      ).to.deep.equal([]);
  });

  it("is right about replacement in nine cases of ten", () => {
    expect(share((observed, specified) => observed.replaces === specified?.replaces)).to.equal(90.7);
  });
});
