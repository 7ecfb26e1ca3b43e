import type { apigateway } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { refined, taken } from "../specification/refined.ts";
import { refuseUnsetLog, stageToken } from "./logging.ts";
import { deploymentToken, idOf, toApi } from "./rest.ts";
import { within } from "./within.ts";

const modelToken = "aws:apigateway/model:Model";
const domainToken = "aws:apigateway/domainName:DomainName";

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
const stage = behaviour<apigateway.StageArgs, apigateway.StageState>(stageToken, {
  references: {
    restApi: toApi,
    deployment: {
      to: deploymentToken,
      missing: { code: "BadRequestException", message: "Invalid Deployment identifier specified" },
      holds: false,
    },
  },
  id: ({ inputs }) => `ags-${idOf(inputs)}-${inputs.stageName}`,
  outputs: ({ inputs, accountId, region }) => {
    const restApi = idOf(inputs);
    return {
      arn: `arn:aws:apigateway:${region}::/restapis/${restApi}/stages/${inputs.stageName}`,
      executionArn: `arn:aws:execute-api:${region}:${accountId}:${restApi}/${inputs.stageName}`,
      invokeUrl: `https://${restApi}.execute-api.${region}.amazonaws.com/${inputs.stageName}`,
      webAclArn: ABSENT,
    };
  },
  keys: ({ arn, executionArn, restApi, stageName, deployment: of }) => [
    arn,
    executionArn,
    within(restApi, "stages", stageName),
    within(restApi, "deployments", of),
  ],
  refuses: ({ inputs, account, region }, before) => {
    if (inputs.accessLogSettings?.destinationArn.startsWith("arn:aws:logs:") === true) {
      refuseUnsetLog(account, region);
    }
    const twin = account.find(stageToken, within(inputs.restApi, "stages", inputs.stageName));
    if (twin === undefined || twin.id === before?.id) return;
    throw new Refusal("ConflictException", "Stage already exists");
  },
  seconds: { create: 2, update: 2, delete: 1 },
});

/** https://docs.aws.amazon.com/apigateway/latest/api/API_UpdateStage.html: a stage's settings, by method. */
const methodSettings = refined<apigateway.MethodSettingsArgs, apigateway.MethodSettingsState>(
  "aws:apigateway/methodSettings:MethodSettings",
  {
    references: { restApi: toApi },
    keys: () => [],
    refuses: ({ inputs, account, region }) => {
      if (["ERROR", "INFO"].includes(inputs.settings.loggingLevel ?? "")) refuseUnsetLog(account, region);
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateModel.html */
const model = refined<apigateway.ModelArgs, apigateway.ModelState>(modelToken, {
  references: { restApi: toApi },
  id: ({ hex }) => hex(6),
  keys: ({ restApi, name }) => [within(restApi, "models", name)],
  rules: [
    taken(modelToken, (inputs) => within(idOf(inputs), "models", inputs.name), {
      code: "ConflictException",
      says: "Model name already exists for this REST API",
    }),
  ],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDomainName.html. What is not said to be of a region is of CloudFront. */
const domain = refined<apigateway.DomainNameArgs, apigateway.DomainNameState>(domainToken, {
  rules: [
    {
      when: ({ inputs: { endpointConfiguration, certificateArn, certificateBody } }) =>
        (endpointConfiguration?.types ?? "EDGE") === "EDGE" &&
        certificateArn === undefined &&
        certificateBody === undefined,
      code: "BadRequestException",
      says: "A certificate was not provided for the endpoint type EDGE.",
    },
    taken(domainToken, ({ domainName }) => domainName, {
      code: "BadRequestException",
      says: "The domain name you provided already exists.",
    }),
  ],
  seconds: { create: 10, update: 30, delete: 5 },
});

/** What of REST APIs the world sees, and how. */
export const restStages: readonly AnyBehaviour[] = [stage, methodSettings, model, domain];
