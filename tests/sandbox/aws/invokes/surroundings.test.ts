import { expect } from "chai";
import { refusalOf, World } from "../world.ts";

const documentToken = "aws:iam/getPolicyDocument:getPolicyDocument";

describe("questions to the simulated account", () => {
  const world = new World();

  it("tell who and where", () => {
    expect(world.ask("aws:index/getCallerIdentity:getCallerIdentity").accountId).to.equal("123456789012");
    expect(world.ask("aws:index/getPartition:getPartition").partition).to.equal("aws");
    expect(world.ask("aws:index/getRegion:getRegion")).to.include({
      region: "eu-west-1",
      description: "Europe (Ireland)",
    });
  });

  it("list the zones of the region, without those excluded", () => {
    const token = "aws:index/getAvailabilityZones:getAvailabilityZones";
    expect(world.ask(token).names).to.deep.equal(["eu-west-1a", "eu-west-1b", "eu-west-1c"]);
    expect(world.ask(token, { excludeNames: ["eu-west-1b"] }).zoneIds).to.deep.equal([
      "euw1-az1",
      "euw1-az3",
    ]);
  });

  it("write a policy document as the provider does", () => {
    const statements = [
      {
        sid: "Read",
        actions: ["s3:GetObject", "s3:ListBucket"],
        resources: ["arn:aws:s3:::&{aws:username}/*"],
        principals: [
          { type: "AWS", identifiers: ["*"] },
          { type: "Service", identifiers: ["ec2.amazonaws.com"] },
        ],
        conditions: [
          { test: "StringEquals", variable: "aws:SourceAccount", values: ["111111111111"] },
          { test: "StringEquals", variable: "aws:SourceVpc", values: ["vpc-1", "vpc-2"] },
        ],
      },
    ];
    expect(world.ask(documentToken, { statements }).minifiedJson).to.equal(
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "Read",
            Effect: "Allow",
            Action: ["s3:ListBucket", "s3:GetObject"],
            Resource: "arn:aws:s3:::${aws:username}/*",
            Principal: { AWS: "*", Service: "ec2.amazonaws.com" },
            Condition: {
              StringEquals: { "aws:SourceAccount": "111111111111", "aws:SourceVpc": ["vpc-2", "vpc-1"] },
            },
          },
        ],
      }),
    );
  });

  it("merge documents by their statements' ids", () => {
    const source = JSON.stringify({
      Statement: [{ Sid: "A", Effect: "Allow", Action: "s3:*", Resource: "*" }],
    });
    const { json } = world.ask(documentToken, {
      sourcePolicyDocuments: [source],
      statements: [{ sid: "B", actions: ["sqs:*"], resources: ["*"] }],
      overridePolicyDocuments: [
        JSON.stringify({ Statement: { Sid: "A", Effect: "Deny", Action: "s3:*", Resource: "*" } }),
      ],
    });
    expect(JSON.parse(String(json))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        { Sid: "A", Effect: "Deny", Action: "s3:*", Resource: "*" },
        { Sid: "B", Effect: "Allow", Action: "sqs:*", Resource: "*" },
      ],
    });
  });

  it("refuse a document with the same statement id twice", () => {
    const statements = [{ sid: "A" }, { sid: "A" }];
    expect(refusalOf(() => world.ask(documentToken, { statements }))).to.match(
      /^InvalidPolicyDocument: duplicate Sid \(A\)/,
    );
  });

  it("know AWS's prefix lists, and no others", () => {
    const token = "aws:ec2/getManagedPrefixList:getManagedPrefixList";
    expect(world.ask(token, { name: "com.amazonaws.global.cloudfront.origin-facing" })).to.include({
      maxEntries: 55,
      ownerId: "AWS",
    });
    expect(refusalOf(() => world.ask(token, { name: "ours" }))).to.match(/^InvalidPrefixListID\.NotFound: /);
  });
});
