import type { lambda } from "@pulumi/aws";
import { at, text } from "../../values.ts";
import type { AnyBehaviour, Plain } from "../behaviour.ts";
import { refined } from "../specification/refined.ts";
import type { Request } from "../specification/refined.ts";
import { functionOf } from "./callers.ts";
import { toFunction } from "./references.ts";

type Asked = Request<Plain<lambda.FunctionEventInvokeConfigArgs>>;

/** Where the results of a function go. */
function destinationsOf({ inputs }: Asked): readonly string[] {
  const { onFailure, onSuccess } = inputs.destinationConfig ?? {};
  return [onSuccess?.destination, onFailure?.destination].flatMap((arn) => text(arn) ?? []);
}

/** A function of this account that is not there. */
function lostIn(asked: Asked): string | undefined {
  const { account } = asked;
  const own = destinationsOf(asked).filter((arn) => arn.startsWith("arn:aws:lambda:"));
  return own.find(
    (arn) => arn.split(":")[4] === account.accountId && functionOf(account, arn, undefined) === undefined,
  );
}

const anywhere = { ...toFunction, foreign: /^/ } as const;

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
const eventInvokeConfig = refined<
  lambda.FunctionEventInvokeConfigArgs,
  lambda.FunctionEventInvokeConfigState
>("aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", {
  references: {
    functionName: toFunction,
    "destinationConfig.onFailure.destination": anywhere,
    "destinationConfig.onSuccess.destination": anywhere,
  },
  rules: [
    {
      when: (asked) => {
        const own = functionOf(asked.account, asked.inputs.functionName, asked.region);
        return own !== undefined && destinationsOf(asked).includes(text(own.state.arn) ?? "");
      },
      code: "InvalidParameterValueException",
      says: "You can't specify the function as a destination for itself.",
    },
    {
      when: (asked) => lostIn(asked) !== undefined,
      code: "InvalidParameterValueException",
      says: (asked) => `The destination ARN ${lostIn(asked) ?? ""} is invalid.`,
    },
  ],
  seconds: { create: 1, update: 1, delete: 1 },
});

type Kept = Request<Plain<lambda.ProvisionedConcurrencyConfigArgs>>;

/** An alias of two versions, of which neither alone can be kept ready. */
function isWeighted({ inputs, account, region }: Kept): boolean {
  const own = functionOf(account, inputs.functionName, region);
  return account
    .all("aws:lambda/alias:Alias", region)
    .some(
      ({ state }) =>
        state.name === inputs.qualifier &&
        functionOf(account, String(state.functionName), region) === own &&
        Object.keys(at(state, "routingConfig.additionalVersionWeights") ?? {}).length > 0,
    );
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutProvisionedConcurrencyConfig.html */
const provisioned = refined<
  lambda.ProvisionedConcurrencyConfigArgs,
  lambda.ProvisionedConcurrencyConfigState
>("aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig", {
  references: { functionName: toFunction },
  rules: [
    {
      when: ({ inputs }) => inputs.qualifier === "$LATEST",
      code: "InvalidParameterValueException",
      says: "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
    },
    {
      when: isWeighted,
      code: "InvalidParameterValueException",
      says: "Alias with weights can not be used with Provisioned Concurrency",
    },
  ],
  seconds: { create: 120, update: 120, delete: 2 },
});

/** How functions are called: by events, and by how many at once. */
export const invocations: readonly AnyBehaviour[] = [eventInvokeConfig, provisioned];
