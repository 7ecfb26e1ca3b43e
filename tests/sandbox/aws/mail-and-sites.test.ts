import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

let world: World;

describe("a sender of mail", () => {
  const set = (name = "set"): Settled =>
    world.make("aws:sesv2/configurationSet:ConfigurationSet", name, { configurationSetName: "set" });
  const sender = (inputs: Properties = {}, name = "sender"): Settled =>
    world.make("aws:sesv2/emailIdentity:EmailIdentity", name, { emailIdentity: "example.com", ...inputs });
  const destination = (name = "events"): Settled =>
    world.make("aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination", name, {
      ...{ configurationSetName: "set", eventDestinationName: "events" },
      eventDestination: {
        enabled: true,
        matchingEventTypes: ["BOUNCE"],
        snsDestination: { topicArn: "arn:aws:sns:eu-west-1:210987654321:bounces" },
      },
    });
  beforeEach(() => {
    world = new World();
  });

  it("is a domain that waits for three records", () => {
    const { id, state } = sender();
    expect(id).to.equal("example.com");
    expect(state).to.have.nested.include({
      arn: "arn:aws:ses:eu-west-1:123456789012:identity/example.com",
      identityType: "DOMAIN",
      verificationStatus: "PENDING",
      verifiedForSendingStatus: false,
      "dkimSigningAttributes.status": "PENDING",
      "dkimSigningAttributes.tokens.length": 3,
    });
  });

  it("may be one address", () => {
    expect(sender({ emailIdentity: "us@example.com" }).state.identityType).to.equal("EMAIL_ADDRESS");
  });

  it("refuses a sender that there is", () => {
    sender();
    expect(refusalOf(() => sender({}, "again"))).to.equal(
      "AlreadyExistsException: Email identity example.com already exist.",
    );
  });

  it("refuses a configuration set that does not exist", () => {
    expect(refusalOf(() => sender({ configurationSetName: "gone" }))).to.equal(
      "NotFoundException: Configuration set <gone> does not exist.",
    );
  });

  it("refuses a configuration set, and a destination of it, that there is", () => {
    set();
    expect(refusalOf(() => set("again"))).to.equal(
      "AlreadyExistsException: Configuration set <set> already exists.",
    );
    const former = (name: string): Settled =>
      world.make("aws:ses/configurationSet:ConfigurationSet", name, { name: "former" });
    former("one");
    expect(refusalOf(() => former("two"))).to.equal(
      "ConfigurationSetAlreadyExists: Configuration set <former> already exists.",
    );
    expect(destination().id).to.equal("set|events");
    expect(refusalOf(() => destination("again"))).to.equal(
      "AlreadyExistsException: Event destination <events> already exists.",
    );
  });
});

describe("a site of Amplify", () => {
  const app = (inputs: Properties = {}): Settled =>
    world.make("aws:amplify/app:App", "site", { name: "site", ...inputs });
  const branch = ({ id }: Settled, name = "main"): Settled =>
    world.make("aws:amplify/branch:Branch", name, { appId: id, branchName: "feature/Cart" });
  beforeEach(() => {
    world = new World();
  });

  it("goes by an id of its own, and its branches by theirs", () => {
    const site = app();
    expect(site.id).to.match(/^d[0-9a-f]{13}$/);
    expect(site.state).to.include({
      arn: `arn:aws:amplify:eu-west-1:123456789012:apps/${site.id}`,
      defaultDomain: `${site.id}.amplifyapp.com`,
    });
    const { id, state } = branch(site);
    expect(id).to.equal(`${site.id}/feature/Cart`);
    expect(state).to.include({
      arn: `${String(site.state.arn)}/branches/feature%2FCart`,
      displayName: "feature-cart",
    });
  });

  it("refuses a repository that it may not read", () => {
    const repository = "https://github.com/example/site";
    expect(refusalOf(() => app({ repository }))).to.equal(
      "BadRequestException: You should at least provide one valid token",
    );
    expect(app({ repository, accessToken: "token" }).state.repository).to.equal(repository);
  });

  it("refuses a branch that it has", () => {
    const site = app();
    branch(site);
    expect(refusalOf(() => branch(site, "again"))).to.equal(
      "BadRequestException: The branch feature/Cart already exists.",
    );
  });

  it("refuses a domain twice", () => {
    const { id } = app();
    const associate = (name: string): Settled =>
      world.make("aws:amplify/domainAssociation:DomainAssociation", name, {
        ...{ appId: id, domainName: "example.com", subDomains: [{ branchName: "main", prefix: "" }] },
      });
    expect(associate("domain").id).to.equal(`${id}/example.com`);
    expect(refusalOf(() => associate("again"))).to.equal(
      "BadRequestException: The domain example.com is already associated with the app.",
    );
  });

  it("refuses to build a branch that does not exist", () => {
    const site = app();
    const hook = (): Settled =>
      world.make("aws:amplify/webhook:Webhook", "hook", { appId: site.id, branchName: "feature/Cart" });
    expect(refusalOf(hook)).to.equal("NotFoundException: Branch feature/Cart not found.");
    branch(site);
    expect(hook().state.url).to.match(
      /^https:\/\/webhooks\.amplify\.eu-west-1\.amazonaws\.com\/prod\/webhooks\?id=[0-9a-f-]{36}&token=/,
    );
  });

  it("refuses a branch of no site", () => {
    expect(refusalOf(() => branch({ ...app(), id: "d0123" }))).to.equal(
      "NotFoundException: App d0123 not found.",
    );
  });
});
