import type { AccountView } from "../../model.ts";
import { gatewayAttachmentToken, internetGatewayToken, inVpc, vpcToken } from "../ec2/references.ts";

const beginning = "Cannot create a publicly accessible DBInstance.";

/** What keeps a database with a public address from the internet: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html#USER_VPC.Hiding */
export function unreachable(
  account: AccountView,
  vpcId: string | undefined,
  isPublic: boolean | undefined,
): string | undefined {
  const vpc = account.find(vpcToken, vpcId ?? "");
  if (isPublic !== true || vpc === undefined) return undefined;
  const gateways = [internetGatewayToken, gatewayAttachmentToken].flatMap((token) =>
    inVpc(account, token, vpc.id),
  );
  if (gateways.length === 0) {
    return `${beginning} The specified VPC has no internet gateway attached.Update the VPC and then try again`;
  }
  const { enableDnsHostnames, enableDnsSupport } = vpc.state;
  return enableDnsHostnames === true && enableDnsSupport !== false
    ? undefined
    : `${beginning} The specified VPC does not support DNS resolution, DNS hostnames, or both. Update the VPC and then try again`;
}
