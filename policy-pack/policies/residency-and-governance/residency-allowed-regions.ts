import { define } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { property } from "../../kernel/read.ts";
import { fits } from "../../kernel/urn.ts";

interface Settings {
  readonly regions: readonly string[];
  readonly edge: readonly string[];
}

/** CloudFront takes its certificates, firewalls and their logs from one region (Amazon CloudFront Developer Guide). */
function isAllowed(region: string, resource: string, { regions, edge }: Settings): boolean {
  return regions.includes(region) || (region === "us-east-1" && edge.some((glob) => fits(glob, resource)));
}

export const residencyAllowedRegions = define({
  name: "residency-allowed-regions",
  description: "Everything stands in a region where the data may be.",
  severity: "high",
  remediation: "Set account.region to a listed region, and leave a resource's own region unset.",
  params: {
    regions: list([], "Regions where resources may be; with none listed, all of them."),
    edge: list(
      ["aws:acm/*", "aws:wafv2/*", "aws:cloudwatch/logDelivery*"],
      "Globs on type::name of what CloudFront needs in us-east-1. A firewall's log holds the addresses of visitors.",
    ),
  },
  checks: {
    "*": [
      (props, { type, name, provider, params }) => {
        if (!type.startsWith("aws:") || params.regions.length === 0) return undefined;
        const region = property(props, "region") ?? property(provider?.props, "region");
        return (
          typeof region === "string" &&
          !isAllowed(region, `${type}::${name}`, params) &&
          `region is ${region}: use ${params.regions.join(" or ")}.`
        );
      },
    ],
  },
});
