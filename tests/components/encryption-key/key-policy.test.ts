import { expect } from "chai";

import { describeKeyPolicy } from "../../../components/encryption-key/key-policy.ts";

const place = { accountId: "111111111111", partition: "aws", region: "eu-west-1", services: [], roles: [] };
const use = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

describe("describeKeyPolicy", () => {
  it("lets the account administer the key, and nobody else by default", () => {
    expect(describeKeyPolicy(place).Statement).to.deep.equal([
      {
        Sid: "AccountAdministers",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::111111111111:root" },
        Action: "kms:*",
        Resource: "*",
      },
    ]);
  });

  it("lets a service use the key for this account only", () => {
    expect(describeKeyPolicy({ ...place, services: ["delivery.logs"] }).Statement.slice(1)).to.deep.equal([
      {
        Sid: "DeliveryLogsUses",
        Effect: "Allow",
        Principal: { Service: "delivery.logs.amazonaws.com" },
        Action: use,
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": "111111111111" } },
      },
    ]);
  });

  it("lets CloudWatch Logs of its region use the key for this account's log groups only", () => {
    expect(describeKeyPolicy({ ...place, services: ["logs"] }).Statement.slice(1)).to.deep.equal([
      {
        Sid: "LogsUses",
        Effect: "Allow",
        Principal: { Service: "logs.eu-west-1.amazonaws.com" },
        Action: use,
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111111111111:log-group:*",
          },
        },
      },
    ]);
  });

  it("lets a role use the key, and hand it on to AWS services only", () => {
    const role =
      "arn:aws:iam::111111111111:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
    expect(describeKeyPolicy({ ...place, roles: [role] }).Statement.slice(1)).to.deep.equal([
      { Sid: "RolesUse", Effect: "Allow", Principal: { AWS: [role] }, Action: use, Resource: "*" },
      {
        Sid: "RolesGrantToServices",
        Effect: "Allow",
        Principal: { AWS: [role] },
        Action: "kms:CreateGrant",
        Resource: "*",
        Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ]);
  });

  it("names the account in its own partition", () => {
    const [statement] = describeKeyPolicy({ ...place, partition: "aws-cn" }).Statement;
    expect(statement?.Principal).to.deep.equal({ AWS: "arn:aws-cn:iam::111111111111:root" });
  });

  it("lets the account's distributions decrypt where asked, and not encrypt", () => {
    expect(describeKeyPolicy({ ...place, distributions: true }).Statement.slice(1)).to.deep.equal([
      {
        Sid: "CloudFrontDecrypts",
        Effect: "Allow",
        Principal: { Service: "cloudfront.amazonaws.com" },
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudfront::111111111111:distribution/*" } },
      },
    ]);
  });
});
