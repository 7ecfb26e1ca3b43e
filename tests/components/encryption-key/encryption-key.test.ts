import { expect } from "chai";

import { EncryptionKey } from "../../../components/encryption-key/encryption-key.ts";
import type { EncryptionKeyArgs } from "../../../components/encryption-key/encryption-key.ts";
import { only, run } from "../../support/run.ts";

const keyType = "aws:kms/key:Key";

function build(change: Partial<EncryptionKeyArgs> = {}) {
  return run(() => new EncryptionKey("store-key", { description: "The store", ...change }));
}

describe("EncryptionKey", () => {
  it("rotates, and can be brought back for thirty days", async () => {
    const { resources } = await build();
    expect(only(resources, keyType).inputs).to.include({
      description: "The store",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
    });
  });

  it("belongs to the account that it is made in", async () => {
    const { resources, account } = await build();
    const policy: unknown = JSON.parse(String(only(resources, keyType).inputs.policy));
    expect(policy).to.have.nested.property(
      "Statement[0].Principal.AWS",
      `arn:aws:iam::${account.accountId}:root`,
    );
    expect(policy).to.have.property("Statement").with.length(1);
  });

  it("admits the services and roles it was given", async () => {
    const role = "arn:aws:iam::111111111111:role/nodes";
    const { resources } = await build({ services: ["logs"], roles: [role] });
    const policy: unknown = JSON.parse(String(only(resources, keyType).inputs.policy));
    expect(policy).to.have.nested.property("Statement[1].Principal.Service", "logs.eu-west-1.amazonaws.com");
    expect(policy).to.have.deep.nested.property("Statement[2].Principal.AWS", [role]);
  });

  it("has an alias", async () => {
    const { resources } = await build();
    expect(only(resources, "aws:kms/alias:Alias").inputs.targetKeyId).to.equal(only(resources, keyType).id);
  });

  it("is protected when told so", async () => {
    expect(only((await build()).resources, keyType).protect).to.equal(false);
    expect(only((await build({ protect: true })).resources, keyType).protect).to.equal(true);
  });
});
