import type { autoscaling, ec2 } from "@pulumi/aws";
import type { Stored } from "../model.ts";
import { Refusal } from "../model.ts";
import { list, text } from "../values.ts";
import type { AnyBehaviour, Context, Reference } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { toGroupSubnet, toTemplate } from "./ec2/instances.ts";
import { usedTemplate } from "./ec2/launch-templates.ts";
import type { Launch } from "./ec2/launch-templates.ts";
import { toTargetGroup } from "./lb/references.ts";
import { placementOf } from "./placement.ts";
import { refuseFirst } from "./refuse-first.ts";
import type { Rule } from "./refuse-first.ts";
import { refined } from "./specification/refined.ts";

const groupToken = "aws:autoscaling/group:Group";
const policyToken = "aws:autoscaling/policy:Policy";
const configurationToken = "aws:ec2/launchConfiguration:LaunchConfiguration";

const toGroup: Reference = {
  to: groupToken,
  missing: {
    code: "ValidationError",
    message: "AutoScalingGroup name not found - AutoScalingGroup '{value}' not found",
  },
  holds: false,
};
const toGroupTemplate: Reference = {
  ...toTemplate,
  missing: {
    code: "ValidationError",
    message:
      "You must use a valid fully-formed launch template. The specified launch template, with template ID {value}, does not exist.",
  },
};

interface Inputs {
  readonly name?: string | undefined;
  readonly minSize: number;
  readonly maxSize: number;
  readonly desiredCapacity?: number | undefined;
  readonly vpcZoneIdentifiers?: readonly string[] | undefined;
  readonly availabilityZones?: readonly string[] | undefined;
  readonly launchTemplate?: Launch | undefined;
}

interface Request extends Pick<Context<Inputs>, "inputs" | "account" | "region"> {
  readonly before: Stored | undefined;
}

function templateOf({ inputs, account, region }: Request): Stored | undefined {
  return usedTemplate(account, region, inputs.launchTemplate);
}

