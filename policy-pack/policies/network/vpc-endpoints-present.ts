import { defineStack } from "../../kernel/define.ts";
import type { StackCheck } from "../../kernel/definition.ts";
import { Undecided } from "../../kernel/findings.ts";
import { list } from "../../kernel/params.ts";
import { isPublicGrant, statements } from "../../reading/iam.ts";
import { mayBeMore, partners } from "../../reading/relations.ts";

const endpoint = "aws:ec2/vpcEndpoint:VpcEndpoint";

/** `ecr.api` of `com.amazonaws.eu-west-1.ecr.api`. */
function serviceOf(name: string | undefined): string | undefined {
  return /^(?:cn\.)?(?:com\.amazonaws|aws\.api)\.[a-z0-9-]+\.(.+)$/.exec(name ?? "")?.[1];
}

const present: StackCheck<object, { readonly services: readonly string[] }> = (vpc, graph, { services }) => {
  if (services.length === 0) return undefined;
  const found = partners(vpc, graph, [endpoint], "vpcId").map(({ props }) => serviceOf(props.serviceName));
  const missing = services.filter((service) => !found.includes(service));
  if (missing.length > 0 && mayBeMore(vpc, graph, [endpoint], "vpcId")) throw new Undecided("vpcId");
  return (
    missing.length > 0 &&
    `no VpcEndpoint of the VPC is for ${missing.join(", ")}: add it, or the calls go over the internet.`
  );
};

export const vpcEndpointsPresent = defineStack({
  name: "vpc-endpoints-present",
  description: "AWS is reached without the internet, and only with credentials of our own.",
  severity: "medium",
  controls: { fsbp: ["EC2.55", "EC2.56"] },
  remediation:
    "Name the services in the Network component's interfaceEndpoints; S3's is free and always made.",
  params: {
    services: list(
      ["s3", "ecr.api", "ecr.dkr", "kms", "logs", "secretsmanager", "sts"],
      "Services that must have an endpoint, as in its name. An interface costs roughly $8 a month and zone.",
    ),
  },
  checks: {
    "aws:ec2/vpc:Vpc": [present],
    "aws:ec2/defaultVpc:DefaultVpc": [present],
    [endpoint]: [
      ({ props: { policy } }) => {
        const found = statements(policy);
        if (found.length === 0)
          return "policy is not set, so credentials of any account pass: hold it to aws:PrincipalAccount.";
        return found
          .filter((statement) => isPublicGrant(statement))
          .flatMap(({ actions }) => actions.filter((action) => action.endsWith("*")))
          .map(
            (action) =>
              `policy lets credentials of any account do ${action}: hold it to aws:PrincipalAccount.`,
          );
      },
    ],
  },
});
