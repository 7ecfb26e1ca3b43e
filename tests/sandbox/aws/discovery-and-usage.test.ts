import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, allow, refusalOf, trustOf } from "./world.ts";

const privateToken = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";
const serviceToken = "aws:servicediscovery/service:Service";

let world: World;
const fresh = (): void => {
  world = new World();
};

describe("a namespace of services", () => {
  beforeEach(fresh);

  const namespace = (vpc: Settled, name = "local"): Settled =>
    world.make(privateToken, name, { name: "shop.local", vpc: vpc.id });
  const service = (of: string, name = "cart", inputs: Properties = {}): Settled =>
    world.make(serviceToken, name, {
      name: "cart",
      dnsConfig: { namespaceId: of, dnsRecords: [{ type: "A", ttl: 10 }] },
      ...inputs,
    });

  it("refuses a name that its VPC has already", () => {
    const vpc = world.vpc();
    namespace(vpc);
    expect(refusalOf(() => namespace(vpc, "again"))).to.equal(
      `ConflictingDomainExists: The VPC ${vpc.id} has already been associated with a hosted zone that has the domain name shop.local.`,
    );
  });

  it("stays while it has services, of which each has its own name", () => {
    const made = namespace(world.vpc());
    service(made.id);
    expect(refusalOf(() => service(made.id, "again"))).to.equal(
      "ServiceAlreadyExists: Service already exists: cart",
    );
    expect(refusalOf(() => world.remove(privateToken, "local", made))).to.equal(
      "ResourceInUse: Namespace has associated services",
    );
  });

  it("is there before its services", () => {
    expect(refusalOf(() => service("ns-lost"))).to.equal(
      "NamespaceNotFound: Namespace ns-lost does not exist.",
    );
  });

  it("without DNS has a name that no other has", () => {
    const http = "aws:servicediscovery/httpNamespace:HttpNamespace";
    world.make(http, "one", { name: "shop" });
    expect(refusalOf(() => world.make(http, "two", { name: "shop" }))).to.equal(
      "NamespaceAlreadyExists: Namespace with name shop already exists.",
    );
  });
});

describe("the logs of API Gateway", () => {
  beforeEach(fresh);

  it("are written by a role that it may assume, and that may write", () => {
    const set = (role: Settled): Settled =>
      world.make("aws:apigateway/account:Account", "logs", { cloudwatchRoleArn: role.state.arn });
    const refused =
      "BadRequestException: The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.";
    expect(refusalOf(() => set(world.role("stranger")))).to.equal(refused);
    const role = world.role("logs", { assumeRolePolicy: trustOf({ Service: "apigateway.amazonaws.com" }) });
    expect(refusalOf(() => set(role))).to.equal(refused);
    world.make("aws:iam/rolePolicy:RolePolicy", "logs", { role: role.id, policy: allow("logs:*") });
    expect(set(role).id).to.equal("api-gateway-account");
  });
});

describe("a plan of usage", () => {
  beforeEach(fresh);

  it("refuses a stage that its API does not have", () => {
    const api = world.make("aws:apigateway/restApi:RestApi", "shop", { name: "shop" });
    const plan = (apiId: string): Settled =>
      world.make("aws:apigateway/usagePlan:UsagePlan", "basic", {
        name: "basic",
        apiStages: [{ apiId, stage: "prod" }],
      });
    expect(refusalOf(() => plan(api.id))).to.equal(
      `BadRequestException: API Stage not found: ${api.id}:prod`,
    );
    expect(refusalOf(() => plan("lost"))).to.equal(
      "NotFoundException: Invalid API identifier specified lost",
    );
  });
});

describe("where a queue's failures go", () => {
  beforeEach(fresh);

  const redrive = (deadLetterTargetArn: unknown): Settled =>
    world.make("aws:sqs/redrivePolicy:RedrivePolicy", "dead", {
      queueUrl: world.make("aws:sqs/queue:Queue", "jobs", { name: "jobs" }).id,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 }),
    });

  it("is a queue that exists, of the same kind", () => {
    expect(refusalOf(() => redrive("arn:aws:sqs:eu-west-1:123456789012:lost"))).to.match(
      /^InvalidParameterValue: .* Reason: Dead letter target does not exist\.$/,
    );
    const ordered = world.make("aws:sqs/queue:Queue", "dead", { name: "dead.fifo", fifoQueue: true });
    expect(refusalOf(() => redrive(ordered.state.arn))).to.match(
      /Reason: Dead-letter queue must be same type of queue as the source\.$/,
    );
  });
});
