import { expect } from "chai";
import { decide } from "../../../sandbox/aws/iam/authorization.ts";
import type { Call } from "../../../sandbox/aws/iam/authorization-requests.ts";
import { unsupportedIn } from "../../../sandbox/aws/iam/authorization-conditions.ts";
import { variablesIn } from "../../../sandbox/aws/iam/authorization-variables.ts";
import type { Properties } from "../../../sandbox/model.ts";

const context = new Map([
  ["aws:principalaccount", ["123456789012"]],
  ["aws:requesttag/team", ["shop"]],
  ["aws:requesttag/odd", ["*"]],
]);

/** What a statement says about a bucket of a team. */
function verdictOf(statement: Properties, bucket = "shop-123456789012", Version = "2012-10-17"): string {
  const call: Call = { action: "s3:CreateBucket", resources: [`arn:aws:s3:::${bucket}`], context };
  const Statement = [{ Effect: "Allow", Action: "s3:*", Resource: "*", ...statement }];
  return decide({ Version, Statement }, call).verdict;
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
describe("a variable in the document of the role that deploys", () => {
  it("stands for the request's value in a resource", () => {
    const Resource = "arn:aws:s3:::*-${aws:PrincipalAccount}";
    expect(verdictOf({ Resource })).to.equal("allowed");
    expect(verdictOf({ Resource }, "shop-210987654321")).to.equal("not allowed");
  });

  it("stands for it whatever the case of its name", () => {
    expect(verdictOf({ Resource: "arn:aws:s3:::*-${AWS:principalaccount}" })).to.equal("allowed");
  });

  it("stands for it in a condition", () => {
    const same = { StringEquals: { "aws:PrincipalAccount": "${aws:PrincipalAccount}" } };
    expect(verdictOf({ Condition: same })).to.equal("allowed");
    const other = { StringEquals: { "aws:PrincipalAccount": "${aws:RequestTag/team}" } };
    expect(verdictOf({ Condition: other })).to.equal("not allowed");
  });

  it("is filled in as it is, wildcards and all", () => {
    const Resource = "arn:aws:s3:::${aws:RequestTag/odd}";
    expect(verdictOf({ Resource })).to.equal("not allowed");
    expect(verdictOf({ Resource }, "*")).to.equal("allowed");
  });

  it("without a value makes a resource match nothing, nor all but it", () => {
    expect(verdictOf({ Resource: "arn:aws:s3:::${aws:username}*" })).to.equal("not allowed");
    const NotResource = "arn:aws:s3:::${aws:username}*";
    expect(verdictOf({ Resource: undefined, NotResource })).to.equal("not allowed");
  });

  it("without a value is equal to nothing, and unlike everything", () => {
    const test = { "aws:PrincipalAccount": "${aws:username}" };
    expect(verdictOf({ Condition: { StringEquals: test } })).to.equal("not allowed");
    expect(verdictOf({ Condition: { StringNotEquals: test } })).to.equal("allowed");
  });

  it("without a value has the one that it says for that case", () => {
    expect(verdictOf({ Resource: "arn:aws:s3:::${aws:username, 'shop'}-*" })).to.equal("allowed");
    expect(verdictOf({ Resource: "arn:aws:s3:::${aws:RequestTag/team, 'cart'}-*" })).to.equal("allowed");
  });

  it("is no variable where it names a character", () => {
    const Resource = "arn:aws:s3:::${*}${?}${$}";
    expect(variablesIn(Resource)).to.deep.equal([]);
    expect(verdictOf({ Resource })).to.equal("not allowed");
    expect(verdictOf({ Resource }, "*?$")).to.equal("allowed");
  });

  it("is plain text in a document of the version before variables", () => {
    const Resource = "arn:aws:s3:::${aws:PrincipalAccount}";
    expect(verdictOf({ Resource }, "123456789012", "2008-10-17")).to.equal("not allowed");
    expect(verdictOf({ Resource }, "${aws:PrincipalAccount}", "2008-10-17")).to.equal("allowed");
  });

  it("is not evaluated where the account does not know its value", () => {
    const Statement = {
      Resource: "arn:aws:s3:::${aws:userid}-${aws:PrincipalAccount}",
      Condition: { StringLike: { "aws:RequestTag/team": "${aws:TagKeys}" } },
    };
    expect(unsupportedIn({ Version: "2012-10-17", Statement })).to.deep.equal([
      "policy variable ${aws:TagKeys}",
      "policy variable ${aws:userid}",
    ]);
    expect(unsupportedIn({ Statement })).to.deep.equal([]);
  });
});
