import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Which pods get a role, and what the role may do. */
export interface PodIdentityArgs {
  readonly clusterName: pulumi.Input<string>;
  /** Namespace of the service account. */
  readonly namespace: string;
  /** The pods that use this service account get the role; no annotation is needed on it. */
  readonly serviceAccount: string;
  /** What the role may do, and nothing else. */
  readonly statements: pulumi.Input<readonly aws.iam.PolicyStatement[]>;
  /**
   * The account of the cluster: given where many roles are made, so that not each of them asks.
   * @default asked of AWS
   */
  readonly accountId?: pulumi.Input<string>;
}

/**
 * An IAM role that only the pods of one service account in one cluster can assume, through EKS Pod Identity: temporary
 * credentials, no keys, no OIDC provider. The pods find them from their first start if they depend on this component.
 */
export class PodIdentity extends pulumi.ComponentResource {
  public readonly roleArn: pulumi.Output<string>;

  public constructor(name: string, args: PodIdentityArgs, opts: pulumi.ComponentResourceOptions) {
    super("platform:index:PodIdentity", name, args, opts);
    const child = { parent: this };
    const accountId = args.accountId ?? aws.getCallerIdentityOutput({}, child).accountId;

    const role = new aws.iam.Role(
      `${name}-role`,
      {
        description: `Of the pods of ${args.namespace}/${args.serviceAccount}`,
        assumeRolePolicy: pulumi.jsonStringify({
          Version: "2012-10-17",
          Statement: [describeTrust(args, accountId)],
        }),
      },
      child,
    );
    const policy = new aws.iam.RolePolicy(
      `${name}-policy`,
      {
        role: role.name,
        policy: pulumi.jsonStringify({ Version: "2012-10-17", Statement: args.statements }),
      },
      child,
    );
    new aws.eks.PodIdentityAssociation(
      name,
      {
        clusterName: args.clusterName,
        namespace: args.namespace,
        serviceAccount: args.serviceAccount,
        roleArn: role.arn,
      },
      // A pod that starts before its role can do anything fails its first calls.
      pulumi.mergeOptions({ ...child, dependsOn: opts.dependsOn ?? [] }, { dependsOn: [policy] }),
    );

    this.roleArn = role.arn;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}

/** EKS puts cluster, namespace and service account as session tags on every request (EKS User Guide, "EKS Pod Identity role"). */
function describeTrust(args: PodIdentityArgs, accountId: pulumi.Input<string>): aws.iam.PolicyStatement {
  return {
    Effect: "Allow",
    Principal: { Service: "pods.eks.amazonaws.com" },
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {
      StringEquals: {
        "aws:SourceAccount": accountId,
        "aws:RequestTag/eks-cluster-name": args.clusterName,
        "aws:RequestTag/kubernetes-namespace": args.namespace,
        "aws:RequestTag/kubernetes-service-account": args.serviceAccount,
      },
    },
  };
}
