import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, allow, refusalOf } from "./world.ts";

const user = "aws:iam/user:User";
const key = "aws:iam/accessKey:AccessKey";
const group = "aws:iam/group:Group";
const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";

let world: World;
const ann = (inputs: Properties = {}): Settled => world.make(user, "ann", { name: "ann", ...inputs });

describe("a user of IAM", () => {
  beforeEach(() => {
    world = new World();
  });

  it("has an ARN with its path", () => {
    expect(ann({ path: "/staff/" }).state.arn).to.equal("arn:aws:iam::123456789012:user/staff/ann");
  });

  it("refuses a name that is taken", () => {
    ann();
    expect(refusalOf(() => world.make(user, "again", { name: "ann" }))).to.equal(
      "EntityAlreadyExists: User with name ann already exists.",
    );
  });

  const conflicts: readonly (readonly [string, string, Properties, string])[] = [
    ["a key", key, { user: "ann" }, "must delete access keys first."],
    [
      "a password",
      "aws:iam/userLoginProfile:UserLoginProfile",
      { user: "ann" },
      "must delete login profile first.",
    ],
    [
      "a policy",
      "aws:iam/userPolicyAttachment:UserPolicyAttachment",
      { user: "ann", policyArn: readOnly },
      "must detach all policies first.",
    ],
    [
      "a policy of its own",
      "aws:iam/userPolicy:UserPolicy",
      { user: "ann", name: "own", policy: allow("s3:ListAllMyBuckets") },
      "must delete policies first.",
    ],
    [
      "a group",
      "aws:iam/userGroupMembership:UserGroupMembership",
      { user: "ann", groups: ["staff"] },
      "must remove users from group first.",
    ],
  ];
  for (const [what, token, inputs, message] of conflicts) {
    it(`stays while it has ${what}`, () => {
      world.make(group, "staff", { name: "staff" });
      const made = ann();
      const hanging = world.make(token, "hanging", inputs);
      expect(refusalOf(() => world.remove(user, "ann", made))).to.equal(
        `DeleteConflict: Cannot delete entity, ${message}`,
      );
      world.remove(token, "hanging", hanging);
      expect(world.remove(user, "ann", made)).to.equal(1);
    });
  }

  it("goes with its keys where that is forced", () => {
    const made = ann({ forceDestroy: true });
    world.make(key, "one", { user: "ann" });
    expect(world.remove(user, "ann", made)).to.equal(1);
  });

  it("refuses a third key", () => {
    ann();
    world.make(key, "one", { user: "ann" });
    world.make(key, "two", { user: "ann" });
    expect(refusalOf(() => world.make(key, "three", { user: "ann" }))).to.equal(
      "LimitExceeded: Cannot exceed quota for AccessKeysPerUser: 2",
    );
  });

  it("refuses a key for nobody", () => {
    expect(refusalOf(() => world.make(key, "one", { user: "bob" }))).to.equal(
      "NoSuchEntity: The user with name bob cannot be found.",
    );
  });

  it("refuses a second password", () => {
    ann();
    const profile = "aws:iam/userLoginProfile:UserLoginProfile";
    world.make(profile, "one", { user: "ann" });
    expect(refusalOf(() => world.make(profile, "two", { user: "ann" }))).to.equal(
      "EntityAlreadyExists: Login Profile for user ann already exists.",
    );
  });

  it("refuses an eleventh policy", () => {
    ann();
    const attach = (index: number): Settled => {
      const policy = world.make("aws:iam/policy:Policy", `p${index}`, {
        name: `p${index}`,
        policy: allow("s3:ListAllMyBuckets"),
      });
      return world.make("aws:iam/userPolicyAttachment:UserPolicyAttachment", `a${index}`, {
        user: "ann",
        policyArn: policy.id,
      });
    };
    for (let index = 0; index < 10; index += 1) attach(index);
    expect(refusalOf(() => attach(10))).to.equal(
      "LimitExceeded: Cannot exceed quota for PoliciesPerUser: 10",
    );
  });

  it("refuses more than 2048 characters of policies of its own", () => {
    ann();
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${"x".repeat(2048)}` }],
    });
    expect(
      refusalOf(() => world.make("aws:iam/userPolicy:UserPolicy", "long", { user: "ann", policy })),
    ).to.equal("LimitExceeded: Maximum policy size of 2048 bytes exceeded for user ann");
  });
});

describe("a group of IAM", () => {
  beforeEach(() => {
    world = new World();
  });

  it("refuses a name that is taken", () => {
    world.make(group, "staff", { name: "staff" });
    expect(refusalOf(() => world.make(group, "again", { name: "staff" }))).to.equal(
      "EntityAlreadyExists: Group with name staff already exists.",
    );
  });

  it("stays while it has members", () => {
    const made = world.make(group, "staff", { name: "staff" });
    ann();
    world.make("aws:iam/groupMembership:GroupMembership", "all", {
      name: "all",
      group: "staff",
      users: ["ann"],
    });
    expect(refusalOf(() => world.remove(group, "staff", made))).to.equal(
      "DeleteConflict: Cannot delete entity, must remove users from group first.",
    );
  });

  it("refuses an eleventh policy, and more than 5120 characters of its own", () => {
    world.make(group, "staff", { name: "staff" });
    const attach = (index: number): Settled =>
      world.make("aws:iam/groupPolicyAttachment:GroupPolicyAttachment", `a${index}`, {
        group: "staff",
        policyArn: `arn:aws:iam::aws:policy/Policy${index}`,
      });
    for (let index = 0; index < 10; index += 1) attach(index);
    expect(refusalOf(() => attach(10))).to.equal(
      "LimitExceeded: Cannot exceed quota for PoliciesPerGroup: 10",
    );
    const policy = JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: "s3:GetObject", Resource: `arn:aws:s3:::${"x".repeat(5120)}` }],
    });
    expect(
      refusalOf(() => world.make("aws:iam/groupPolicy:GroupPolicy", "long", { group: "staff", policy })),
    ).to.equal("LimitExceeded: Maximum policy size of 5120 bytes exceeded for group staff");
  });

  it("refuses a user in more than ten", () => {
    ann();
    const groups = Array.from({ length: 11 }, (_, index) => `g${String(index)}`);
    for (const name of groups) world.make(group, name, { name });
    expect(
      refusalOf(() =>
        world.make("aws:iam/userGroupMembership:UserGroupMembership", "all", { user: "ann", groups }),
      ),
    ).to.equal("LimitExceeded: Cannot exceed quota for GroupsPerUser: 10");
  });

  it("refuses members that there are not", () => {
    world.make(group, "staff", { name: "staff" });
    const members = { name: "all", group: "staff", users: ["bob"] };
    expect(refusalOf(() => world.make("aws:iam/groupMembership:GroupMembership", "all", members))).to.equal(
      "NoSuchEntity: The user with name bob cannot be found.",
    );
  });
});
