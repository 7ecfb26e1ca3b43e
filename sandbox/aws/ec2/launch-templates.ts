import type { ec2 } from "@pulumi/aws";
import { isDeepStrictEqual } from "node:util";
import type { AccountView, Properties, Stored } from "../../model.ts";
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

/** Which version of which template instances start from. */
export interface Launch {
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  /** A number, `$Latest` or `$Default`. @default "$Default" */
  readonly version?: string | undefined;
}

/** The template in the version that is used; `undefined` where it is an older one, which is not kept. */
export function usedTemplate(account: AccountView, region: string, launch: Launch = {}): Stored | undefined {
  const { id, name = "", version = "$Default" } = launch;
  const template = account.find(token, id ?? name, region);
  if (template === undefined) return undefined;
  const { latestVersion, defaultVersion } = template.state;
  const used = { $Latest: latestVersion, $Default: defaultVersion }[version] ?? Number(version);
  return used === latestVersion ? template : undefined;
}

function count(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

/** What is said of the template and not of the instances: a change of it adds no version. */
const besideTheVersions = new Set([
  "tags",
  "tagsAll",
  "defaultVersion",
  "updateDefaultVersion",
  "__defaults",
]);

function versionOf(inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(inputs).filter(([name]) => !besideTheVersions.has(name)));
}

/** The number of the newest version after an update, or after the creation. */
function latest(inputs: Properties, before: Stored | undefined): number {
  const known = count(before?.state.latestVersion);
  const same = before !== undefined && isDeepStrictEqual(versionOf(before.inputs), versionOf(inputs));
  return same ? known : known + 1;
}

/**
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateLaunchTemplate.html. Every change of what instances are started with adds a
 * version, which is the default only where the program says so: https://www.pulumi.com/registry/packages/aws/api-docs/ec2/launchtemplate/
 */
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
    const latestVersion = latest(inputs, before);
    const chosen = inputs.defaultVersion ?? Math.max(1, count(before?.state.defaultVersion));
    return {
      arn: `arn:aws:ec2:${region}:${accountId}:launch-template/${id}`,
      defaultVersion: inputs.updateDefaultVersion === true ? latestVersion : chosen,
      latestVersion,
      name: `${inputs.namePrefix ?? ""}${hex(26, "name")}`,
    };
  },
  settles: ["latestVersion", "defaultVersion"],
  refuses: ({ inputs, account, region }, before) => {
    // What is between the letters may be broken into lines.
    if (/[^A-Za-z0-9+/=\s]/.test(inputs.userData ?? "")) {
      throw new Refusal("InvalidUserData.Malformed", "Invalid BASE64 encoding of user data.");
    }
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
