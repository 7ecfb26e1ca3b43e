import { Linter } from "eslint";
import { expect } from "chai";
import tseslint from "typescript-eslint";
import { houseRules } from "../eslint.config.ts";

/** What the house rules say about a piece of code. */
function complaints(code: string): readonly string[] {
  const rules: Linter.RulesRecord = { "no-restricted-syntax": ["error", ...houseRules] };
  const config: Linter.Config = { languageOptions: { parser: tseslint.parser }, rules };
  return new Linter().verify(code, config).map(({ message }) => message);
}

const cases: readonly [what: string, bad: string, good: string, message: string][] = [
  [
    "a resource made inside apply",
    "vpc.id.apply((id) => new aws.ec2.Subnet('a', { vpcId: id }, { parent: this }));",
    "vpc.id.apply((id) => pulumi.interpolate`${id}`);",
    "Resources made inside apply() are invisible to preview.",
  ],
  [
    "a child without options",
    "class A extends pulumi.ComponentResource { constructor() { new aws.ec2.Vpc('a', {}); } }",
    "class A extends pulumi.ComponentResource { constructor() { new aws.ec2.Vpc('a', {}, { parent: this }); } }",
    "Child resources need options: pass { parent: this }.",
  ],
  [
    "a component that asks for the stack's name",
    "const stack = pulumi.getStack();",
    "const stack = settings.stack;",
    "Only config.ts and the policy pack ask for the stack's name: make the difference a setting.",
  ],
  [
    "a component that reads settings itself",
    "const config = new pulumi.Config();",
    "const config = loadConfig();",
    "Only config.ts reads the stack's settings.",
  ],
  [
    "a component that reads the environment",
    "const region = process.env.AWS_REGION;",
    "const region = settings.region;",
    "Components take settings, not the environment.",
  ],
  [
    "a type assertion",
    "const name = value as string;",
    "const tiers = ['public', 'private'] as const;",
    "Narrow the type instead of asserting it.",
  ],
];

describe("the linter's house rules", () => {
  for (const [what, bad, good, message] of cases) {
    it(`refuse ${what}`, () => {
      expect(complaints(bad)).to.deep.equal([message]);
    });
    it(`allow the other way beside ${what}`, () => {
      expect(complaints(good)).to.deep.equal([]);
    });
  }

  it("are all tested here", () => {
    expect(cases.map(([, , , message]) => message)).to.have.members(houseRules.map(({ message }) => message));
  });
});
