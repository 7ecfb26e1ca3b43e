import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { property } from "../../kernel/read.ts";

const flags = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

/** AWS's own default for a flag that is left out of the request is false. */
function missingFlag(props: object): Findings {
  const open = flags.filter((flag) => property(props, flag) !== true);
  return (
    open.length > 0 &&
    `${open.join(", ")} is not true: set it, since AWS takes a flag that is left out as false.`
  );
}

export const s3PublicAccessBlockFlags = define({
  name: "s3-public-access-block-flags",
  description: "A public access block closes all four ways to make a bucket public.",
  severity: "critical",
  controls: {
    fsbp: ["S3.1", "S3.8"],
    cis: ["2.1.4"],
    ckv: ["CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_56"],
  },
  remediation: "Set all four flags to true, as the PrivateBucket component does.",
  checks: {
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
      missingFlag,
      ({ skipDestroy }) =>
        skipDestroy === true &&
        "skipDestroy is true, so the block would outlive the program unmanaged: leave it unset.",
    ],
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": [missingFlag],
  },
});
