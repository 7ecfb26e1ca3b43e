import { expect } from "chai";

import type { ResourceDefinition } from "../../policy-pack/kernel/definition.ts";
import { sentences } from "../../policy-pack/kernel/findings.ts";
import { paramsOf } from "../../policy-pack/kernel/levels.ts";
import { levelsFor } from "../../policy-pack/levels/levels.ts";
import { policies } from "../../policy-pack/policies.ts";
import { fits } from "../../policy-pack/kernel/urn.ts";
import { caseBook } from "./cases/all.ts";
import type { Case } from "./cases/case.ts";
import { compliant, resourceOf } from "./fixtures/compliant.ts";
import { irrelevant } from "./fixtures/irrelevant.ts";
import { variants } from "./fixtures/variants.ts";
import { mutantsOf, recording, valuesUnder } from "./support/mutants.ts";
import type { Inputs, Path } from "./support/mutants.ts";

const fixtures = new Map<string, Inputs>(Object.entries(compliant));
const others = new Map<string, readonly Inputs[]>(Object.entries(variants));

/** What the checks of a policy for a type say of inputs in prod; that one crashed is not a finding. */
function findings(policy: ResourceDefinition, type: string, props: Inputs): readonly string[] {
  const { name, urn, provider, protect = true } = resourceOf(type, props);
  const options = {
    ...{ protect, ignoreChanges: [], aliases: [], additionalSecretOutputs: [] },
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  };
  const params = paramsOf(levelsFor("prod"), policy.name);
  const about = { type, name, urn, stack: "prod", params, options, ...(provider && { provider }) };
  return (policy.checks.get(type) ?? []).flatMap((check) => {
    try {
      return sentences(check(props, about));
    } catch {
      return [];
    }
  });
}

/** The patches that a policy objects to in its cases: they hold the values that are wrong for it. */
function badCases(policy: string): readonly unknown[] {
  const cases = Object.values<readonly Case<object>[] | undefined>(caseBook.get(policy) ?? {});
  return cases.flatMap((list = []) =>
    list.filter(({ finds }) => finds !== undefined).map(({ patch }) => patch),
  );
}

/** By each input that a policy reads of a compliant resource, whether some change of it is found. */
function fates(policy: ResourceDefinition, type: string, props: Inputs): ReadonlyMap<string, boolean> {
  const watch = recording(props);
  findings(policy, type, watch.props);
  const bad = [badCases(policy.name), fixtures.get(type)];
  const isFound = (path: Path): boolean => {
    const known = valuesUnder(path.findLast((step) => !/^\d+$/.test(step)) ?? "", bad);
    return mutantsOf(props, path, known).some((mutant) => findings(policy, type, mutant.props).length > 0);
  };
  return new Map(watch.read().map((path) => [path.join("."), isFound(path)]));
}

/** The inputs that a policy reads, and that it lets anybody change in every compliant resource of the type. */
function survivors(policy: ResourceDefinition, type: string): readonly string[] {
  const subjects = [fixtures.get(type) ?? {}, ...(others.get(type) ?? [])];
  const outcomes = subjects
    .filter((props) => findings(policy, type, props).length === 0)
    .flatMap((props) => [...fates(policy, type, props)]);
  const found = outcomes.filter(([, isFound]) => isFound).map(([path]) => `${path}.`);
  const read = [...new Set(outcomes.map(([path]) => path))];
  return read.filter((path) => !found.some((place) => place.startsWith(`${path}.`)));
}

const declared = new Map<string, readonly string[]>(
  Object.entries(irrelevant).map(([policy, reasons]) => [policy, Object.keys(reasons)]),
);

describe("a change of an input that a policy reads", () => {
  for (const policy of policies) {
    if (policy.kind !== "resource") continue;
    const globs = declared.get(policy.name) ?? [];
    const left = new Set(globs);

    for (const type of policy.checks.keys()) {
      if (type === "*") continue;
      it(`is found by ${policy.name} in ${type}`, () => {
        const unexplained = survivors(policy, type).filter((path) => {
          const glob = globs.find((candidate) => fits(candidate, path));
          if (glob !== undefined) left.delete(glob);
          return glob === undefined;
        });
        expect(unexplained).to.deep.equal([]);
      });
    }

    if (globs.length > 0) {
      it(`is excused for ${policy.name} only where that is needed`, () => {
        expect([...left]).to.deep.equal([]);
      });
    }
  }

  it("is excused for policies on resources only", () => {
    const names = policies.filter(({ kind }) => kind === "resource").map(({ name }) => name);
    expect(names).to.include.members([...declared.keys()]);
  });
});
