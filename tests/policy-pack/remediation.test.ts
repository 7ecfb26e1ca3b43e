import { expect } from "chai";

import { Pack } from "../../policy-pack/kernel/pack.ts";
import { policies } from "../../policy-pack/policies.ts";
import { factsOf } from "../../sandbox/aws/facts.ts";
import { caseBook } from "./cases/all.ts";
import type { Case } from "./cases/case.ts";
import { compliant, resourceOf } from "./fixtures/compliant.ts";
import { analyze, mended } from "./support/engine.ts";

const fixtures = new Map<string, Readonly<Record<string, unknown>>>(Object.entries(compliant));
const remedying = policies.flatMap((policy) =>
  policy.kind === "resource" && policy.remedies.size > 0 ? [policy] : [],
);

/** The inputs that a finding's case gives a resource, by the cases of the policy for its type. */
function broken(policy: string, type: string): readonly Readonly<Record<string, unknown>>[] {
  const lists = new Map<string, readonly Case<object>[]>(Object.entries(caseBook.get(policy) ?? {}));
  const bad = (lists.get(type) ?? []).filter(({ finds }) => finds !== undefined);
  return bad.map(({ patch }) => plain({ ...fixtures.get(type), ...patch }));
}

/** Without what is undefined, as it comes from the engine. */
function plain(props: object): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify(props)) as Readonly<Record<string, unknown>>;
}

const packOf = (policy: (typeof remedying)[number]): Pack =>
  new Pack([policy], {
    ...{ stack: "prod", levels: { [policy.name]: "remediate" }, exemptions: [], today: "2026-11-21" },
  });

describe("the remedies of the pack", () => {
  it("are those of the policies that say so", () => {
    expect(remedying.map(({ name }) => name)).to.have.members([
      ...["alb-hardened", "cost-gp3-storage", "tags-required"],
    ]);
  });

  for (const policy of remedying) {
    for (const type of policy.remedies.keys()) {
      if (type === "*") continue;

      it(`of ${policy.name} mend ${type} in place`, () => {
        const facts = factsOf(type);
        const changes = broken(policy.name, type).flatMap((props) => {
          const result = mended(packOf(policy), resourceOf(type, props)) ?? props;
          return Object.keys(result).filter(
            (key) => JSON.stringify(result[key]) !== JSON.stringify(props[key]),
          );
        });
        expect(changes).not.to.be.empty;
        for (const key of changes) expect(facts?.get(key)?.replaces, key).to.equal(false);
      });
    }

    it(`of ${policy.name} leave every compliant resource as it is`, () => {
      for (const [type, props] of fixtures) {
        const types = [...policy.checks.keys()];
        if (types.includes(type))
          expect(mended(packOf(policy), resourceOf(type, props)), type).to.equal(undefined);
      }
    });
  }

  it("set the tags that the stack's name and project give, and what is then left is mandatory", async () => {
    const policy = remedying.find(({ name }) => name === "tags-required");
    if (policy === undefined) throw new Error("there is no tags-required");
    const vault = resourceOf("aws:backup/vault:Vault", { tags: {}, tagsAll: {} });
    const tags = mended(packOf(policy), vault)?.tagsAll;
    expect(tags).to.include({ Environment: "prod", Project: "groundwork" });
    const left = await analyze(packOf(policy), [vault]);
    expect(left.map(({ level }) => level)).to.include("mandatory");
  });
});
