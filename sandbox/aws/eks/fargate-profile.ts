import type { eks } from "@pulumi/aws";
import type { AnyBehaviour } from "../behaviour.ts";
import { isPublic } from "../ec2/reach.ts";
import { roleOf, trusts } from "../iam/grants.ts";
import { toServiceRole } from "../iam/references.ts";
import { refined } from "../specification/refined.ts";
import type { RulesFor } from "../specification/refined.ts";
import { fargateProfileToken, toCluster, toEksSubnet } from "./references.ts";

/** Codes: https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateFargateProfile.html */
const rules: RulesFor<eks.FargateProfileArgs> = [
  {
    when: ({ inputs, account, before }) =>
      before === undefined &&
      account.find(fargateProfileToken, `${inputs.clusterName}:${inputs.fargateProfileName ?? ""}`) !==
        undefined,
    code: "ResourceInUseException",
    says: ({ inputs }) =>
      `Fargate Profile already exists with name ${inputs.fargateProfileName ?? ""} for cluster ${inputs.clusterName}`,
  },
  {
    // https://docs.aws.amazon.com/eks/latest/userguide/pod-execution-role.html
    when: ({ inputs, account }) => {
      const role = roleOf(account, inputs.podExecutionRoleArn);
      return role !== undefined && !trusts(role, "eks-fargate-pods.amazonaws.com");
    },
    code: "InvalidParameterException",
    says: "Misconfigured PodExecutionRole Trust Policy; Please add the eks-fargate-pods.amazonaws.com Service Principal",
  },
  {
    // https://docs.aws.amazon.com/eks/latest/userguide/fargate-profile.html#fargate-profile-components
    when: ({ inputs, account }) => (inputs.subnetIds ?? []).some((id) => isPublic(account, id)),
    code: "InvalidParameterException",
    says: ({ inputs, account }) =>
      `Subnet ${(inputs.subnetIds ?? []).find((id) => isPublic(account, id)) ?? ""} provided in Fargate Profile is not a private subnet`,
  },
];

/** Which pods run without nodes. */
const profile = refined<eks.FargateProfileArgs, eks.FargateProfileState>(fargateProfileToken, {
  autoname: { property: "fargateProfileName", max: 100 },
  references: {
    clusterName: toCluster,
    "subnetIds[]": { ...toEksSubnet, holds: false },
    podExecutionRoleArn: toServiceRole(
      "InvalidParameterException",
      "Role with arn: {value}, could not be assumed because it does not exist or the trusted entity is not correct",
    ),
  },
  id: ({ inputs, name }) => `${inputs.clusterName}:${inputs.fargateProfileName ?? name}`,
  outputs: ({ id, inputs, accountId, region, hex }) => ({
    arn: `arn:aws:eks:${region}:${accountId}:fargateprofile/${id.replace(":", "/")}/${hex(32)}`,
    fargateProfileName: inputs.fargateProfileName ?? "",
    status: "ACTIVE",
  }),
  keys: (state) => [state.arn],
  rules,
  seconds: { create: 90, update: 2, delete: 120 },
});

/** Pods without nodes. */
export const fargateProfiles: readonly AnyBehaviour[] = [profile];
