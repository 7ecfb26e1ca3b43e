import { expect } from "chai";

import { Pack } from "../../policy-pack/kernel/pack.ts";
import { levelsFor } from "../../policy-pack/levels/levels.ts";
import { policies } from "../../policy-pack/policies.ts";
import { caseBook } from "./cases/all.ts";
import type { Case } from "./cases/case.ts";
import { compliant, resourceOf } from "./fixtures/compliant.ts";
import { accessKey, password, UNKNOWN } from "./fixtures/values.ts";
import { analyze } from "./support/engine.ts";
import type { Finding, GraphResource } from "./support/engine.ts";

const resourcePolicies = policies.filter((policy) => policy.kind === "resource");
const fixtures = new Map<string, Readonly<Record<string, unknown>>>(Object.entries(compliant));

function judge(resource: GraphResource, stack = "prod"): Promise<readonly Finding[]> {
  const setup = { stack, levels: levelsFor(stack), exemptions: [], today: "2026-11-21" };
  return analyze(new Pack(policies, setup), [resource]);
}

function sentence({ finds, defers }: Case<object>): string {
  if (defers) return "waits for the update when";
  return finds === undefined ? "passes when" : "objects when";
}

function check(policy: string, type: string, change: Case<object>): void {
  it(`${sentence(change)} ${change.when}`, async () => {
    const { patch, finds = [], stack = "prod", about } = change;
    const resource = resourceOf(type, { ...fixtures.get(type), ...patch }, { stack, ...about });
    const findings = await judge(resource, stack);
    const own = findings.filter((finding) => finding.policy === policy);
    expect(own.map(({ message }) => message)).to.deep.equal([finds].flat());
    expect(JSON.stringify(findings)).not.to.include(password).and.not.to.include(accessKey);
    const deferred = findings.find((finding) => finding.policy === "checks-deferred")?.message ?? "";
    expect(deferred.includes(` ${policy} `), `deferred: ${deferred}`).to.equal(change.defers === true);
  });
}

for (const { name, checks } of resourcePolicies) {
  describe(name, () => {
    const cases = new Map<string, readonly Case<object>[]>(Object.entries(caseBook.get(name) ?? {}));
    const types = [...checks.keys()].filter((type) => type !== "*");

    it("has a case that it objects to for each type it looks at", () => {
      const proven = [...cases].filter(([, list]) => list.some(({ finds }) => finds !== undefined));
      expect(proven.map(([type]) => type))
        .to.include.members(types)
        .and.not.to.deep.equal([]);
    });

    for (const [type, list] of cases) {
      describe(type, () => {
        for (const change of list) check(name, type, change);
      });
    }
  });
}

describe("every resource policy", () => {
  const soleExistence = [
    ...Object.keys(compliant).filter((type) => /:Bucket\w*V2$/.test(type)),
    "aws:iam/policyAttachment:PolicyAttachment",
    ...["aws:iam/accessKey:AccessKey", "aws:iam/user:User", "aws:iam/userLoginProfile:UserLoginProfile"],
    ...["aws:iam/userPolicy:UserPolicy", "aws:iam/userPolicyAttachment:UserPolicyAttachment"],
  ];

  for (const [type, props] of fixtures) {
    if (soleExistence.includes(type)) continue;

    it(`passes the compliant ${type}`, async () => {
      const findings = await judge(resourceOf(type, props));
      const names = resourcePolicies.map(({ name }) => name);
      expect(findings.filter(({ policy }) => names.includes(policy))).to.deep.equal([]);
    });

    it(`objects to nothing that is not known yet in ${type}`, async () => {
      for (const key of Object.keys(props)) {
        const findings = await judge(resourceOf(type, { ...props, [key]: UNKNOWN }));
        const names = resourcePolicies.map(({ name }) => name);
        const found = findings.filter(({ policy }) => names.includes(policy));
        // Rules on the presence of an input hold whatever its value.
        expect(
          found.filter(({ message }) => !message.startsWith(`${key} is set`)),
          key,
        ).to.deep.equal([]);
      }
    });

    it(`survives ${type} without any input`, async () => {
      const findings = await judge(resourceOf(type, {}));
      expect(findings.filter(({ message }) => message.includes("crashed"))).to.deep.equal([]);
    });
  }

  it("ignores a type that none looks at", async () => {
    const findings = await judge(
      resourceOf("random:index/randomPet:RandomPet", { publiclyAccessible: true }),
    );
    expect(findings).to.deep.equal([]);
  });
});
