import { expect } from "chai";
import { stackOf } from "../../../sandbox/commands/run.ts";

describe("any command in the sandbox", () => {
  it("is about the stack that it names itself", () => {
    expect(stackOf(["pulumi", "up", "--stack", "prod"])).to.equal("prod");
    expect(stackOf(["pulumi", "up", "-s", "prod", "--yes"])).to.equal("prod");
    expect(stackOf(["pulumi", "up", "--stack=prod"])).to.equal("prod");
  });

  it("is about the sandbox's stack where it names none", () => {
    expect(stackOf(["pulumi", "up"])).to.equal(undefined);
  });
});
