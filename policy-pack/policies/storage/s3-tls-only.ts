import { defineStack } from "../../kernel/define.ts";
import { refusesPlainText, statements } from "../../reading/iam.ts";
import type { Statement } from "../../reading/iam.ts";
import { partners } from "../../reading/relations.ts";

/** Whether a statement is about everything one can do with the bucket and with the objects in it. */
function isAboutEverything({ actions, resources, conditions }: Statement): boolean {
  const anything = actions.some((action) => action === "*" || action === "s3:*");
  const bucket = resources.some((resource) => !resource.includes("/"));
  const objects = resources.some((resource) => /^[^/]*\/?\*$/.test(resource));
  return anything && bucket && objects && conditions.length === 1;
}

export const s3TlsOnly = defineStack({
  name: "s3-tls-only",
  description: "Buckets refuse whoever comes without TLS.",
  severity: "medium",
  controls: { fsbp: ["S3.5"], cis: ["2.1.1"], ckv: ["CKV_AWS_379"] },
  remediation: "Give the bucket its policy with allowOnly, which begins with that refusal.",
  checks: {
    "aws:s3/bucket:Bucket": [
      (bucket, graph) => {
        const policies = partners(bucket, graph, ["aws:s3/bucketPolicy:BucketPolicy"], "bucket");
        if (policies.length === 0)
          return "no BucketPolicy points to the bucket: add one that denies everyone whose aws:SecureTransport is false.";
        const refusals = policies.flatMap(({ props }) => statements(props.policy).filter(refusesPlainText));
        return (
          !refusals.some(isAboutEverything) &&
          "the bucket's policy does not refuse every request without TLS: deny everyone s3:* on the bucket and its objects while aws:SecureTransport is false."
        );
      },
    ],
  },
});
