import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { list } from "../../../sandbox/values.ts";
import { refusalOf, World } from "./world.ts";

const sourceToken = "aws:cloudwatch/logDeliverySource:LogDeliverySource";
const region = "us-east-1";

describe("the simulated delivery of logs", () => {
  let world: World;
  let distributionArn: unknown;
  beforeEach(() => {
    world = new World();
    distributionArn = world.make("aws:cloudfront/distribution:Distribution", "site", {
      enabled: true,
      origins: [{ originId: "site", domainName: "site.s3.eu-west-1.amazonaws.com" }],
      defaultCacheBehavior: {
        targetOriginId: "site",
        viewerProtocolPolicy: "https-only",
        allowedMethods: ["GET", "HEAD"],
        cachedMethods: ["GET", "HEAD"],
        cachePolicyId: "4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
      },
      restrictions: { geoRestriction: { restrictionType: "none" } },
      viewerCertificate: { cloudfrontDefaultCertificate: true },
    }).state.arn;
  });

  const source = (inputs: Properties = {}, name = "site"): Settled =>
    world.make(sourceToken, name, {
      name,
      region,
      logType: "ACCESS_LOGS",
      resourceArn: distributionArn,
      ...inputs,
    });
  const destination = (destinationResourceArn: unknown, inputs: Properties = {}): Settled =>
    world.make("aws:cloudwatch/logDeliveryDestination:LogDeliveryDestination", "logs", {
      name: "logs",
      region,
      deliveryDestinationConfiguration: { destinationResourceArn },
      ...inputs,
    });
  const bucketArn = (): unknown => world.make("aws:s3/bucket:Bucket", "logs", { bucket: "logs" }).state.arn;
  const delivery = (deliverySourceName: unknown, deliveryDestinationArn: unknown, name = "site"): Settled =>
    world.make("aws:cloudwatch/logDelivery:LogDelivery", name, {
      region,
      deliverySourceName,
      deliveryDestinationArn,
    });

  it("begins where CloudFront is told, with what CloudFront logs", () => {
    expect(source().state).to.include({
      arn: "arn:aws:logs:us-east-1:123456789012:delivery-source:site",
      service: "cloudfront",
    });
    expect(refusalOf(() => source({ region: "eu-west-1" }, "far"))).to.equal(
      "ValidationException: PutDeliverySource action is not supported for this LogType in region eu-west-1",
    );
    expect(refusalOf(() => source({ logType: "EVENT_LOGS" }, "events"))).to.match(
      /^ValidationException: The log type EVENT_LOGS is not valid for /,
    );
  });

  it("begins at something that exists, once for each kind of log", () => {
    expect(
      refusalOf(() => source({ resourceArn: "arn:aws:cloudfront::123456789012:distribution/E1" })),
    ).to.equal("ResourceNotFoundException: The specified resource does not exist.");
    source();
    expect(refusalOf(() => source({}, "twin"))).to.equal(
      "ConflictException: This ResourceId has already been used in another Delivery Source in this account",
    );
    expect(source({ logType: "CONNECTION_LOGS" }, "connections").id).to.equal("connections");
  });

  it("ends at something that exists and takes the format", () => {
    expect(refusalOf(() => destination("arn:aws:s3:::none"))).to.equal(
      "ResourceNotFoundException: The specified resource does not exist.",
    );
    expect(refusalOf(() => destination("arn:aws:sns:us-east-1:123456789012:logs"))).to.equal(
      "ValidationException: The destination resource arn:aws:sns:us-east-1:123456789012:logs is not supported.",
    );
    const group = world.make("aws:cloudwatch/logGroup:LogGroup", "logs", { name: "logs", region }).state.arn;
    expect(refusalOf(() => destination(group, { outputFormat: "parquet" }))).to.equal(
      "ValidationException: Output format parquet is only supported for S3 destinations.",
    );
    expect(destination(group).state.deliveryDestinationType).to.equal("CWL");
    expect(destination(`${String(bucketArn())}/prefix`, { outputFormat: "parquet" }).state).to.include({
      deliveryDestinationType: "S3",
      arn: "arn:aws:logs:us-east-1:123456789012:delivery-destination:logs",
    });
  });

  it("joins both ends once, and keeps them", () => {
    const from = source();
    const to = destination(bucketArn());
    expect(refusalOf(() => delivery("none", to.state.arn))).to.equal(
      "ResourceNotFoundException: Delivery source none does not exist.",
    );
    const { id, state } = delivery("site", to.state.arn);
    expect(state.arn).to.equal(`arn:aws:logs:us-east-1:123456789012:delivery:${id}`);
    expect(list(state.recordFields)).to.have.length(33);
    expect(refusalOf(() => delivery("site", to.state.arn, "twin"))).to.match(/^ConflictException: /);
    expect(refusalOf(() => world.remove(sourceToken, "site", from))).to.equal(
      `ConflictException: Delivery source site cannot be deleted while delivery ${id} uses it.`,
    );
  });
});
