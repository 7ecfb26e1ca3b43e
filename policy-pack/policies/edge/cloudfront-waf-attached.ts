import { define } from "../../kernel/define.ts";
import { has } from "../../kernel/read.ts";

export const cloudfrontWafAttached = define({
  name: "cloudfront-waf-attached",
  description: "Every distribution stands behind a web firewall.",
  severity: "high",
  controls: { fsbp: ["CloudFront.6"], ckv: ["CKV_AWS_68"] },
  remediation: "Use the Frontend component, or give the distribution a WebFirewall's webAclArn.",
  checks: {
    "aws:cloudfront/distribution:Distribution": [
      (distribution) =>
        !has(distribution, "webAclId") && "webAclId is not set: name the ARN of a web ACL in us-east-1.",
    ],
  },
});