/** Codes: https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_CreateAutoScalingGroup.html */
const rules: readonly Rule<Request>[] = [
  {
    when: ({ inputs, account, region, before }) =>
      before === undefined && account.find(groupToken, inputs.name ?? "", region) !== undefined,
    code: "AlreadyExists",
    says: ({ inputs }) =>
      `AutoScalingGroup by this name already exists - A group with the name ${inputs.name ?? ""} already exists`,
  },
  {
    when: ({ inputs }) => inputs.minSize > inputs.maxSize,
    code: "ValidationError",
    says: ({ inputs }) =>
      `Max bound, ${String(inputs.maxSize)}, must be greater than or equal to min bound, ${String(inputs.minSize)}`,
  },
  {
    when: ({ inputs }) => inputs.desiredCapacity !== undefined && inputs.desiredCapacity < inputs.minSize,
    code: "ValidationError",
    says: ({ inputs }) =>
      `Desired capacity:${String(inputs.desiredCapacity)} must be between the specified min size:${String(inputs.minSize)} and max size:${String(inputs.maxSize)}`,
  },
  {
    when: ({ inputs }) => inputs.desiredCapacity !== undefined && inputs.desiredCapacity > inputs.maxSize,
    code: "ValidationError",
    says: ({ inputs }) =>
      `Desired capacity:${String(inputs.desiredCapacity)} must be between the specified min size:${String(inputs.minSize)} and max size:${String(inputs.maxSize)}`,
  },
  {
    when: ({ inputs }) =>
      (inputs.vpcZoneIdentifiers ?? []).length + (inputs.availabilityZones ?? []).length === 0,
    code: "ValidationError",
    says: "At least one Availability Zone or VPC Subnet is required.",
  },
  {
    when: ({ inputs, account }) => placementOf(account, inputs.vpcZoneIdentifiers).vpcs.length > 1,
    code: "ValidationError",
    says: "Subnets must all belong to the same VPC",
  },
  {
    when: (request) => {
      const { networkInterfaces, vpcSecurityGroupIds } = templateOf(request)?.state ?? {};
      return list(networkInterfaces).length > 0 && list(vpcSecurityGroupIds).length > 0;
    },
    code: "InvalidQueryParameter",
    says: "Invalid launch template: When a network interface is provided, the security groups must be a part of it.",
  },
  {
    when: (request) => {
      const template = templateOf(request);
      return template !== undefined && text(template.state.imageId) === undefined;
    },
    code: "ValidationError",
    says: "You must use a valid fully-formed launch template. The request must contain the parameter ImageId",
  },
];

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/auto-scaling-groups.html */
const group = behaviour<autoscaling.GroupArgs, autoscaling.GroupState>(groupToken, {
  autoname: { property: "name", max: 255 },
  references: {
    "vpcZoneIdentifiers[]": toGroupSubnet,
    "targetGroupArns[]": toTargetGroup,
    "launchTemplate.id": toGroupTemplate,
    "launchTemplate.name": toGroupTemplate,
    "mixedInstancesPolicy.launchTemplate.launchTemplateSpecification.launchTemplateId": toGroupTemplate,
    launchConfiguration: {
      to: configurationToken,
      missing: {
        code: "ValidationError",
        message: "Launch configuration name not found - Launch configuration {value} not found",
      },
    },
  },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, inputs, account, accountId, region, hex }) => ({
    arn: `arn:aws:autoscaling:${region}:${accountId}:autoScalingGroup:${hex(8)}-${hex(4, "a")}-${hex(4, "b")}-${hex(4, "c")}-${hex(12, "d")}:autoScalingGroupName/${id}`,
    availabilityZones: [...placementOf(account, inputs.vpcZoneIdentifiers).zones],
    defaultCooldown: 300,
    desiredCapacity: inputs.minSize,
    healthCheckType: "EC2",
    loadBalancers: [],
    predictedCapacity: 0,
    serviceLinkedRoleArn: `arn:aws:iam::${accountId}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
    targetGroupArns: [],
    vpcZoneIdentifiers: [],
    warmPoolSize: 0,
  }),
  refuses: ({ inputs, account, region }, before) => {
    refuseFirst<Request>(rules, { inputs, account, region, before });
  },
  seconds: { create: 45, update: 5, delete: 90 },
});

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_DeleteLaunchConfiguration.html */
const configuration = refined<ec2.LaunchConfigurationArgs, ec2.LaunchConfigurationState>(configurationToken, {
  keeps: ({ id }, holders) => {
    const user = holders.find(({ token }) => token === groupToken);
    if (user === undefined) return;
    throw new Refusal(
      "ResourceInUse",
      `Cannot delete launch configuration ${id} because it is attached to AutoScalingGroup ${user.id}`,
    );
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PutScalingPolicy.html */
const policy = behaviour<autoscaling.PolicyArgs, autoscaling.PolicyState>(policyToken, {
  autoname: { property: "name", max: 255 },
  references: { autoscalingGroupName: toGroup },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: ({ id, inputs, accountId, region, hex }) => ({
    arn: `arn:aws:autoscaling:${region}:${accountId}:scalingPolicy:${hex(32)}:autoScalingGroupName/${inputs.autoscalingGroupName}:policyName/${id}`,
    metricAggregationType: "",
  }),
  keys: (state) => [state.arn],
  refuses: ({ inputs }) => {
    if (inputs.policyType === "TargetTrackingScaling" && inputs.targetTrackingConfiguration === undefined) {
      throw new Refusal(
        "ValidationError",
        "TargetTrackingConfiguration must be specified for TargetTrackingScaling policies",
      );
    }
  },
  seconds: { create: 1, update: 1, delete: 1 },
});

/** https://docs.aws.amazon.com/autoscaling/ec2/userguide/tutorial-ec2-auto-scaling-load-balancer.html */
const attachment = behaviour<autoscaling.AttachmentArgs, autoscaling.AttachmentState>(
  "aws:autoscaling/attachment:Attachment",
  {
    references: { autoscalingGroupName: toGroup, lbTargetGroupArn: { ...toTargetGroup, holds: false } },
    id: ({ inputs, hex }) => `${inputs.autoscalingGroupName}-${hex(26)}`,
    outputs: () => ({}),
    keys: () => [],
    seconds: { create: 1, update: 1, delete: 1 },
  },
);

/** Groups of instances that are replaced, and grow and shrink. */
export const instanceGroups: readonly AnyBehaviour[] = [group, configuration, policy, attachment];
