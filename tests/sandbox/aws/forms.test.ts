import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { forms } from "../../../sandbox/aws/specification/forms.ts";
import { sdkTypeOf } from "../../../sandbox/aws/specification/sdk.ts";
import { World } from "./world.ts";

/** What braces in a form may stand for beside the inputs of its type. */
const fillings = ["account", "byte", "digits", "HEX", "hex", "id", "region", "seconds", "uuid"];

function wordsIn(form: unknown): readonly string[] {
  const braces = [...JSON.stringify(form).matchAll(/\{([a-z][^{}"]*)\}/gi)];
  return braces.flatMap(([, choices = ""]) => choices.split("|").map((choice) => choice.split(":")[0] ?? ""));
}

describe("the forms of what types without an entry answer", () => {
  for (const [token, form] of Object.entries(forms)) {
    it(`of ${token} speak of properties that it has`, () => {
      const properties = [...(sdkTypeOf(token)?.properties.keys() ?? [])];
      expect(properties).to.include.members(Object.keys(form).filter((name) => name !== "id"));
      expect([...fillings, ...properties]).to.include.members(wordsIn(form));
    });
  }

  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const made = (token: string, inputs: Properties): Properties => world.make(token, "it", inputs).state;

  it("name what it belongs to", () => {
    expect(
      made("aws:cloudwatch/logStream:LogStream", {
        logGroupName: world.make("aws:cloudwatch/logGroup:LogGroup", "web", { name: "web" }).id,
        name: "first",
      }).arn,
    ).to.equal("arn:aws:logs:eu-west-1:123456789012:log-group:web:log-stream:first");
  });

  it("number what is numbered", () => {
    const account = world.make("aws:organizations/account:Account", "it", { name: "dev", email: "a@b.io" });
    expect(account.id).to.match(/^\d{12}$/);
  });

  it("take an id for an ARN that ends in it", () => {
    const { id, state } = world.make("aws:codeconnections/connection:Connection", "it", {
      name: "code",
      providerType: "GitHub",
    });
    expect(id).to.match(
      /^arn:aws:codeconnections:eu-west-1:123456789012:connection\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    );
    expect(state).to.include({ arn: id, connectionStatus: "PENDING" });
  });

  it("have what the program leaves out in the place of what it does not say", () => {
    const collection = made("aws:opensearch/serverlessCollection:ServerlessCollection", { name: "logs" });
    expect(collection.collectionEndpoint).to.match(
      /^https:\/\/[0-9a-f]{20}\.eu-west-1\.aoss\.amazonaws\.com$/,
    );
    const neptune = "aws:neptune/cluster:Cluster";
    expect(made(neptune, { clusterIdentifier: "friends", skipFinalSnapshot: true }).endpoint).to.match(
      /^friends\.cluster-c[0-9a-f]{11}\.eu-west-1\.neptune\.amazonaws\.com$/,
    );
    expect(world.make(neptune, "other", { skipFinalSnapshot: true }).id).to.match(/^[0-9a-f]{26}$/);
  });

  it("reach into objects and lists", () => {
    const accelerator = made("aws:globalaccelerator/accelerator:Accelerator", { name: "edge" });
    expect(accelerator.dnsName).to.match(/^a[0-9a-f]{16}\.awsglobalaccelerator\.com$/);
    expect(accelerator).to.have.nested.property("ipSets[0].ipFamily", "IPv4");
    expect(accelerator).to.have.nested.property("ipSets[0].ipAddresses.length", 2);
    expect(accelerator.hostedZoneId).to.equal("Z2BJ6XQ5FK7U4H");
  });
});
