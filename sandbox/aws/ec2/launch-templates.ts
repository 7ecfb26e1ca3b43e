import type { ec2 } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { AnyBehaviour, Reference } from "../behaviour.ts";
import { behaviour } from "../behaviour.ts";
import { loosely, toSecurityGroup, toSubnet } from "./references.ts";

const token = "aws:ec2/launchTemplate:LaunchTemplate";

/** EC2 looks the profile up only when an instance starts; a template that names none at all is a mistake at once. */
const toProfile: Reference = {
  to: "aws:iam/instanceProfile:InstanceProfile",
  missing: { code: "InvalidIamInstanceProfile.NotFound", message: "Invalid IAM Instance Profile '{value}'" },
  holds: false,
};

function latest(state: Readonly<Record<string, unknown>> | undefined): number {
  return typeof state?.latestVersion === "number" ? state.latestVersion : 0;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html. Every change adds a version. */
const launchTemplate = behaviour<ec2.LaunchTemplateArgs, ec2.LaunchTemplateState>(token, {
  autoname: { property: "name", max: 125 },
  references: {
    "vpcSecurityGroupIds[]": loosely(toSecurityGroup),
    "networkInterfaces[].securityGroups[]": loosely(toSecurityGroup),
    "networkInterfaces[].subnetId": loosely(toSubnet),
    "iamInstanceProfile.arn": toProfile,
    "iamInstanceProfile.name": toProfile,
  },
  id: ({ hex }) => `lt-0${hex(16)}`,
  outputs: ({ id, accountId, region, inputs, before, hex }) => {
    const latestVersion = latest(before?.state) + 1;
    return {
      arn: `arn:aws:ec2:${region}:${accountId}:launch-template/${id}`,
      defaultVersion: inputs.updateDefaultVersion === true ? latestVersion : 1,
      latestVersion,
      name: `${inputs.namePrefix ?? ""}${hex(26, "name")}`,
    };
  },
  settles: ["latestVersion", "defaultVersion"],
  refuses: ({ inputs, account, region }, before) => {
    if (
      before !== undefined ||
      inputs.name === undefined ||
      account.find(token, inputs.name, region) === undefined
    )
      return;
    throw new Refusal(
      "InvalidLaunchTemplateName.AlreadyExistsException",
      "Launch template name already in use.",
    );
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** How instances of a group start. */
export const launchTemplates: readonly AnyBehaviour[] = [launchTemplate];
