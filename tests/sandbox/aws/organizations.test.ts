import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const content = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
});

describe("an organization of accounts", () => {
  const world = new World();
  const made: readonly (readonly [type: string, inputs: Properties, message: string])[] = [
    [
      "Organization",
      {},
      "AlreadyInOrganizationException: This account is already a member of an organization. An account can belong to only one organization at a time.",
    ],
    [
      "OrganizationalUnit",
      { name: "workloads", parentId: "r-abcd" },
      "DuplicateOrganizationalUnitException: An OU with the same name already exists.",
    ],
    [
      "Policy",
      { name: "frozen", content },
      "DuplicatePolicyException: A policy with the same name already exists.",
    ],
  ];
  for (const [type, inputs, message] of made) {
    it(`has one ${type} of its name`, () => {
      const make = (name: string): Settled =>
        world.make(`aws:organizations/${type[0]?.toLowerCase() ?? ""}${type.slice(1)}:${type}`, name, inputs);
      expect(make("first").id).not.to.equal("");
      expect(refusalOf(() => make("second"))).to.equal(message);
    });
  }

  it("has units of one name in different places", () => {
    const unit = world.make("aws:organizations/organizationalUnit:OrganizationalUnit", "other", {
      name: "workloads",
      parentId: "ou-abcd-12345678",
    });
    expect(unit.state.name).to.equal("workloads");
  });
});
