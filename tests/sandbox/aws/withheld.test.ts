import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { awsProvider } from "../../../sandbox/aws/provider.ts";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { redacting } from "../../../sandbox/secrets.ts";
import { allow, trustOf } from "./world.ts";

describe("documents that are secrets as a whole", () => {
  const account = new Account();
  const secrets = new Set<string>();
  const make = (token: string, name: string, news: Properties): Settled => {
    const session = {
      account: redacting(account, secrets),
      settings: { region: "eu-west-1" },
      preview: false,
    };
    const subject = { urn: `urn:pulumi:test::test::${token}::${name}`, token, name };
    const { inputs, failures } = awsProvider.check({ ...session, seed: "0" }, subject, undefined, news);
    expect(failures).to.deep.equal([]);
    return awsProvider.create({ ...session, seed: "0" }, subject, inputs);
  };

  it("do not keep a search domain from its logs", () => {
    const group = make("aws:cloudwatch/logGroup:LogGroup", "slow", { name: "/search/slow" });
    const policyDocument = JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "es.amazonaws.com" },
          Action: ["logs:PutLogEvents", "logs:CreateLogStream"],
          Resource: group.state.arn,
        },
      ],
    });
    secrets.add(policyDocument);
    make("aws:cloudwatch/logResourcePolicy:LogResourcePolicy", "search", {
      policyName: "search",
      policyDocument,
    });
    const domain = make("aws:opensearch/domain:Domain", "logs", {
      domainName: "logs",
      ebsOptions: { ebsEnabled: true, volumeSize: 10 },
      logPublishingOptions: [{ logType: "INDEX_SLOW_LOGS", cloudwatchLogGroupArn: group.state.arn }],
    });
    expect(domain.state.domainName).to.equal("logs");
  });

  it("do not keep a service from its containers", () => {
    const containerDefinitions = JSON.stringify([
      {
        name: "app",
        image: "nginx",
        memory: 128,
        environment: [{ name: "PASSWORD", value: "correct horse" }],
      },
    ]);
    secrets.add(containerDefinitions);
    const task = make("aws:ecs/taskDefinition:TaskDefinition", "app", {
      family: "app",
      containerDefinitions,
    });
    expect(JSON.stringify([...account.everything()])).not.to.contain("correct horse");
    const vpc = make("aws:ec2/vpc:Vpc", "main", { cidrBlock: "10.0.0.0/16" });
    const group = { name: "app", port: 80, protocol: "HTTP", vpcId: vpc.id };
    const targets = make("aws:lb/targetGroup:TargetGroup", "app", group);
    const subnets = ["a", "b"].map((zone, index) =>
      make("aws:ec2/subnet:Subnet", zone, {
        vpcId: vpc.id,
        cidrBlock: `10.0.${String(index)}.0/24`,
        availabilityZone: `eu-west-1${zone}`,
      }),
    );
    const balancer = make("aws:lb/loadBalancer:LoadBalancer", "app", {
      name: "app",
      internal: true,
      subnets: subnets.map(({ id }) => id),
    });
    make("aws:lb/listener:Listener", "app", {
      loadBalancerArn: balancer.id,
      port: 80,
      defaultActions: [{ type: "forward", targetGroupArn: targets.id }],
    });
    make("aws:ecs/cluster:Cluster", "main", { name: "main" });
    const service = make("aws:ecs/service:Service", "app", {
      name: "app",
      cluster: "main",
      taskDefinition: task.state.arn,
      loadBalancers: [{ targetGroupArn: targets.id, containerName: "app", containerPort: 80 }],
    });
    expect(service.state.name).to.equal("app");
  });

  it("are taken to let a bucket tell a queue", () => {
    const statement = { Effect: "Deny", Principal: "*", Action: "sqs:SendMessage", Resource: "*" };
    const policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
    secrets.add(policy);
    const queue = make("aws:sqs/queue:Queue", "told", { name: "told", policy });
    make("aws:s3/bucket:Bucket", "telling", { bucket: "telling" });
    const notification = make("aws:s3/bucketNotification:BucketNotification", "telling", {
      bucket: "telling",
      queues: [{ queueArn: queue.state.arn, events: ["s3:ObjectCreated:*"] }],
    });
    expect(notification.id).to.equal("telling");
  });

  it("are taken to give a role every right", () => {
    const policy = allow("sqs:ReceiveMessage");
    const assumeRolePolicy = trustOf({ Service: "lambda.amazonaws.com" });
    secrets.add(policy).add(assumeRolePolicy);
    const role = make("aws:iam/role:Role", "reader", { name: "reader", assumeRolePolicy });
    make("aws:iam/rolePolicy:RolePolicy", "reader", { role: "reader", policy });
    make("aws:s3/bucket:Bucket", "code", { bucket: "code" });
    make("aws:s3/bucketObjectv2:BucketObjectv2", "code", { bucket: "code", key: "code.zip", content: "x" });
    make("aws:lambda/function:Function", "reader", {
      ...{ name: "reader", role: role.state.arn, runtime: "nodejs22.x", handler: "index.handler" },
      ...{ s3Bucket: "code", s3Key: "code.zip" },
    });
    const queue = make("aws:sqs/queue:Queue", "jobs", { name: "jobs" });
    const mapping = make("aws:lambda/eventSourceMapping:EventSourceMapping", "jobs", {
      eventSourceArn: queue.state.arn,
      functionName: "reader",
    });
    expect(mapping.state.eventSourceArn).to.equal(queue.state.arn);
  });
});
