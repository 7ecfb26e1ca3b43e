import type { apigateway } from "@pulumi/aws";
import type { AnyBehaviour } from "../behaviour.ts";
import { refined } from "../specification/refined.ts";
import { toApi } from "./rest.ts";

const keyToken = "aws:apigateway/apiKey:ApiKey";
const quick = { create: 1, update: 1, delete: 1 } as const;

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateApiKey.html */
const apiKey = refined<apigateway.ApiKeyArgs, apigateway.ApiKeyState>(keyToken, {
  id: ({ hex }) => hex(10),
  outputs: ({ id, region, created, hex }) => ({
    arn: `arn:aws:apigateway:${region}::/apikeys/${id}`,
    createdDate: created,
    lastUpdatedDate: created,
    value: hex(40, "value"),
  }),
  keys: (state) => [state.arn],
  seconds: quick,
});

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateUsagePlanKey.html */
const usagePlanKey = refined<apigateway.UsagePlanKeyArgs, apigateway.UsagePlanKeyState>(
  "aws:apigateway/usagePlanKey:UsagePlanKey",
  {
    references: {
      keyId: {
        to: keyToken,
        missing: { code: "NotFoundException", message: "Invalid API Key identifier specified" },
        holds: false,
      },
      usagePlanId: {
        to: "aws:apigateway/usagePlan:UsagePlan",
        missing: { code: "NotFoundException", message: "Invalid Usage Plan ID specified" },
        holds: false,
      },
    },
    id: ({ inputs }) => inputs.keyId,
    outputs: ({ inputs, account, region }) => {
      const { name = "", value = "" } = account.find(keyToken, inputs.keyId, region)?.state ?? {};
      return { name: String(name), value: String(value) };
    },
    keys: () => [],
    seconds: quick,
  },
);

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateRequestValidator.html */
const requestValidator = refined<apigateway.RequestValidatorArgs, apigateway.RequestValidatorState>(
  "aws:apigateway/requestValidator:RequestValidator",
  { references: { restApi: toApi }, id: ({ hex }) => hex(6), keys: () => [], seconds: quick },
);

/** Keys of callers, and what a request must have. */
export const callerKeys: readonly AnyBehaviour[] = [apiKey, usagePlanKey, requestValidator];
