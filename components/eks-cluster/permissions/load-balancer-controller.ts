import type { iam } from "@pulumi/aws";

const loadBalancing = (...resources: readonly string[]): string[] =>
  resources.map((resource) => `arn:aws:elasticloadbalancing:*:*:${resource}`);

const loadBalancers = loadBalancing("loadbalancer/app/*/*", "loadbalancer/net/*/*");
const targetGroups = loadBalancing("targetgroup/*/*");
const listeners = loadBalancing("listener/app/*/*/*", "listener/net/*/*/*");
const rules = loadBalancing("listener-rule/app/*/*/*", "listener-rule/net/*/*/*");
const securityGroups = "arn:aws:ec2:*:*:security-group/*";

/** The controller tags what it makes with the cluster's name; two clusters in one account cannot touch each other's. */
const ownTag = "elbv2.k8s.aws/cluster";

/** What only reads, and what AWS does not let a policy narrow to single resources. */
const looks: readonly iam.PolicyStatement[] = [
  {
    Sid: "Look",
    Effect: "Allow",
    Action: [
      "ec2:DescribeAccountAttributes",
      "ec2:DescribeAddresses",
      "ec2:DescribeAvailabilityZones",
      "ec2:DescribeInstances",
      "ec2:DescribeInternetGateways",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeRouteTables",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeTags",
      "ec2:DescribeVpcPeeringConnections",
      "ec2:DescribeVpcs",
      "ec2:GetSecurityGroupsForVpc",
      "elasticloadbalancing:DescribeCapacityReservation",
      "elasticloadbalancing:DescribeListenerAttributes",
      "elasticloadbalancing:DescribeListenerCertificates",
      "elasticloadbalancing:DescribeListeners",
      "elasticloadbalancing:DescribeLoadBalancerAttributes",
      "elasticloadbalancing:DescribeLoadBalancers",
      "elasticloadbalancing:DescribeRules",
      "elasticloadbalancing:DescribeSSLPolicies",
      "elasticloadbalancing:DescribeTags",
      "elasticloadbalancing:DescribeTargetGroupAttributes",
      "elasticloadbalancing:DescribeTargetGroups",
      "elasticloadbalancing:DescribeTargetHealth",
      "elasticloadbalancing:DescribeTrustStores",
      "acm:DescribeCertificate",
      "acm:ListCertificates",
      "wafv2:GetWebACL",
      "wafv2:GetWebACLForResource",
    ],
    Resource: "*",
  },
  {
    Sid: "CreateServiceLinkedRole",
    Effect: "Allow",
    Action: "iam:CreateServiceLinkedRole",
    Resource: "arn:aws:iam::*:role/aws-service-role/elasticloadbalancing.amazonaws.com/*",
    Condition: { StringEquals: { "iam:AWSServiceName": "elasticloadbalancing.amazonaws.com" } },
  },
];

/** Security groups: its own, and the rules of the nodes' group that let a load balancer in. */
function describeSecurityGroups(clusterName: string): readonly iam.PolicyStatement[] {
  const rulesOfGroup = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"];
  const ofOurs = { StringEquals: { [`aws:ResourceTag/${ownTag}`]: clusterName } };
  const asOurs = { StringEquals: { [`aws:RequestTag/${ownTag}`]: clusterName } };

  return [
    {
      Sid: "CreateSecurityGroup",
      Effect: "Allow",
      Action: "ec2:CreateSecurityGroup",
      Resource: securityGroups,
      Condition: asOurs,
    },
    {
      Sid: "CreateSecurityGroupInVpc",
      Effect: "Allow",
      Action: "ec2:CreateSecurityGroup",
      Resource: "arn:aws:ec2:*:*:vpc/*",
    },
    {
      Sid: "TagNewSecurityGroup",
      Effect: "Allow",
      Action: "ec2:CreateTags",
      Resource: securityGroups,
      Condition: { StringEquals: { ...asOurs.StringEquals, "ec2:CreateAction": "CreateSecurityGroup" } },
    },
    {
      Sid: "ChangeOwnSecurityGroups",
      Effect: "Allow",
      Action: [...rulesOfGroup, "ec2:DeleteSecurityGroup", "ec2:CreateTags", "ec2:DeleteTags"],
      Resource: securityGroups,
      Condition: ofOurs,
    },
    {
      Sid: "LetLoadBalancersReachNodes",
      Effect: "Allow",
      Action: rulesOfGroup,
      Resource: securityGroups,
      // EKS puts this tag on the security group it makes for the cluster and its nodes.
      Condition: { StringEquals: { [`aws:ResourceTag/kubernetes.io/cluster/${clusterName}`]: "owned" } },
    },
  ];
}

