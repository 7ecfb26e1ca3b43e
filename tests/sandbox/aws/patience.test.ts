import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { patiently } from "../../../sandbox/aws/patience.ts";
import type { Settled } from "../../../sandbox/model.ts";
import { Refusal } from "../../../sandbox/model.ts";
import type { Order } from "../../../sandbox/operations.ts";

const filterToken = "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter";
const mayNot = new Refusal(
  "InvalidParameterException",
  "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.",
);

describe("an operation that the provider would repeat", () => {
  const settled: Settled = { id: "it", state: {}, seconds: 1 };
  const order = (token: string, kind: Order["kind"] = "create"): Order => ({
    kind,
    session: { account: new Account(), settings: {}, preview: false, seed: "" },
    subject: { urn: `urn:${token}`, token, name: "it" },
    inputs: {},
  });
  const within = (milliseconds: number) => patiently((_, operate) => operate(), milliseconds);
  // Longer than any test may take: where it ends, something else has ended it.
  const carry = within(600_000);
  const refusing = (refusal: Error) => (): Settled => {
    throw refusal;
  };

  it("succeeds once another one has made what it needs", async () => {
    let isAllowed = false;
    const filter = carry(order(filterToken), () => (isAllowed ? settled : refusing(mayNot)()));
    const permission = carry(order("aws:lambda/permission:Permission"), () => {
      isAllowed = true;
      return settled;
    });
    expect(permission).to.equal(settled);
    expect(await filter).to.equal(settled);
  });

  it("fails with what it was told last when nothing more happens", async () => {
    const outcome = await Promise.resolve(within(20)(order(filterToken), refusing(mayNot))).catch(
      (error: unknown) => error,
    );
    expect(outcome).to.equal(mayNot);
  });

  it("fails at once for another reason, or of another type", () => {
    const none = new Refusal("ResourceNotFoundException", "The specified log group does not exist.");
    expect(() => carry(order(filterToken), refusing(none))).to.throw(none.message);
    expect(() => carry(order("aws:sqs/queue:Queue"), refusing(mayNot))).to.throw(mayNot.message);
  });

  it("fails when it is refused for another reason in the meantime", async () => {
    const gone = new Refusal("ResourceNotFoundException", "The specified log group does not exist.");
    let refusal = mayNot;
    const filter = Promise.resolve(carry(order(filterToken), () => refusing(refusal)()));
    refusal = gone;
    void carry(order("aws:lambda/permission:Permission"), () => settled);
    expect(await filter.catch((error: unknown) => error)).to.equal(gone);
  });

  it("may be a deletion that waits for another one", async () => {
    let isUsed = true;
    const inUse = new Refusal("DependencyViolation", "resource sg-1 has a dependent object");
    const token = "aws:ec2/securityGroup:SecurityGroup";
    const group = carry(order(token, "delete"), () => (isUsed ? refusing(inUse)() : settled));
    void carry(order("aws:lambda/function:Function", "delete"), () => {
      isUsed = false;
      return settled;
    });
    expect(await group).to.equal(settled);
    expect(() => carry(order(token), refusing(inUse))).to.throw(inUse.message);
  });
});
