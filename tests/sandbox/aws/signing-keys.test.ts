import { generateKeyPairSync } from "node:crypto";
import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

const keyToken = "aws:cloudfront/publicKey:PublicKey";
const groupToken = "aws:cloudfront/keyGroup:KeyGroup";

const encodedKey = generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({
  ...{ type: "spki", format: "pem" },
});

class Edge extends World {
  public key(inputs: Properties = {}, name = "signer"): Settled {
    return this.make(keyToken, name, { name: "signer", encodedKey, ...inputs });
  }

  public group(key: Settled, name = "signers"): Settled {
    return this.make(groupToken, name, { name: "signers", items: [key.id] });
  }
}

let world: Edge;

describe("a key that signs for CloudFront", () => {
  beforeEach(() => {
    world = new Edge();
  });

  it("has an id and a version as CloudFront gives them", () => {
    const { id, state } = world.key();
    expect(id).to.match(/^K[0-9A-Z]{13}$/);
    expect(state.etag).to.match(/^E[0-9A-Z]{13}$/);
  });

  it("is refused when it is no public key in PEM, or its name is taken", () => {
    expect(refusalOf(() => world.key({ encodedKey: "ssh-rsa AAAA" }))).to.equal(
      "InvalidArgument: Your request contains empty/invalid/out of limits RSA Encoded Key",
    );
    world.key();
    expect(refusalOf(() => world.key({}, "again"))).to.equal(
      "PublicKeyAlreadyExists: The public key already exists.",
    );
  });

  it("stays while a group has it", () => {
    const key = world.key();
    const group = world.group(key);
    expect(group.id).to.match(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(refusalOf(() => world.remove(keyToken, "signer", key))).to.equal(
      "PublicKeyInUse: The specified public key is in use.",
    );
    world.remove(groupToken, "signers", group);
    world.remove(keyToken, "signer", key);
    expect(world.idsOf(keyToken)).to.deep.equal([]);
  });

  it("must be there for a group that names it", () => {
    expect(refusalOf(() => world.group({ id: "K1NONE", state: {}, seconds: 0 }))).to.equal(
      "InvalidArgument: Public key K1NONE does not exist.",
    );
  });
});

describe("a key of a caller of an API", () => {
  it("has a value of forty characters, which its place in a plan tells", () => {
    world = new Edge();
    const api = world.make("aws:apigateway/restApi:RestApi", "shop");
    const plan = world.make("aws:apigateway/usagePlan:UsagePlan", "basic", { name: "basic" });
    const key = world.make("aws:apigateway/apiKey:ApiKey", "partner", { name: "partner" });
    expect(key.state.value).to.match(/^[0-9a-f]{40}$/);
    expect(key.state.arn).to.equal(`arn:aws:apigateway:eu-west-1::/apikeys/${key.id}`);
    const inputs = { keyId: key.id, keyType: "API_KEY", usagePlanId: plan.id };
    const place = world.make("aws:apigateway/usagePlanKey:UsagePlanKey", "partner", inputs);
    expect(place).to.deep.include({ id: key.id });
    expect(place.state).to.include({ name: "partner", value: key.state.value });
    const validator = { restApi: api.id, validateRequestBody: true };
    const made = world.make("aws:apigateway/requestValidator:RequestValidator", "body", validator);
    expect(made.id).to.match(/^[0-9a-f]{6}$/);
  });

  it("is refused a place in a plan that there is not", () => {
    world = new Edge();
    const { id } = world.make("aws:apigateway/apiKey:ApiKey", "other", { name: "other" });
    const inputs = { keyId: id, keyType: "API_KEY", usagePlanId: "abc123" };
    expect(refusalOf(() => world.make("aws:apigateway/usagePlanKey:UsagePlanKey", "p", inputs))).to.equal(
      "NotFoundException: Invalid Usage Plan ID specified",
    );
  });
});
