import type { s3 } from "@pulumi/aws";
import type { AccountView, Properties } from "../../model.ts";
import { isRecord, text } from "../../values.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { isConditionKey, matches, resourceTypesOf } from "../iam/actions.ts";
import { refuseDocument, sizeOf, unknownPrincipals } from "../iam/policy-documents.ts";
import { unknownOperators } from "../iam/policy-grammar.ts";
import { several, statementsOf } from "../iam/statements.ts";
import { refuseFirst } from "../refuse-first.ts";
import type { Rule } from "../refuse-first.ts";
import { isBlocked } from "./access.ts";
import { toBucket } from "./references.ts";

/** Characters of a policy: https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html */
const quota = 20_480;

/** Conditions with a fixed value for one of these make a statement private: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */
const narrowing: ReadonlySet<string> = new Set([
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceip",
  "aws:sourceorgid",
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:userid",
  "s3:dataaccesspointaccount",
  "s3:dataaccesspointarn",
  "s3:x-amz-server-side-encryption-aws-kms-key-id",
]);

function isNarrowed({ Condition }: Properties): boolean {
  if (!isRecord(Condition)) return false;
  return Object.entries(Condition).some(
    ([operator, values]) =>
      !/Not|Null/.test(operator) &&
      isRecord(values) &&
      Object.entries(values).some(
        ([key, value]) =>
          narrowing.has(key.toLowerCase()) && !several(value).some((one) => one.includes("*")),
      ),
  );
}

function isPublic(statement: Properties): boolean {
  const { Effect, Principal, NotPrincipal } = statement;
  const named = isRecord(Principal) ? several(Principal.AWS) : several(Principal);
  return Effect === "Allow" && (named.includes("*") || NotPrincipal !== undefined) && !isNarrowed(statement);
}

/** A policy, and the bucket that it is for. */
interface Asked {
  readonly document: Properties;
  readonly statements: readonly Properties[];
  readonly bucket: string;
  readonly account: AccountView;
}

/** The condition keys of S3's own that a statement looks at. */
function keysOf({ Condition }: Properties): readonly string[] {
  if (!isRecord(Condition)) return [];
  const keys = Object.values(Condition).flatMap((tests) => (isRecord(tests) ? Object.keys(tests) : []));
  return keys.filter((key) => /^s3:/i.test(key));
}

/** Whether a resource is the bucket or in it, which a pattern may say as well. */
function isOwn(resource: string, bucket: string): boolean {
  const arn = `arn:aws:s3:::${bucket}`;
  return resource === arn || resource.startsWith(`${arn}/`) || (resource !== "*" && matches(resource, arn));
}

/** The kinds of resource that a statement names: the bucket, objects in it, or by a pattern both. */
function kindsOf(statement: Properties): ReadonlySet<string> {
  const kinds = several(statement.Resource).flatMap((resource) => {
    if (resource.includes("/")) return ["object"];
    return /[*?]/.test(resource) ? ["bucket", "object"] : ["bucket"];
  });
  return new Set(kinds);
}

/** Whether an action is about buckets or objects, and the statement names none of its kind; what one does not name is not looked into. */
function missesAll(statement: Properties): boolean {
  if (statement.Resource === undefined) return false;
  const kinds = kindsOf(statement);
  return several(statement.Action)
    .filter((action) => action !== "*")
    .map((action) => ["bucket", "object"].filter((kind) => resourceTypesOf(action).has(kind)))
    .some((wanted) => wanted.length > 0 && !wanted.some((kind) => kinds.has(kind)));
}

/** What S3 says of a policy's grammar in words of its own, before it looks at what the policy names. */
const grammarRules: readonly Rule<readonly Properties[]>[] = [
  {
    when: (statements) => statements.some(({ Effect }) => !["Allow", "Deny"].includes(text(Effect) ?? "")),
    code: "MalformedPolicy",
    says: (statements) => {
      const effects = statements.map(({ Effect }) => text(Effect) ?? "");
      return `Invalid effect: ${effects.find((effect) => !["Allow", "Deny"].includes(effect)) ?? ""}`;
    },
  },
  {
    when: (statements) => statements.flatMap(unknownOperators).length > 0,
    code: "MalformedPolicy",
    says: (statements) => `Invalid Condition type : ${statements.flatMap(unknownOperators)[0] ?? ""}`,
  },
];

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-policy-language-overview.html */
const rules: readonly Rule<Asked>[] = [
  {
    when: ({ document, account }) => unknownPrincipals(document, account).length > 0,
    code: "MalformedPolicy",
    says: "Invalid principal in policy",
  },
  {
    when: ({ statements }) =>
      !statements.flatMap(({ Action }) => several(Action)).every((action) => /^(?:\*$|s3:)/i.test(action)),
    code: "MalformedPolicy",
    says: "Policy has invalid action",
  },
  {
    when: ({ statements, bucket }) =>
      !statements.flatMap(({ Resource }) => several(Resource)).every((resource) => isOwn(resource, bucket)),
    code: "MalformedPolicy",
    says: "Policy has invalid resource",
  },
  {
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
    when: ({ statements }) => statements.some(missesAll),
    code: "MalformedPolicy",
    says: "Action does not apply to any resource(s) in statement",
  },
  {
    when: ({ statements }) => !statements.flatMap(keysOf).every(isConditionKey),
    code: "MalformedPolicy",
    says: "Policy has an invalid condition key",
  },
  {
    when: ({ document }) => sizeOf(JSON.stringify(document)) > quota,
    code: "MalformedPolicy",
    says: `Normalized policy document exceeds the maximum allowed size of ${quota} bytes`,
  },
  {
    when: ({ statements, bucket, account }) =>
      statements.some(isPublic) && isBlocked(account, bucket, "blockPublicPolicy"),
    code: "AccessDenied",
    says: ({ account, bucket }) =>
      `User: arn:aws:iam::${account.accountId}:user/sandbox is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${bucket}" because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.`,
  },
];

function refuseBucketPolicy(policy: string, bucket: string, account: AccountView): void {
  const parsed: unknown = JSON.parse(policy);
  if (isRecord(parsed)) refuseFirst(grammarRules, statementsOf(parsed));
  const document = refuseDocument(policy, "resource", { code: "MalformedPolicy" });
  refuseFirst(rules, { document, statements: statementsOf(document), bucket, account });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
const bucketPolicy = behaviour<s3.BucketPolicyArgs, s3.BucketPolicyState>(
  "aws:s3/bucketPolicy:BucketPolicy",
  {
    references: { bucket: toBucket },
    id: ({ inputs }) => inputs.bucket,
    outputs: () => ({}),
    keys: () => [],
    refuses: ({ inputs, account }: Context<{ bucket: string; policy: unknown }>) => {
      const policy = text(inputs.policy) ?? JSON.stringify(inputs.policy);
      refuseBucketPolicy(policy, inputs.bucket, account);
    },
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** What buckets allow whom. */
export const bucketPolicies: readonly AnyBehaviour[] = [bucketPolicy];
