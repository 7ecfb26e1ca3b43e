import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { expect } from "chai";
import { Account } from "../../sandbox/account.ts";
import { redact, redacting, reveal, withhold } from "../../sandbox/secrets.ts";
import { UNKNOWN } from "../../sandbox/values.ts";
import { decode, encode } from "../../sandbox/wire.ts";

const sealed = (value: string) => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});

describe("secrets", () => {
  it("are told apart from plain values when the engine's message is read", () => {
    const secrets = new Set<string>();
    const message = struct.Struct.fromJavaScript({
      user: "app",
      password: sealed("hunter2"),
      nested: { list: [sealed("s3")] },
    });
    expect(decode(message, secrets)).to.deep.equal({
      user: "app",
      password: "hunter2",
      nested: { list: ["s3"] },
    });
    expect([...secrets].sort()).to.deep.equal(["hunter2", "s3"]);
  });

  it("are not what is unknown: that has nothing to hide", () => {
    const secrets = new Set<string>();
    const message = struct.Struct.fromJavaScript({ password: sealed(UNKNOWN) });
    expect(decode(message, secrets)).to.deep.equal({ password: UNKNOWN });
    expect([...secrets]).to.deep.equal([]);
  });

  it("are left out of messages, the longest first", () => {
    const secrets = new Set(["hunter", "hunter2"]);
    expect(withhold('expected "hunter2" to be longer', secrets)).to.equal('expected "[secret]" to be longer');
  });

  it("are marked wherever they stand in the answer", () => {
    const answer = encode({ user: "app", copy: { of: "hunter2" } }, new Set(["hunter2"])).toJavaScript();
    expect(answer).to.deep.equal({ user: "app", copy: { of: sealed("hunter2") } });
  });

  it("are kept by the account as digests only, and can be put back by who knows them", () => {
    const secrets = new Set(["hunter2"]);
    const account = new Account();
    redacting(account, secrets).put({
      scope: "eu-west-1",
      token: "t",
      id: "i",
      urn: "u",
      inputs: { password: "hunter2" },
      state: { deep: [{ password: "hunter2", user: "app" }] },
      keys: [],
    });
    const [thing] = account.all("t");
    expect(JSON.stringify(thing)).not.to.contain("hunter2");
    expect(reveal(thing?.state ?? {}, secrets)).to.deep.equal({
      deep: [{ password: "hunter2", user: "app" }],
    });
    expect(JSON.stringify(reveal(thing?.state ?? {}, new Set(["another"])))).not.to.contain("hunter2");
  });

  it("leave plain values as they are", () => {
    expect(redact({ user: "app", count: 3, on: true }, new Set(["hunter2"]))).to.deep.equal({
      user: "app",
      count: 3,
      on: true,
    });
  });
});
