import { expect } from "chai";

import { describeTeamRules, teamAccess } from "../../../components/kubernetes/team-roles.ts";

const verbsOn = (access: "view" | "operate", resource: string): readonly unknown[] =>
  describeTeamRules(access).flatMap(({ resources, verbs }) =>
    Array.isArray(resources) && resources.includes(resource) && Array.isArray(verbs) ? verbs : [],
  );

describe("what a team may do", () => {
  it("is to look at everything that runs", () => {
    expect(new Set(verbsOn("view", "pods"))).to.deep.equal(new Set(["get", "list", "watch"]));
    expect(verbsOn("view", "pods/log")).to.deep.equal(["get", "list", "watch"]);
  });

  it("is first aid too where it operates: restart, scale, take a copy away", () => {
    expect(verbsOn("operate", "pods")).to.include("delete");
    expect(verbsOn("operate", "deployments")).to.include("patch");
    expect(verbsOn("view", "deployments")).to.not.include("patch");
  });

  for (const access of teamAccess) {
    it(`is never to read a Secret or to enter a pod (${access})`, () => {
      expect(verbsOn(access, "secrets")).to.deep.equal([]);
      expect(verbsOn(access, "pods/exec")).to.deep.equal([]);
      expect(JSON.stringify(describeTeamRules(access))).to.not.contain("*");
    });
  }
});
