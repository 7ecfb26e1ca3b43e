import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { refusalOf } from "../world.ts";
import { CacheWorld } from "./cache-world.ts";

const userToken = "aws:elasticache/user:User";
const userGroupToken = "aws:elasticache/userGroup:UserGroup";

let world: CacheWorld;

describe("simulated users of a cache", () => {
  beforeEach(() => {
    world = new CacheWorld();
  });

  const user = (userId: string, inputs: Properties = {}): Settled =>
    world.make(userToken, userId, {
      userId,
      userName: userId,
      engine: "valkey",
      accessString: "on ~* +@read",
      authenticationMode: { type: "iam" },
      ...inputs,
    });
  const userGroup = (engine: string, ...userIds: readonly string[]): Settled =>
    world.make(userGroupToken, engine, { userGroupId: engine, engine, userIds });

  it("sign in with IAM under their id only", () => {
    expect(refusalOf(() => user("app", { userName: "application" }))).to.equal(
      "InvalidParameterCombination: The user id and user name must be the same for IAM authentication.",
    );
  });

  it("have ids of their own", () => {
    user("app");
    const again = (): Settled =>
      world.make(userToken, "again", {
        userId: "app",
        userName: "app",
        engine: "valkey",
        accessString: "on",
        authenticationMode: { type: "iam" },
      });
    expect(refusalOf(again)).to.equal("UserAlreadyExists: User app already exists.");
  });

  it("of Redis OSS need one called default", () => {
    user("app", { engine: "redis" });
    expect(refusalOf(() => userGroup("redis", "app"))).to.equal(
      "DefaultUserRequired: User group needs to contain a user with the user name default.",
    );
    expect(userGroup("valkey", "app").id).to.equal("valkey");
  });

  it("are of one engine however the program writes it", () => {
    const authenticationMode = { type: "no-password-required" };
    user("nobody", { engine: "REDIS", userName: "default", authenticationMode });
    expect(userGroup("redis", "nobody").id).to.equal("redis");
  });

  it("of Valkey are strangers in a group of Redis OSS", () => {
    user("app");
    user("nobody", {
      engine: "redis",
      userName: "default",
      authenticationMode: { type: "no-password-required" },
    });
    expect(refusalOf(() => userGroup("redis", "app", "nobody"))).to.equal(
      "InvalidParameterCombination: User app with engine valkey cannot be a member of a user group with engine redis.",
    );
  });

  it("must exist to be in a group, and stay while they are", () => {
    expect(refusalOf(() => userGroup("valkey", "app"))).to.equal("UserNotFound: User app not found.");
    const made = user("app");
    userGroup("valkey", "app");
    expect(refusalOf(() => world.remove(userToken, "app", made))).to.equal(
      "InvalidUserState: User app is a member of the user group valkey.",
    );
  });

  it("need encryption in transit, all of it", () => {
    user("app");
    userGroup("valkey", "app");
    const admitting = { userGroupIds: ["valkey"] };
    expect(refusalOf(() => world.cache({ ...admitting, transitEncryptionEnabled: false }))).to.equal(
      "InvalidParameterCombination: User group based access control requires encryption-in-transit to be enabled on the replication group.",
    );
    expect(refusalOf(() => world.cache({ ...admitting, transitEncryptionMode: "preferred" }))).to.equal(
      "InvalidParameterCombination: Transit encryption preferred is not supported with redis access control.",
    );
    expect(world.cache(admitting).state.transitEncryptionMode).to.equal("required");
  });

  it("keep their group while a cache admits them", () => {
    user("app");
    const group = userGroup("valkey", "app");
    world.cache({ userGroupIds: ["valkey"] });
    expect(refusalOf(() => world.remove(userGroupToken, "valkey", group))).to.equal(
      "InvalidUserGroupState: User group valkey is associated with the replication group sessions.",
    );
  });
});
