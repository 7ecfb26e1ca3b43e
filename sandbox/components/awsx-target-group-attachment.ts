import type { Properties } from "../model.ts";
import { ComponentError, isSaid, onlyArguments } from "./arguments.ts";
import { ask, at, child, derive, keyOf } from "./plan.ts";
import type { Child, Expansion } from "./plan.ts";

const groups = ["targetGroup", "targetGroupArn"] as const;
const targets = ["instance", "instanceId", "lambda", "lambdaArn"] as const;

/** What `awsx.lb.TargetGroupAttachment` 3.9 makes: https://www.pulumi.com/registry/packages/awsx/api-docs/lb/targetgroupattachment/ */
export function expandTargetGroupAttachment(name: string, args: Properties): Expansion {
  onlyArguments("awsx:lb:TargetGroupAttachment", args, new Set([...groups, ...targets]));
  if (groups.filter((one) => isSaid(args[one])).length !== 1)
    throw new ComponentError("Exactly 1 of [targetGroup] or [targetGroupArn] must be provided");
  if (targets.filter((one) => isSaid(args[one])).length !== 1) {
    throw new ComponentError(
      "Exactly 1 of [instance], [instanceId], [lambda] or [lambdaArn] must be provided.",
    );
  }
  const group = groupOf(args);
  const called = isSaid(args.lambda) || isSaid(args.lambdaArn);
  const permissions: readonly Child[] = called ? [permissionFor(name, args, group.arn)] : [];
  const attachment: Child = {
    type: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    name,
    inputs: {
      ...(called ? { targetId: functionArn(args) } : machineOf(args, group.targetType)),
      targetGroupArn: group.arn,
    },
    dependsOn: permissions.map(keyOf),
  };
  const [permission] = permissions;
  return {
    children: [...permissions, attachment],
    outputs: {
      lambdaPermission: permission && child(keyOf(permission)),
      targetGroupAttachment: child(keyOf(attachment)),
    },
    keepsOutputs: false,
  };
}

function groupOf({ targetGroup, targetGroupArn }: Properties) {
  if (isSaid(targetGroup)) return { arn: at(targetGroup, "arn"), targetType: at(targetGroup, "targetType") };
  const found = ask("aws:lb/getTargetGroup:getTargetGroup", { arn: targetGroupArn });
  return { arn: targetGroupArn, targetType: at(found, "targetType") };
}

/** A group of addresses has the machine's address, any other its id. */
function machineOf({ instance, instanceId }: Properties, targetType: unknown): Properties {
  const machine = isSaid(instance) ? instance : ask("aws:ec2/getInstance:getInstance", { instanceId });
  return {
    availabilityZone: at(machine, "availabilityZone"),
    targetId: derive([targetType, at(machine, "id"), at(machine, "privateIp")], (type, id, address) =>
      type === "instance" ? id : address,
    ),
  };
}

function functionArn({ lambda, lambdaArn }: Properties): unknown {
  return isSaid(lambda) ? at(lambda, "arn") : lambdaArn;
}

function permissionFor(name: string, args: Properties, groupArn: unknown): Child {
  return {
    type: "aws:lambda/permission:Permission",
    name,
    inputs: {
      action: "lambda:InvokeFunction",
      function: isSaid(args.lambda) ? at(args.lambda, "id") : args.lambdaArn,
      principal: "elasticloadbalancing.amazonaws.com",
      sourceArn: groupArn,
    },
  };
}
