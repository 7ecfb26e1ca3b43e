/** What is expected of one program. Things are counted by type. */
export interface Expected {
  /** The program's folder. */
  readonly name: string;
  /** Settings with which AWS refuses it, and the answer. */
  readonly mistake: { readonly set: readonly string[]; readonly answer: string };
  /** All that is in the account once it is deployed. */
  readonly things: Readonly<Record<string, number>>;
  /** A setting that changes one resource in place. */
  readonly change: { readonly set: string; readonly says: string };
}

/** What AWS made when it opened the account; it stays. */
export const defaultVpc = {
  "aws:ec2/internetGateway:InternetGateway": 1,
  "aws:ec2/subnet:Subnet": 6,
  "aws:ec2/vpc:Vpc": 1,
};

/** What `awsx.ec2.Vpc` makes of two zones and one NAT gateway. */
const twoZones = {
  "aws:ec2/eip:Eip": 1,
  "aws:ec2/internetGateway:InternetGateway": 1,
  "aws:ec2/natGateway:NatGateway": 1,
  "aws:ec2/route:Route": 4,
  "aws:ec2/routeTable:RouteTable": 4,
  "aws:ec2/routeTableAssociation:RouteTableAssociation": 4,
  "aws:ec2/subnet:Subnet": 4,
  "aws:ec2/vpc:Vpc": 1,
};

