import { expect } from "chai";
import { answerFunction } from "../../../sandbox/components/functions.ts";
import { World } from "../aws/world.ts";

describe("functions of a package of components", () => {
  const token = "awsx:ec2:getDefaultVpc";

  it("answer with the default VPC and its subnets, as its component does", async () => {
    const world = new World("us-west-2");
    const answer = await answerFunction(token, {}, (question, args) => world.ask(question, args));
    expect(answer.vpcId).to.equal(world.ask("aws:ec2/getVpc:getVpc", { default: true }).id);
    expect(answer.publicSubnetIds).to.have.length(4);
    expect(answer.privateSubnetIds).to.deep.equal([]);
  });

  it("are errors where nobody can answer them", async () => {
    const messageOf = async (asked: string, ask?: () => never): Promise<unknown> =>
      answerFunction(asked, {}, ask).catch((error: unknown) => error);
    const never = (): never => {
      throw new Error("not to be asked");
    };
    for (const [asked, ask] of [["eks:index:getNothing", never] as const, [token, undefined] as const])
      expect(await messageOf(asked, ask)).to.include({ message: `the sandbox does not answer ${asked}` });
  });
});
