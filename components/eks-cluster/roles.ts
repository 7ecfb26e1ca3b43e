import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** A role for an AWS service, with policies AWS maintains. */
export interface ServiceRole {
  readonly role: aws.iam.Role;
  /** What uses the role depends on these: on destroy a role must not lose its rights first. */
  readonly attachments: aws.iam.RolePolicyAttachment[];
}

/** What the control plane may do (EKS User Guide, "Amazon EKS cluster IAM role"). */
const controlPlanePolicies = ["AmazonEKSClusterPolicy"];

/**
 * What a node may do: join, pull images but not change them, and be reached through Session Manager instead of SSH. Pods get
 * roles of their own, the network add-on among them.
 */
const nodePolicies = [
  "AmazonEKSWorkerNodePolicy",
  "AmazonEC2ContainerRegistryPullOnly",
  "AmazonSSMManagedInstanceCore",
];

function serviceRole(
  name: string,
  trust: aws.iam.PolicyStatement,
  policies: readonly string[],
  opts: pulumi.CustomResourceOptions,
): ServiceRole {
  const role = new aws.iam.Role(
    name,
    { assumeRolePolicy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: [trust] }) },
    opts,
  );
  const attachments = policies.map(
    (policy) =>
      new aws.iam.RolePolicyAttachment(
        `${name}-${policy}`,
        { role: role.name, policyArn: `arn:aws:iam::aws:policy/${policy}` },
        opts,
      ),
  );
  return { role, attachments };
}

/** The control plane's role. EKS may assume it for a cluster of this account only. */
export function controlPlaneRole(
  name: string,
  accountId: pulumi.Input<string>,
  opts: pulumi.CustomResourceOptions,
): ServiceRole {
  const trust: aws.iam.PolicyStatement = {
    Effect: "Allow",
    Principal: { Service: "eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: { StringEquals: { "aws:SourceAccount": accountId } },
  };
  return serviceRole(name, trust, controlPlanePolicies, opts);
}

/** The nodes' role. */
export function nodeRole(name: string, opts: pulumi.CustomResourceOptions): ServiceRole {
  const trust: aws.iam.PolicyStatement = {
    Effect: "Allow",
    Principal: { Service: "ec2.amazonaws.com" },
    Action: "sts:AssumeRole",
  };
  return serviceRole(name, trust, nodePolicies, opts);
}
