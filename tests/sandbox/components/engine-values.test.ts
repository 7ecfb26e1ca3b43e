import { expect } from "chai";
import {
  fromMessage,
  readArguments,
  reference,
  secret,
  toMessage,
  unseal,
} from "../../../sandbox/components/engine-values.ts";
import { given } from "../../../sandbox/components/plan.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";

const key = "4dabf18193072939515e22adb298388d";
const output = "d0e6a833031e9bbcd3f4e8bde6ca49a4";

describe("readArguments", () => {
  const read = (value: unknown, urns: readonly string[] = []): unknown =>
    readArguments({ value }, new Map([["value", urns]])).value;

  it("takes plain values as they are", () => {
    expect(read({ list: [1, "a", true] })).to.deep.equal({ list: [1, "a", true] });
  });

  it("keeps what an argument depends on", () => {
    expect(read("vpc-1", ["urn:a"])).to.deep.equal(given("vpc-1", ["urn:a"]));
  });

  it("lets an output inside say more precisely what depends on what", () => {
    const sent = { plain: 1, id: { [key]: output, value: "i", dependencies: ["urn:a"] } };
    expect(read(sent, ["urn:a"])).to.deep.equal({ plain: 1, id: given("i", ["urn:a"]) });
  });

  it("takes an output without a value as unknown", () => {
    expect(read({ [key]: output, dependencies: ["urn:a"] })).to.deep.equal(given(UNKNOWN, ["urn:a"]));
  });

  it("keeps a secret output secret", () => {
    expect(read({ [key]: output, value: "x", secret: true })).to.deep.equal(secret("x"));
  });

  it("does not make a resource depend on itself", () => {
    expect(read(reference("urn:a"), ["urn:a"])).to.deep.equal(reference("urn:a"));
  });
});

describe("unseal", () => {
  it("takes off every mark of a secret, and says whether there was one", () => {
    expect(unseal({ a: [secret({ b: secret(1) })] })).to.deep.equal({
      value: { a: [{ b: 1 }] },
      secret: true,
    });
    expect(unseal({ a: [1] })).to.deep.equal({ value: { a: [1] }, secret: false });
  });
});

describe("toMessage", () => {
  it("comes back the same, without what is undefined", () => {
    const values = { text: "a", number: 1, no: false, list: [1, { deep: "x" }], nothing: undefined };
    const { nothing: _, ...rest } = values;
    expect(fromMessage(toMessage(values))).to.deep.equal(rest);
  });
});
