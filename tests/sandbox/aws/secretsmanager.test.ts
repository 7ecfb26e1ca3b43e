import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { refusalOf, World } from "./world.ts";

const secretToken = "aws:secretsmanager/secret:Secret";

describe("a simulated secret", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const secret = (name: string, inputs: Properties = {}): Settled =>
    world.make(secretToken, name, { name: "shop/owner", ...inputs });
  const version = (secretId: string): Settled =>
    world.make("aws:secretsmanager/secretVersion:SecretVersion", "version", { secretId, secretString: "{}" });

  it("is called by its ARN, which ends in six characters of its own", () => {
    const { id, state } = secret("first");
    expect(id).to.match(/^arn:aws:secretsmanager:eu-west-1:123456789012:secret:shop\/owner-[0-9a-f]{6}$/);
    expect(state).to.include({ arn: id, name: "shop/owner" });
  });

  it("can be found by name", () => {
    const { id } = secret("first");
    const { state } = version("shop/owner");
    expect(state.arn).to.equal(id);
    expect(state.versionId).to.match(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(state.versionStages).to.deep.equal(["AWSCURRENT"]);
  });

  it("refuses a name that is taken", () => {
    secret("first");
    expect(refusalOf(() => secret("second"))).to.equal(
      "ResourceExistsException: The operation failed because the secret shop/owner already exists.",
    );
  });

  it("refuses a name that waits for its deletion, and no other", () => {
    world.remove(secretToken, "first", secret("first"));
    expect(refusalOf(() => secret("second"))).to.equal(
      "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.",
    );
    expect(secret("third", { name: "shop/other" }).state.name).to.equal("shop/other");
  });

  it("gives up its name at once without a time to recover it in", () => {
    const brief = { recoveryWindowInDays: 0 };
    world.remove(secretToken, "first", secret("first", brief));
    expect(secret("second", brief).state.name).to.equal("shop/owner");
  });

  it("refuses a key that does not exist", () => {
    expect(refusalOf(() => secret("first", { kmsKeyId: "none" }))).to.equal(
      "InvalidParameterException: The KMS key none does not exist or is not accessible.",
    );
  });

  it("must exist to have a value", () => {
    expect(refusalOf(() => version("none"))).to.equal(
      "ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    );
  });

  it("counts the bytes of a binary value, not the characters that write it", () => {
    const made = (bytes: number): Settled =>
      world.make("aws:secretsmanager/secretVersion:SecretVersion", "version", {
        secretId: "shop/owner",
        secretBinary: Buffer.alloc(bytes).toString("base64"),
      });
    secret("first", { name: "shop/owner" });
    expect(refusalOf(() => made(65_537))).to.equal(
      "ValidationException: 1 validation error detected: Value at 'secretBinary' failed to satisfy constraint: Member must have length less than or equal to 65536",
    );
    expect(made(65_536).state.arn).to.match(/:secret:shop\/owner-/);
  });

  it("refuses a value of more than 64 KB", () => {
    const long = { secretId: secret("first").id, secretString: "x".repeat(65_537) };
    expect(
      refusalOf(() => world.make("aws:secretsmanager/secretVersion:SecretVersion", "version", long)),
    ).to.equal(
      "ValidationException: 1 validation error detected: Value at 'secretString' failed to satisfy constraint: Member must have length less than or equal to 65536",
    );
  });
});