/** Listeners and rules are not bound to a tag, in the published policy neither; they only ever exist on a load balancer. */
const changeListeners: iam.PolicyStatement = {
  Sid: "ChangeListenersAndRules",
  Effect: "Allow",
  Action: [
    "elasticloadbalancing:AddListenerCertificates",
    "elasticloadbalancing:AddTags",
    "elasticloadbalancing:CreateListener",
    "elasticloadbalancing:CreateRule",
    "elasticloadbalancing:DeleteListener",
    "elasticloadbalancing:DeleteRule",
    "elasticloadbalancing:ModifyListener",
    "elasticloadbalancing:ModifyListenerAttributes",
    "elasticloadbalancing:ModifyRule",
    "elasticloadbalancing:RemoveListenerCertificates",
    "elasticloadbalancing:RemoveTags",
    "elasticloadbalancing:SetRulePriorities",
  ],
  Resource: [...listeners, ...rules],
};

/** Making load balancers and target groups, tagged for this cluster. */
function describeNewLoadBalancers(clusterName: string): readonly iam.PolicyStatement[] {
  const asOurs = { [`aws:RequestTag/${ownTag}`]: clusterName };
  return [
    {
      Sid: "CreateLoadBalancers",
      Effect: "Allow",
      Action: ["elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:CreateTargetGroup"],
      Resource: [...loadBalancers, ...targetGroups],
      Condition: { StringEquals: asOurs },
    },
    {
      // Only while it makes them: who may put the tag on anything may change anything.
      Sid: "TagNewLoadBalancers",
      Effect: "Allow",
      Action: "elasticloadbalancing:AddTags",
      Resource: [...loadBalancers, ...targetGroups],
      Condition: {
        StringEquals: {
          ...asOurs,
          "elasticloadbalancing:CreateAction": ["CreateLoadBalancer", "CreateTargetGroup"],
        },
      },
    },
  ];
}

/** Changing load balancers and target groups: what it tagged at creation. */
function describeOwnLoadBalancers(clusterName: string): readonly iam.PolicyStatement[] {
  const ofOurs = { StringEquals: { [`aws:ResourceTag/${ownTag}`]: clusterName } };

  return [
    {
      Sid: "ChangeOwnLoadBalancers",
      Effect: "Allow",
      Action: [
        "elasticloadbalancing:AddTags",
        "elasticloadbalancing:DeleteLoadBalancer",
        "elasticloadbalancing:DeleteTargetGroup",
        "elasticloadbalancing:ModifyLoadBalancerAttributes",
        "elasticloadbalancing:ModifyTargetGroup",
        "elasticloadbalancing:ModifyTargetGroupAttributes",
        "elasticloadbalancing:RemoveTags",
        "elasticloadbalancing:SetIpAddressType",
        "elasticloadbalancing:SetSecurityGroups",
        "elasticloadbalancing:SetSubnets",
      ],
      Resource: [...loadBalancers, ...targetGroups],
      Condition: ofOurs,
    },
    changeListeners,
    {
      Sid: "OpenListenersOnLoadBalancers",
      Effect: "Allow",
      Action: "elasticloadbalancing:CreateListener",
      Resource: loadBalancers,
      Condition: ofOurs,
    },
    {
      Sid: "PutPodsIntoTargetGroups",
      Effect: "Allow",
      Action: ["elasticloadbalancing:RegisterTargets", "elasticloadbalancing:DeregisterTargets"],
      Resource: targetGroups,
      Condition: ofOurs,
    },
    {
      Sid: "PutFirewallsInFront",
      Effect: "Allow",
      Action: ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL", "elasticloadbalancing:SetWebAcl"],
      Resource: ["arn:aws:wafv2:*:*:regional/webacl/*/*", ...loadBalancing("loadbalancer/app/*/*")],
    },
  ];
}

/**
 * What the AWS Load Balancer Controller may do. Narrower than the policy published with v3.5.0
 * (docs/install/iam_policy.json): changes of load balancers, target groups and security groups are bound to this cluster's tag,
 * and what belongs to features we leave off is absent: Shield, WAF Classic, Cognito, Outposts address pools, IPAM pools, server
 * certificates in IAM.
 */
export function describeLoadBalancerController(clusterName: string): readonly iam.PolicyStatement[] {
  return [
    ...looks,
    ...describeSecurityGroups(clusterName),
    ...describeNewLoadBalancers(clusterName),
    ...describeOwnLoadBalancers(clusterName),
  ];
}