/** The programs, as public examples write them. */
export const expected: readonly Expected[] = [
  {
    name: "containers",
    mistake: {
      set: ["cpu=256", "memory=4096"],
      answer: "ClientException: No Fargate configuration exists for given values.",
    },
    things: {
      ...twoZones,
      "aws:cloudwatch/logGroup:LogGroup": 1,
      // Those of the load balancer.
      "aws:ec2/networkInterface:NetworkInterface": 2,
      "aws:ec2/securityGroup:SecurityGroup": 2,
      "aws:ecr/lifecyclePolicy:LifecyclePolicy": 1,
      "aws:ecr/repository:Repository": 1,
      "aws:ecs/cluster:Cluster": 1,
      "aws:ecs/service:Service": 1,
      "aws:ecs/taskDefinition:TaskDefinition": 1,
      "aws:iam/role:Role": 2,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 1,
      "aws:lb/listener:Listener": 1,
      "aws:lb/loadBalancer:LoadBalancer": 1,
      "aws:lb/targetGroup:TargetGroup": 1,
    },
    change: { set: "desiredCount=3", says: "aws:ecs:Service service updated" },
  },
  {
    name: "api",
    mistake: {
      set: ["inVpc=true"],
      answer:
        "InvalidParameterValueException: The provided execution role does not have permissions to call CreateNetworkInterface on EC2",
    },
    things: {
      // The mistake had asked for it.
      ...defaultVpc,
      "aws:apigatewayv2/api:Api": 1,
      "aws:apigatewayv2/integration:Integration": 2,
      "aws:apigatewayv2/route:Route": 2,
      "aws:apigatewayv2/stage:Stage": 1,
      "aws:dynamodb/table:Table": 1,
      "aws:iam/role:Role": 2,
      "aws:iam/rolePolicy:RolePolicy": 1,
      // Nine of them are what a CallbackFunction may do unless it is told otherwise.
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 10,
      "aws:lambda/function:Function": 2,
      "aws:lambda/permission:Permission": 2,
    },
    change: { set: "memorySize=256", says: "aws:lambda:Function handler updated" },
  },
  {
    name: "website",
    mistake: {
      set: ["certificateRegion=eu-west-1"],
      answer:
        "InvalidViewerCertificate: The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
    },
    things: {
      "aws:acm/certificate:Certificate": 1,
      "aws:acm/certificateValidation:CertificateValidation": 1,
      "aws:cloudfront/distribution:Distribution": 1,
      "aws:cloudfront/originAccessControl:OriginAccessControl": 1,
      "aws:route53/record:Record": 2,
      "aws:route53/zone:Zone": 1,
      "aws:s3/bucket:Bucket": 1,
      "aws:s3/bucketObjectv2:BucketObjectv2": 2,
      "aws:s3/bucketPolicy:BucketPolicy": 1,
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": 1,
    },
    change: { set: "indexDocument=home.html", says: "aws:cloudfront:Distribution cdn updated" },
  },
  {
    name: "cluster",
    mistake: { set: ["namespace=missing"], answer: 'NotFound: namespaces "missing" not found' },
    things: {
      ...twoZones,
      "aws:autoscaling/group:Group": 1,
      "aws:ec2/launchTemplate:LaunchTemplate": 1,
      "aws:ec2/securityGroup:SecurityGroup": 3,
      "aws:ec2/securityGroupRule:SecurityGroupRule": 6,
      // That of the nodes, and that of whoever made the cluster.
      "aws:eks/accessEntry:AccessEntry": 2,
      "aws:eks/addon:Addon": 3,
      "aws:eks/cluster:Cluster": 1,
      "aws:iam/instanceProfile:InstanceProfile": 1,
      "aws:iam/role:Role": 2,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 4,
      "kubernetes:apps/v1:Deployment": 2,
      "kubernetes:core/v1:Namespace": 1,
      "kubernetes:core/v1:Service": 2,
      "kubernetes:helm.sh/v3:Release": 1,
    },
    change: { set: "replicas=4", says: "kubernetes:apps/v1:Deployment hello updated" },
  },
  {
    name: "database",
    mistake: {
      set: ["zones=1"],
      answer:
        "DBSubnetGroupDoesNotCoverEnoughAZs: The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: us-east-1a. Add subnets to cover at least 2 AZs.",
    },
    things: {
      ...defaultVpc,
      "aws:ec2/instance:Instance": 1,
      "aws:ec2/networkInterface:NetworkInterface": 1,
      "aws:ec2/securityGroup:SecurityGroup": 2,
      "aws:rds/instance:Instance": 1,
      "aws:rds/subnetGroup:SubnetGroup": 1,
      // RDS keeps the master password in it.
      "aws:secretsmanager/secret:Secret": 1,
    },
    change: { set: "allocatedStorage=40", says: "aws:rds:Instance data updated" },
  },
  {
    name: "events",
    mistake: {
      set: ["timeout=90"],
      answer:
        "InvalidParameterValueException: Queue visibility timeout: 60 seconds is less than Function timeout: 90 seconds",
    },
    things: {
      "aws:cloudwatch/eventRule:EventRule": 1,
      "aws:cloudwatch/eventTarget:EventTarget": 1,
      "aws:dynamodb/table:Table": 1,
      "aws:iam/role:Role": 4,
      "aws:iam/rolePolicy:RolePolicy": 2,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 3,
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": 1,
      "aws:kinesis/stream:Stream": 1,
      "aws:lambda/eventSourceMapping:EventSourceMapping": 2,
      "aws:lambda/function:Function": 1,
      "aws:s3/bucket:Bucket": 1,
      "aws:s3/bucketNotification:BucketNotification": 1,
      "aws:sfn/stateMachine:StateMachine": 1,
      "aws:sns/topic:Topic": 1,
      "aws:sns/topicPolicy:TopicPolicy": 1,
      "aws:sns/topicSubscription:TopicSubscription": 1,
      "aws:sqs/queue:Queue": 2,
      "aws:sqs/queuePolicy:QueuePolicy": 1,
    },
    change: { set: "batchSize=5", says: "aws:lambda:EventSourceMapping messages updated" },
  },
  {
    name: "callbacks",
    mistake: {
      set: ["schedule=rate(1 minutes)"],
      answer: "ValidationException: Parameter ScheduleExpression is not valid.",
    },
    things: {
      "aws:cloudwatch/eventRule:EventRule": 1,
      "aws:cloudwatch/eventTarget:EventTarget": 1,
      "aws:cloudwatch/logGroup:LogGroup": 1,
      "aws:cloudwatch/logSubscriptionFilter:LogSubscriptionFilter": 1,
      "aws:iam/role:Role": 1,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 2,
      "aws:lambda/eventSourceMapping:EventSourceMapping": 1,
      "aws:lambda/function:Function": 1,
      "aws:lambda/permission:Permission": 5,
      "aws:s3/bucket:Bucket": 1,
      "aws:s3/bucketNotification:BucketNotification": 1,
      "aws:sns/topic:Topic": 1,
      "aws:sns/topicSubscription:TopicSubscription": 1,
      "aws:sqs/queue:Queue": 1,
    },
    change: { set: "retentionInDays=14", says: "aws:cloudwatch:LogGroup audit updated" },
  },
  {
    name: "machines",
    mistake: {
      set: ["keyName=nobody"],
      answer: "InvalidKeyPair.NotFound: The key pair 'nobody' does not exist",
    },
    things: {
      ...defaultVpc,
      "aws:appsync/apiKey:ApiKey": 1,
      "aws:appsync/dataSource:DataSource": 1,
      "aws:appsync/graphQLApi:GraphQLApi": 1,
      "aws:ec2/eip:Eip": 1,
      "aws:ec2/instance:Instance": 1,
      "aws:ec2/keyPair:KeyPair": 1,
      "aws:ec2/networkInterface:NetworkInterface": 1,
      "aws:ec2/securityGroup:SecurityGroup": 1,
      "aws:rds/instance:Instance": 1,
      // RDS keeps the master password in it.
      "aws:secretsmanager/secret:Secret": 1,
    },
    change: { set: "volumeSize=20", says: "aws:ec2:Instance server updated" },
  },
  {
    name: "shop",
    mistake: {
      set: ["suffix=-v2"],
      answer:
        "name unknown: The repository with name 'shop/orders-v2' does not exist in the registry with id '123456789012'",
    },
    things: {
      "aws:apigateway/deployment:Deployment": 1,
      "aws:apigateway/restApi:RestApi": 1,
      "aws:apigateway/stage:Stage": 1,
      "aws:ecr/image:Image": 1,
      "aws:ecr/lifecyclePolicy:LifecyclePolicy": 1,
      "aws:ecr/repository:Repository": 1,
      "aws:iam/role:Role": 2,
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment": 1,
      "aws:lambda/function:Function": 1,
      "aws:lambda/permission:Permission": 1,
      "aws:s3/bucket:Bucket": 2,
      "aws:s3/bucketObject:BucketObject": 2,
      "docker-build:index:Image": 1,
    },
    change: { set: "memorySize=256", says: "aws:lambda:Function orders updated" },
  },
];
