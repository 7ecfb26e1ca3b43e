import { define } from "../../kernel/define.ts";

const remedy = "load balancers and NAT gateways bring their own addresses, and nothing else needs one";

export const subnetNoAutoPublicIp = define({
  name: "subnet-no-auto-public-ip",
  description: "Nothing gets a public address only because of the subnet it is in.",
  severity: "medium",
  controls: { fsbp: ["EC2.15"], ckv: ["CKV_AWS_130"] },
  remediation: "Use the Network component, which turns it off in its public subnets too.",
  checks: {
    "aws:ec2/subnet:Subnet": [
      ({ mapPublicIpOnLaunch }) =>
        mapPublicIpOnLaunch === true && `mapPublicIpOnLaunch is true: leave it unset, since ${remedy}.`,
    ],
    // The subnets that come with an account hand out addresses until they are told not to (Amazon VPC user guide, "Default subnets").
    "aws:ec2/defaultSubnet:DefaultSubnet": [
      ({ mapPublicIpOnLaunch }) =>
        mapPublicIpOnLaunch !== false && `mapPublicIpOnLaunch is not false: set it, since ${remedy}.`,
    ],
  },
});
