import type { AccountView, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import type { Reference } from "../behaviour.ts";
import { toSubnet } from "../ec2/references.ts";
import { toServiceRole } from "../iam/references.ts";

export const clusterToken = "aws:eks/cluster:Cluster";
export const nodeGroupToken = "aws:eks/nodeGroup:NodeGroup";
export const addonToken = "aws:eks/addon:Addon";
export const fargateProfileToken = "aws:eks/fargateProfile:FargateProfile";
export const accessEntryToken = "aws:eks/accessEntry:AccessEntry";

/** Codes: https://docs.aws.amazon.com/eks/latest/APIReference/CommonErrors.html */
export const toCluster: Reference = {
  to: clusterToken,
  missing: { code: "ResourceNotFoundException", message: "No cluster found for name: {value}." },
};
export const toEksSubnet: Reference = {
  ...toSubnet,
  missing: { code: "InvalidParameterException", message: "The subnet ID '{value}' does not exist" },
};
export const toClusterRole: Reference = toServiceRole(
  "InvalidParameterException",
  "Role with arn: {value}, could not be assumed because it does not exist or the trusted entity is not correct",
);
export const toPodRole: Reference = toServiceRole(
  "InvalidParameterException",
  "Role provided in the request does not exist: {value}",
);

/** Refuses what something else of the same kind in the cluster goes by already. */
export function refuseTwin(
  account: AccountView,
  token: string,
  id: string,
  before: Stored | undefined,
  message: string,
): void {
  if (before === undefined && account.find(token, id) !== undefined) {
    throw new Refusal("ResourceInUseException", message);
  }
}
