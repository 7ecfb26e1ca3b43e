import { expect } from "chai";
import { refuseIntegration } from "../../../../sandbox/aws/apigateway/integration-refusals.ts";
import type { Integration } from "../../../../sandbox/aws/apigateway/integration-refusals.ts";
import { refusalOf } from "../world.ts";

const gateway = "arn:aws:apigateway:eu-west-1";
const fn = "arn:aws:lambda:eu-west-1:123456789012:function:hello";
const post = { integrationHttpMethod: "POST" } as const;

describe("an integration of a REST API", () => {
  const refused: readonly (readonly [what: string, integration: Integration, message: string])[] = [
    ["to nowhere", { type: "HTTP_PROXY" }, "Uri is required for integrations other than MOCK"],
    [
      "without its method",
      { type: "HTTP", uri: "https://example.com" },
      "Enumeration value for HttpMethod must be non-empty",
    ],
    [
      "to a server by name",
      { ...post, type: "HTTP", uri: "example.com" },
      "Invalid HTTP endpoint specified for URI",
    ],
    ["to a function by ARN", { ...post, type: "AWS_PROXY", uri: fn }, "Invalid ARN specified in the request"],
    [
      "to a service without a call",
      { ...post, type: "AWS", uri: `${gateway}:sqs:orders` },
      "AWS ARN for integration must contain path or action",
    ],
    [
      "to a queue without a template",
      { ...post, type: "AWS_PROXY", uri: `${gateway}:sqs:path/123456789012/jobs` },
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    ],
  ];
  for (const [what, integration, message] of refused) {
    it(`leads not ${what}`, () => {
      expect(
        refusalOf(() => {
          refuseIntegration(integration);
        }),
      ).to.equal(`BadRequestException: ${message}`);
    });
  }

  const taken: readonly Integration[] = [
    { type: "MOCK" },
    { ...post, type: "HTTP_PROXY", uri: "http://${stageVariables.host}/{proxy}" },
    { ...post, type: "AWS_PROXY", uri: `${gateway}:lambda:path/2015-03-31/functions/${fn}/invocations` },
    { ...post, type: "AWS", uri: `${gateway}:dynamodb:action/PutItem` },
    { ...post, type: "AWS", uri: `${gateway}:sqs:path/123456789012/jobs` },
  ];
  for (const integration of taken) {
    it(`leads to ${integration.uri ?? "nothing"}`, () => {
      expect(() => {
        refuseIntegration(integration);
      }).not.to.throw();
    });
  }
});
