import { expect } from "chai";

import { changed, graph } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import { UNKNOWN } from "./fixtures/values.ts";
import { found, foundIn, inBoth, rewritten } from "./support/stack.ts";

describe("iam-no-mixed-policy-management", () => {
  const policy = "iam-no-mixed-policy-management";
  const inline = { inlinePolicies: [{ name: "read" }], managedPolicyArns: ["arn:aws:iam::aws:policy/A"] };
  const roles: readonly Planned[] = [
    { type: "aws:iam/role:Role", name: "api" },
    { type: "aws:iam/role:Role", name: "web", props: inline },
    { type: "aws:iam/rolePolicy:RolePolicy", name: "read", refs: { role: "api" } },
    {
      ...{ type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment", name: "attached" },
      refs: { role: "api" },
    },
  ];
  const both = (where: string, others: string): string =>
    `web: ${where} and ${others} both manage its policies, and each update takes the other's away: keep one way.`;

  inBoth("passes when each role is managed in one way", async (moment) => {
    expect(await found(policy, moment, roles)).to.deep.equal([]);
  });

  inBoth("objects to a role that is managed in two", async (moment) => {
    const mixed = changed(changed(roles, "read", { refs: { role: "web" } }), "attached", {
      refs: { role: "web" },
    });
    expect(await found(policy, moment, mixed)).to.deep.equal([
      both("managedPolicyArns", "RolePolicyAttachment attached"),
      both("inlinePolicies", "RolePolicy read"),
    ]);
  });

  inBoth("objects to an attachment that names the role among others", async (moment) => {
    const list: Planned = {
      ...{ type: "aws:iam/policyAttachment:PolicyAttachment", name: "list", refs: { roles: ["web"] } },
    };
    expect(await found(policy, moment, [...roles, list])).to.deep.equal([
      both("managedPolicyArns", "PolicyAttachment list"),
    ]);
  });

  it("waits for the update while it is not known whose the policy is", async () => {
    const opaque = rewritten(
      graph("preview", changed(roles, "read", { refs: { role: ["api", "web"] } })),
      "read",
      { role: UNKNOWN },
    );
    expect(await foundIn(policy, opaque)).to.deep.equal([]);
    expect(await foundIn("checks-deferred", opaque)).to.deep.equal([
      `: 1 check deferred until the update: ${policy} 1.`,
    ]);
  });
});
