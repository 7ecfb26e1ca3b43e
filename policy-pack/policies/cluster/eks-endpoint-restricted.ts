import { define } from "../../kernel/define.ts";
import { flag } from "../../kernel/params.ts";
import { items } from "../../kernel/read.ts";
import { isWorld } from "../../reading/cidr.ts";

export const eksEndpointRestricted = define({
  name: "eks-endpoint-restricted",
  description: "The cluster's API is private, or open to listed addresses where that is allowed.",
  severity: "critical",
  controls: { fsbp: ["EKS.1"], "cis-eks": ["5.4.1", "5.4.2"], ckv: ["CKV_AWS_38", "CKV_AWS_39"] },
  remediation: "Set the cluster's endpoint.access to private; a public one needs endpoint.allowedCidrs.",
  params: {
    publicAllowed: flag(false, "Whether a public endpoint may exist for addresses that are listed."),
  },
  checks: {
    "aws:eks/cluster:Cluster": [
      ({ vpcConfig }) =>
        vpcConfig?.endpointPrivateAccess !== true &&
        "vpcConfig.endpointPrivateAccess is not true: set it, since AWS's default is false.",
      ({ vpcConfig }, { params }) =>
        !params.publicAllowed &&
        vpcConfig?.endpointPublicAccess !== false &&
        "vpcConfig.endpointPublicAccess is not false: set it to false, since AWS's default is true.",
      ({ vpcConfig }, { params }) => {
        if (!params.publicAllowed || vpcConfig?.endpointPublicAccess === false) return undefined;
        const cidrs = items(vpcConfig?.publicAccessCidrs);
        if (cidrs.length === 0)
          return "vpcConfig.publicAccessCidrs is empty: list the addresses of a VPN or an office, since AWS's default is 0.0.0.0/0.";
        return cidrs
          .filter(isWorld)
          .map(
            (cidr) =>
              `vpcConfig.publicAccessCidrs lets in ${cidr}: list the addresses of a VPN or an office.`,
          );
      },
    ],
  },
});
