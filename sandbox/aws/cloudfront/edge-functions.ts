import type { AccountView, Properties, Stored } from "../../model.ts";
import { at, isRecord, text } from "../../values.ts";
import { roleOf, trusts } from "../iam/grants.ts";
import { functionToken } from "../lambda/references.ts";
import { pick } from "../references.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import { behaviorsOf } from "./behaviors.ts";

/** A function that is to run at the edge, and what the account has of it. */
interface Edge {
  readonly arn: string;
  readonly found: Stored | undefined;
  readonly account: AccountView;
}

const code = "InvalidLambdaFunctionAssociation";

function isTrusting({ found, account }: Edge): boolean {
  const role = roleOf(account, text(found?.state.role));
  return (
    role === undefined ||
    ["lambda.amazonaws.com", "edgelambda.amazonaws.com"].every((service) => trusts(role, service))
  );
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html */
const rules: readonly Rule<Edge>[] = [
  {
    when: ({ arn }) => !/:function:[^:]+:\d+$/.test(arn),
    code,
    says: ({ arn }) =>
      `The function ARN must reference a specific function version. (The ARN must end with the version number.) ARN: ${arn}`,
  },
  {
    when: ({ arn }) => arn.split(":")[3] !== "us-east-1",
    code,
    says: ({ arn }) => `The function must be in region 'us-east-1'. ARN: ${arn}`,
  },
  {
    when: (edge) => !isTrusting(edge),
    code,
    says: ({ found }) =>
      `The function execution role must be assumable with edgelambda.amazonaws.com as well as lambda.amazonaws.com principals. Update the IAM role and try again. Role: ${text(found?.state.role) ?? ""}`,
  },
  {
    when: ({ found }) => {
      const variables = at(found?.state, "environment.variables");
      return isRecord(variables) && Object.keys(variables).length > 0;
    },
    code,
    says: ({ arn }) => `The function cannot have environment variables. Function: ${arn}`,
  },
];

/** @throws Refusal for the first function of Lambda that CloudFront cannot take to its edge. */
export function refuseEdgeFunctions(inputs: Properties, account: AccountView): void {
  const arns = behaviorsOf(inputs)
    .flatMap((one) => pick(one, "lambdaFunctionAssociations[].lambdaArn"))
    .flatMap((arn) => text(arn) ?? []);
  for (const arn of arns) {
    const found = account.find(functionToken, arn.replace(/:\d+$/, "")) ?? account.find(functionToken, arn);
    refuseFirst(rules, { arn, found, account });
  }
}
