import { define } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { foreignAccounts } from "../../reading/accounts.ts";
import { actionsOf, isPublicGrant, statements } from "../../reading/iam.ts";

export const s3NoPublicBucketPolicy = define({
  name: "s3-no-public-bucket-policy",
  description: "Bucket policies grant nothing to everyone.",
  severity: "critical",
  controls: { fsbp: ["S3.2", "S3.3", "S3.6"], ckv: ["CKV_AWS_70"] },
  remediation:
    "Name the principals, or narrow the grant with aws:SourceArn, aws:SourceAccount or aws:PrincipalOrgID.",
  params: {
    trustedAccounts: list([], "Account ids that bucket policies may let in beside the stack's own."),
  },
  checks: {
    "aws:s3/bucketPolicy:BucketPolicy": [
      ({ policy }) =>
        statements(policy)
          .filter(isPublicGrant)
          .map(
            (open) =>
              `policy allows everyone ${actionsOf(open)}: name the principals or add a narrowing condition.`,
          ),
      ({ policy }, { provider, params }) =>
        foreignAccounts(policy, provider, params.trustedAccounts).map(
          ({ account, statement }) =>
            `policy allows account ${account} ${actionsOf(statement)}: add the account to trustedAccounts if that is meant.`,
        ),
    ],
  },
});
