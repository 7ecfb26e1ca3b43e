import { expect } from "chai";

import { policies } from "../../../policy-pack/policies.ts";
import { relatedByAws, requirements, untestable } from "../../../policy-pack/requirements.ts";
import { frameworksPage } from "../../../tools/docs/frameworks.ts";

describe("the page of frameworks", () => {
  const page = frameworksPage({ policies, relatedByAws, requirements, untestable });

  it("names only policies that there are, each once for a requirement", () => {
    const names = policies.map(({ name }) => name);
    for (const [framework, its] of Object.entries(requirements)) {
      expect(new Set(its.map(({ id }) => id)).size, framework).to.equal(its.length);
      for (const { id, policies: tested } of its) {
        expect(names, id).to.include.members([...tested]);
        expect(new Set(tested).size, id).to.equal(tested.length);
      }
    }
  });

  it("relates no control that no policy answers", () => {
    const answered = policies.flatMap(({ controls }) => controls?.fsbp ?? []);
    for (const [framework, its] of Object.entries(relatedByAws)) {
      expect(new Set(its.map(({ id }) => id)).size, framework).to.equal(its.length);
      for (const { id, controls } of its) expect(answered, id).to.include.members([...controls]);
    }
  });

  it("lists the policies of a requirement by the controls that AWS relates to it", () => {
    expect(page).to.match(
      /^\| 3\.7\.4 +\| Keys are changed at the end of their period +\| KMS\.4 +\| \[kms-lifecycle\]\(policies\.md#kms-lifecycle\) +\|$/m,
    );
  });

  it("lists the policies of a control", () => {
    expect(page).to.match(/^\| RDS\.2 +\| \[rds-not-public\]\(policies\.md#rds-not-public\) +\|$/m);
  });

  it("puts controls in the order of their numbers", () => {
    const at = (control: string): number => page.search(new RegExp(`^\\| ${control} `, "m"));
    expect(at("S3\\.2")).to.be.above(0).and.below(at("S3\\.13"));
  });

  it("says what cannot be tested, and why", () => {
    expect(page).to.contain("## What cannot be tested by looking at a program");
    expect(page).to.contain("Deleting with a second factor needs the root user");
  });
});
