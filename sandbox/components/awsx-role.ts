import { createHash } from "node:crypto";
import { ComponentError, shape, shapeOfList, shapeOfRecord, shapeOfText, without } from "./arguments.ts";
import { child, keyOf, ref } from "./plan.ts";
import type { Child, Key } from "./plan.ts";

/** Who may take on the roles of a task: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html */
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" }, Effect: "Allow", Sid: "" },
  ],
});

/** A role of a task, which the component makes unless it is given one or told not to. */
export interface TaskRole {
  readonly children: readonly Child[];
  readonly role: Key | undefined;
  readonly arn: unknown;
}

/** The role that `given` asks for. `policies` are the ARNs of what it may do where the program does not say. */
export function expandTaskRole(
  name: string,
  parent: Key | undefined,
  given: unknown,
  policies: readonly string[],
): TaskRole {
  const { roleArn, args, skip } = shapeOfRecord(given);
  if (roleArn !== undefined && args !== undefined)
    throw new ComponentError("Can't define role args if specified an existing role ARN");
  if (shape(skip) === true) return { children: [], role: undefined, arn: undefined };
  if (roleArn !== undefined) return { children: [], role: undefined, arn: roleArn };
  const wanted = shapeOfRecord(args);
  const under = parent === undefined ? {} : { parent };
  const role: Child = {
    type: "aws:iam/role:Role",
    name,
    ...under,
    inputs: { assumeRolePolicy: trust, ...without(wanted, ["policyArns"]) },
  };
  const attachments = (shapeOfList(wanted.policyArns) ?? policies).map((policyArn): Child => ({
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name: `${name}-${shortHash(shapeOfText(policyArn) ?? "")}`,
    ...under,
    inputs: { role: ref(keyOf(role), "name"), policyArn },
  }));
  return { children: [role, ...attachments], role: keyOf(role), arn: ref(keyOf(role), "arn") };
}

/** The eight digits that components of awsx put behind a name. */
export function shortHash(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 8);
}

/** A role as an output. */
export function roleOutput({ role }: TaskRole): unknown {
  return role && child(role);
}
