import type { AccountView } from "../../model.ts";
import { Refusal } from "../../model.ts";

export const accountToken = "aws:apigateway/account:Account";
export const stageToken = "aws:apigateway/stage:Stage";

/** REST and WebSocket APIs log as a role that a region's APIs share: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html#set-up-access-logging-permissions */
export function refuseUnsetLog(account: AccountView, region: string): void {
  const isSet = account.all(accountToken, region).some(({ state }) => state.cloudwatchRoleArn !== undefined);
  if (isSet) return;
  throw new Refusal(
    "BadRequestException",
    "CloudWatch Logs role ARN must be set in account settings to enable logging",
  );
}
