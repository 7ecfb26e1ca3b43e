import { createRequire } from "node:module";
import type { iam } from "@pulumi/aws";
import type { Properties } from "../../model.ts";
import { hexOf, isRecord, text } from "../../values.ts";
import { managed } from "../cloudfront/references.ts";
import { words } from "./asking.ts";
import { specifiedInvoke } from "./by-specification.ts";
import type { Invoke, InvokeContext } from "./model.ts";
import { invoke } from "./model.ts";

/** A question for a policy of CloudFront: AWS's own by its name or id, any other as the account has it. */
function managedOr(token: string, own: Readonly<Record<string, string>>): Invoke {
  return (context, args) => {
    const entries = Object.entries(own).map(([name, id]) => ({ name: `Managed-${name}`, id }));
    const found = entries.find(({ name, id }) => name === args.name || id === args.id);
    if (found === undefined) return specifiedInvoke(token)?.(context, args) ?? {};
    const type = (token.split(":get").at(-1) ?? "").replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
    const arn = `arn:aws:cloudfront::aws:${type}/${found.id}`;
    return { ...found, arn, comment: "", etag: `E${hexOf(found.id, 13).toUpperCase()}` };
  };
}

const sdkEnums = "@pulumi/aws/types/enums/iam/index.js";
let awsPolicies: readonly string[] | undefined;

/** ARNs of the policies that AWS keeps for everybody, as the SDK lists them. */
function managedArns(): readonly string[] {
  const enums: unknown = awsPolicies === undefined ? createRequire(import.meta.url)(sdkEnums) : undefined;
  const listed = isRecord(enums) && isRecord(enums.ManagedPolicy) ? Object.values(enums.ManagedPolicy) : [];
  awsPolicies ??= listed.flatMap((arn) => text(arn) ?? []);
  return awsPolicies;
}

const ofAws = "arn:aws:iam::aws:policy";

/** What an AWS managed policy allows is not known here: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html */
const getPolicy = invoke<Pick<iam.GetPolicyResult, "id">>((context, args) => {
  const arn = text(args.arn)?.startsWith(ofAws) === true ? words(args.arn) : managedNamed(context, args);
  const token = "aws:iam/getPolicy:getPolicy";
  if (arn === undefined) return { id: "", ...specifiedInvoke(token)?.(context, args) };
  const path = arn.slice(ofAws.length, arn.lastIndexOf("/") + 1);
  return {
    ...{ arn, id: arn, path, name: arn.split("/").at(-1) ?? "", attachmentCount: 0, description: "" },
    policy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
    policyId: `ANPA${hexOf(arn, 17).toUpperCase()}`,
    tags: {},
  };
});

function managedNamed({ account }: InvokeContext, { name }: Properties): string | undefined {
  if (account.find("aws:iam/policy:Policy", words(name)) !== undefined) return undefined;
  return managedArns().find((arn) => arn.endsWith(`/${words(name)}`));
}

/** Questions for policies, of which AWS keeps many for everybody. */
export const policyInvokes: Readonly<Record<string, Invoke>> = Object.fromEntries([
  ["aws:iam/getPolicy:getPolicy", getPolicy],
  ...Object.entries({
    getCachePolicy: managed.cache,
    getOriginRequestPolicy: managed.originRequest,
    getResponseHeadersPolicy: managed.responseHeaders,
  }).map(([name, own]) => {
    const token = `aws:cloudfront/${name}:${name}`;
    return [token, managedOr(token, own)] as const;
  }),
]);
