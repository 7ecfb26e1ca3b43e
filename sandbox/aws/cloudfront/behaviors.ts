import type { AccountView, Properties } from "../../model.ts";
import { at, list, text } from "../../values.ts";
import { pick } from "../references.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import { functionToken } from "./references.ts";

/** All behaviours of a distribution, of which the first takes what no other does. */
export function behaviorsOf(inputs: Properties): readonly unknown[] {
  return [inputs.defaultCacheBehavior, ...list(inputs.orderedCacheBehaviors)];
}

interface Asked {
  readonly inputs: Properties;
  readonly account: AccountView;
}

function draftIn({ inputs, account }: Asked): string | undefined {
  const functions = behaviorsOf(inputs)
    .flatMap((one) => pick(one, "functionAssociations[].functionArn"))
    .flatMap((arn) => text(arn) ?? []);
  return functions.find((arn) => account.find(functionToken, arn)?.state.status === "UNPUBLISHED");
}

function usesPolicy(behavior: unknown): boolean {
  return (text(at(behavior, "cachePolicyId")) ?? "") !== "";
}

const writing: readonly unknown[] = ["POST", "PUT", "PATCH", "DELETE"];

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html */
const rules: readonly Rule<Asked>[] = [
  {
    when: ({ inputs }) => {
      const origins = [...pick(inputs, "origins[].originId"), ...pick(inputs, "originGroups[].originId")];
      return behaviorsOf(inputs).some((one) => !origins.includes(at(one, "targetOriginId")));
    },
    code: "NoSuchOrigin",
    says: "One or more of your origins or origin groups do not exist.",
  },
  {
    when: ({ inputs }) => {
      const paths = list(inputs.orderedCacheBehaviors).map((one) => at(one, "pathPattern"));
      return new Set(paths).size < paths.length;
    },
    code: "InvalidArgument",
    says: "The parameter PathPattern contains duplicates.",
  },
  {
    when: ({ inputs }) =>
      behaviorsOf(inputs).some((one) => usesPolicy(one) && at(one, "forwardedValues") !== undefined),
    code: "InvalidArgument",
    says: "The parameter ForwardedValues cannot be used when a cache policy is associated to the cache behavior.",
  },
  {
    when: ({ inputs }) =>
      behaviorsOf(inputs).some((one) => !usesPolicy(one) && at(one, "forwardedValues") === undefined),
    code: "InvalidArgument",
    says: "The parameter ForwardedValues is required.",
  },
  {
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html
    when: ({ inputs }) => {
      const groups = pick(inputs, "originGroups[].originId");
      return behaviorsOf(inputs)
        .filter((one) => groups.includes(at(one, "targetOriginId")))
        .some((one) => list(at(one, "allowedMethods")).some((method) => writing.includes(method)));
    },
    code: "InvalidArgument",
    says: "The parameter AllowedMethods cannot include POST, PUT, PATCH, or DELETE for a cached behavior associated with an origin group.",
  },
  {
    when: (asked) => draftIn(asked) !== undefined,
    code: "InvalidFunctionAssociation",
    says: (asked) =>
      `A CloudFront function association is invalid: the function ${draftIn(asked) ?? ""} is not published.`,
  },
];

/** @throws Refusal for the first rule that a distribution's behaviours break. */
export function refuseBehaviors(inputs: Properties, account: AccountView): void {
  refuseFirst(rules, { inputs, account });
}
