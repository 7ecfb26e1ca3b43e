import { define } from "../../kernel/define.ts";
import { flag } from "../../kernel/params.ts";
import { has } from "../../kernel/read.ts";
import { behaviorsOf, pathOf } from "../../reading/distributions.ts";

/** Policies without TLS 1.1 and old ciphers (CloudFront developer guide, "Supported protocols and ciphers between viewers and CloudFront"). */
const modern = ["TLSv1.2_2021", "TLSv1.2_2025", "TLSv1.3_2025"];

export const cloudfrontViewerTls = define({
  name: "cloudfront-viewer-tls",
  description: "Visitors reach the edge over modern TLS only.",
  severity: "high",
  controls: {
    fsbp: ["CloudFront.3", "CloudFront.7", "CloudFront.8", "CloudFront.15"],
    ckv: ["CKV_AWS_34", "CKV_AWS_174", "CKV2_AWS_42"],
  },
  remediation: "Give the Frontend component a domain and leave its minimumTls as it is.",
  params: {
    defaultCertificate: flag(
      false,
      "Whether a distribution without a domain may have CloudFront's certificate, whose lowest TLS nobody can choose.",
    ),
  },
  checks: {
    "aws:cloudfront/distribution:Distribution": [
      (distribution) =>
        behaviorsOf(distribution).map((behavior) => {
          const { viewerProtocolPolicy: policy = "not set" } = behavior;
          return (
            !["https-only", "redirect-to-https"].includes(policy) &&
            `viewerProtocolPolicy of ${pathOf(behavior)} is ${policy}: use redirect-to-https.`
          );
        }),
      ({ viewerCertificate: certificate }, { params }) => {
        if (has(certificate, "acmCertificateArn") || has(certificate, "iamCertificateId")) return undefined;
        return (
          !params.defaultCertificate &&
          "viewerCertificate.acmCertificateArn is not set: name a certificate, or old versions of TLS are let in."
        );
      },
      ({ viewerCertificate: certificate }) => {
        if (certificate?.cloudfrontDefaultCertificate === true) return undefined;
        const floor = certificate?.minimumProtocolVersion ?? "not set";
        return (
          !modern.includes(floor) && `minimumProtocolVersion is ${floor}: use TLSv1.2_2021 or a newer one.`
        );
      },
      ({ viewerCertificate: certificate }) => {
        if (certificate?.cloudfrontDefaultCertificate === true) return undefined;
        const method = certificate?.sslSupportMethod ?? "not set";
        return (
          method !== "sni-only" &&
          `sslSupportMethod is ${method}: use sni-only, since an address of its own costs $600 a month.`
        );
      },
    ],
  },
});
