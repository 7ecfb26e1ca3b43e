import type { apigateway } from "@pulumi/aws";
import type { AnyBehaviour, Plain } from "../behaviour.ts";
import { grants, roleOf, trusts } from "../iam/grants.ts";
import { refined } from "../specification/refined.ts";
import type { Request } from "../specification/refined.ts";
import { accountToken, stageToken } from "./logging.ts";
import { toApi } from "./rest.ts";
import { within } from "./within.ts";

/** Where all APIs of a region log to: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html#set-up-access-logging-permissions */
const account = refined<apigateway.AccountArgs, apigateway.AccountState>(accountToken, {
  id: () => "api-gateway-account",
  keys: () => [],
  rules: [
    {
      when: ({ inputs, account: view }) => {
        const role = roleOf(view, inputs.cloudwatchRoleArn);
        const may = (action: string): boolean => role !== undefined && grants(view, role, action);
        return (
          role !== undefined &&
          (!trusts(role, "apigateway.amazonaws.com") ||
            !may("logs:PutLogEvents") ||
            !may("logs:CreateLogGroup"))
        );
      },
      code: "BadRequestException",
      says: "The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.",
    },
  ],
  seconds: { create: 3, update: 3, delete: 1 },
});

type PlanRequest = Request<Plain<apigateway.UsagePlanArgs>>;

/** The first stage of the plan that there is not: `abc123:prod`. */
function unknownStage({ inputs, account: view, region }: PlanRequest): string | undefined {
  const unknown = (inputs.apiStages ?? []).find(
    ({ apiId, stage }) => view.find(stageToken, within(apiId, "stages", stage), region) === undefined,
  );
  return unknown === undefined ? undefined : `${unknown.apiId}:${unknown.stage}`;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateUsagePlan.html */
const usagePlan = refined<apigateway.UsagePlanArgs, apigateway.UsagePlanState>(
  "aws:apigateway/usagePlan:UsagePlan",
  {
    references: { "apiStages[].apiId": toApi },
    id: ({ hex }) => hex(6),
    rules: [
      {
        when: (asked) => unknownStage(asked) !== undefined,
        code: "BadRequestException",
        says: (asked) => `API Stage not found: ${unknownStage(asked) ?? ""}`,
      },
    ],
    seconds: { create: 1, update: 2, delete: 1 },
  },
);

/** Who uses APIs how much, and where that is written. */
export const usage: readonly AnyBehaviour[] = [account, usagePlan];
