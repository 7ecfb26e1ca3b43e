import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

const poolToken = "aws:cognito/userPool:UserPool";
const domainToken = "aws:cognito/userPoolDomain:UserPoolDomain";

let world: World;
const pool = (inputs: Properties = {}, name = "shop"): Settled =>
  world.make(poolToken, name, { name, ...inputs });
const domain = (of: Settled, inputs: Properties = {}, name = "login"): Settled =>
  world.make(domainToken, name, { userPoolId: of.id, domain: "login", ...inputs });

describe("a pool of users", () => {
  beforeEach(() => {
    world = new World();
  });

  it("goes by its region", () => {
    const { id, state } = pool();
    expect(id).to.match(/^eu-west-1_[0-9a-f]{9}$/);
    expect(state.endpoint).to.equal(`cognito-idp.eu-west-1.amazonaws.com/${id}`);
  });

  it("stays while it has a domain", () => {
    const made = pool();
    domain(made);
    expect(refusalOf(() => world.remove(poolToken, "shop", made))).to.equal(
      "InvalidParameterException: User pool cannot be deleted. It has a domain configured that should be deleted first.",
    );
  });

  it("stays while it is protected", () => {
    const made = pool({ deletionProtection: "ACTIVE" });
    expect(refusalOf(() => world.remove(poolToken, "shop", made))).to.equal(
      "InvalidParameterException: The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.",
    );
  });

  it("refuses to forget an attribute", () => {
    const schemas = [{ name: "tenant", attributeDataType: "String" }];
    const made = pool({ schemas });
    expect(refusalOf(() => world.change(poolToken, "shop", made, { name: "shop" }))).to.equal(
      "InvalidParameterException: cannot modify or remove schema items",
    );
  });

  it("asks only for attributes that every pool knows", () => {
    const asked = (name: string): Properties => ({
      schemas: [{ name, attributeDataType: "String", required: true }],
    });
    expect(refusalOf(() => pool(asked("tenant")))).to.equal(
      "InvalidParameterException: Required custom attributes are not supported currently.",
    );
    expect(pool(asked("email")).id).to.match(/^eu-west-1_/);
  });

  it("has domains of which each is one's alone", () => {
    const made = pool();
    domain(made);
    expect(refusalOf(() => domain(pool({}, "other"), {}, "again"))).to.equal(
      "InvalidParameterException: Domain already associated with another user pool.",
    );
  });

  it("has a domain of one's own with a certificate of us-east-1 only", () => {
    const certificateArn = world.make("aws:acm/certificate:Certificate", "login", {
      domainName: "login.example.com",
      validationMethod: "DNS",
    }).state.arn;
    expect(refusalOf(() => domain(pool(), { domain: "login.example.com", certificateArn }))).to.equal(
      "InvalidParameterException: Invalid certificate ARN: the certificate must be in us-east-1.",
    );
  });
});

describe("a client of a pool", () => {
  beforeEach(() => {
    world = new World();
  });

  const client = (of: Settled, inputs: Properties): Settled =>
    world.make("aws:cognito/userPoolClient:UserPoolClient", "web", {
      name: "web",
      userPoolId: of.id,
      ...inputs,
    });

  it("refuses a provider that its pool does not have", () => {
    const made = pool();
    expect(refusalOf(() => client(made, { supportedIdentityProviders: ["COGNITO", "Google"] }))).to.equal(
      `InvalidParameterException: The provider Google does not exist for User Pool ${made.id}.`,
    );
    expect(client(made, { supportedIdentityProviders: ["COGNITO"] }).id).to.match(/^[0-9a-f]{26}$/);
  });

  it("refuses scopes that no resource server has", () => {
    expect(
      refusalOf(() => client(pool(), { allowedOauthScopes: ["openid", "orders/read", "orders/write"] })),
    ).to.equal("ScopeDoesNotExistException: Invalid scopes requested: orders/read, orders/write");
  });

  it("takes scopes by the name of their resource server, of which a pool has one of a name", () => {
    const made = pool();
    const server = (name: string): Settled =>
      world.make("aws:cognito/resourceServer:ResourceServer", name, {
        ...{ userPoolId: made.id, identifier: "orders", name: "Orders" },
        scopes: [{ scopeName: "read", scopeDescription: "reading" }],
      });
    const { id, state } = server("orders");
    expect(id).to.equal(`${made.id}|orders`);
    expect(state.scopeIdentifiers).to.deep.equal(["orders/read"]);
    expect(client(made, { allowedOauthScopes: ["openid", "orders/read"] }).id).to.match(/^[0-9a-f]{26}$/);
    expect(refusalOf(() => server("again"))).to.equal(
      `InvalidParameterException: orders already exists in user pool ${made.id}.`,
    );
  });

  it("refuses machines without a secret, and together with people", () => {
    const made = pool();
    expect(refusalOf(() => client(made, { allowedOauthFlows: ["client_credentials"] }))).to.equal(
      "InvalidOAuthFlowException: client_credentials flow can not be selected if client does not have a client secret.",
    );
    const both = { allowedOauthFlows: ["client_credentials", "code"], generateSecret: true };
    expect(refusalOf(() => client(made, both))).to.equal(
      "InvalidOAuthFlowException: client_credentials flow can not be selected along with code flow or implicit flow.",
    );
  });

  it("refuses people without a way back, and machines that want to be somebody", () => {
    const made = pool();
    expect(refusalOf(() => client(made, { allowedOauthFlows: ["code"] }))).to.equal(
      "InvalidOAuthFlowException: CallbackUrls can not be empty when code flow or implicit flow is selected",
    );
    const machine = { allowedOauthFlows: ["client_credentials"], generateSecret: true };
    expect(refusalOf(() => client(made, { ...machine, allowedOauthScopes: ["openid"] }))).to.equal(
      "InvalidOAuthFlowException: openid is not supported with client_credentials flow",
    );
  });

  it("refuses a pool that does not exist", () => {
    const lost = { id: "eu-west-1_lost", state: {}, seconds: 0 };
    expect(refusalOf(() => client(lost, {}))).to.equal(
      "ResourceNotFoundException: User pool eu-west-1_lost does not exist.",
    );
  });
});
