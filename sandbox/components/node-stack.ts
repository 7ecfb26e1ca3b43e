import type { Properties } from "../model.ts";
import { isRecord } from "../values.ts";
import { derive } from "./plan.ts";

/** The template of an Auto Scaling group whose machines are replaced one by one: https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html */
export function nodeStackTemplate(
  args: Properties,
  clusterName: unknown,
  launchConfiguration: unknown,
  subnetIds: unknown,
): unknown {
  const sizes = {
    desired: args.desiredCapacity ?? 2,
    min: args.minSize ?? 1,
    max: args.maxSize ?? 2,
  };
  const inService = args.spotPrice === undefined ? 1 : 0;
  const parts = [sizes, launchConfiguration, subnetIds, clusterName, args.autoScalingGroupTags];
  return derive(parts, (known, launched, subnets, cluster, tags) => {
    const { desired, min, max }: Properties = isRecord(known) ? known : {};
    const marks = {
      Name: `${String(cluster)}-worker`,
      [`kubernetes.io/cluster/${String(cluster)}`]: "owned",
      ...(isRecord(tags) ? tags : {}),
    };
    return `
AWSTemplateFormatVersion: '2010-09-09'
Outputs:
    NodeGroup:
        Value: !Ref NodeGroup
Resources:
    NodeGroup:
        Type: AWS::AutoScaling::AutoScalingGroup
        Properties:
          DesiredCapacity: ${String(desired)}
          LaunchConfigurationName: ${String(launched)}
          MinSize: ${String(min)}
          MaxSize: ${String(max)}
          VPCZoneIdentifier: ${JSON.stringify(subnets)}
          Tags:
${Object.entries(marks).map(tagLines).join("\n")}
        UpdatePolicy:
          AutoScalingRollingUpdate:
            MinInstancesInService: '${String(inService)}'
            MaxBatchSize: '1'
`;
  });
}

function tagLines([key, value]: readonly [string, unknown]): string {
  return `          - Key: ${key}\n            Value: ${String(value)}\n            PropagateAtLaunch: 'true'`;
}
