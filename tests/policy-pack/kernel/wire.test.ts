import { createRequire } from "node:module";

import { expect } from "chai";
import fc from "fast-check";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb.js";

import { Undecided } from "../../../policy-pack/kernel/findings.ts";
import { patched, redacted, reveal as revealWith } from "../../../policy-pack/kernel/wire.ts";
import { secret, UNKNOWN } from "../fixtures/values.ts";

const reveal = (wire: Readonly<Record<string, unknown>>) => revealWith(wire, new Set());

describe("reveal", () => {
  it("opens secrets at any depth", () => {
    const wire = { password: secret("open"), list: [secret({ inner: secret(1) })] };
    expect(reveal(wire)).to.deep.equal({ password: "open", list: [{ inner: 1 }] });
  });

  it("throws where a value is read that is not known yet, and says which", () => {
    const props: unknown = reveal({ rules: [{ cidrs: ["10.0.0.0/8", secret(UNKNOWN)] }] });
    const read = (): unknown => (props as { rules: [{ cidrs: string[] }] }).rules[0].cidrs[1];
    expect(read).to.throw(Undecided).with.property("path", "rules[0].cidrs[1]");
  });

  it("always tells whether a key exists, which keys there are and how long a list is", () => {
    const props = reveal({ key: UNKNOWN, list: [UNKNOWN, UNKNOWN] });
    expect("key" in props).to.equal(true);
    expect(Object.hasOwn(props, "other")).to.equal(false);
    expect(Object.keys(props)).to.deep.equal(["key", "list"]);
    expect(props.list).to.have.length(2);
  });

  it("remembers what was secret, however deep, and keeps it out of sentences", () => {
    const secrets = new Set<string>();
    revealWith({ plain: "open", list: [secret({ inner: ["hidden", secret("deeper"), "x"] })] }, secrets);
    expect([...secrets]).to.have.members(["hidden", "deeper", "x"]);
    expect(redacted("the hidden xylophone is deeper than open.", secrets)).to.equal(
      "the [secret] xylophone is [secret] than open.",
    );
  });

  it("takes a key of any name for what it is", () => {
    const props = reveal(JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, unknown>);
    expect(Object.hasOwn(props, "__proto__")).to.equal(true);
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
  });

  it("leaves out what is null, in lists too", () => {
    const wire = { a: null, b: secret(null), list: [1, null, { c: null }] };
    expect(reveal(wire)).to.deep.equal({ list: [1, {}] });
  });

  it("reads as the SDK's own server does, whatever a resource holds that is not null", () => {
    const load = createRequire(import.meta.url);
    const { deserializeProperties } = load("@pulumi/policy/deserialize.js") as {
      readonly deserializeProperties: (from: Struct, proxySecrets: boolean) => unknown;
    };
    const { unknownCheckingProxy } = load("@pulumi/policy/proxy.js") as {
      readonly unknownCheckingProxy: (props: unknown) => unknown;
    };
    const { tree } = fc.letrec((tie) => ({
      tree: fc.dictionary(
        fc.string().filter((key) => key !== "__proto__"),
        tie("value"),
        { maxKeys: 4 },
      ),
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(true, 7, "text", UNKNOWN),
        tie("tree"),
        fc.array(tie("value"), { maxLength: 3 }),
        tie("value").map(secret),
      ),
    }));
    fc.assert(
      fc.property(tree, (wire) => {
        const sent = struct.Struct.fromJavaScript(wire as Record<string, struct.JavaScriptValue>);
        const theirs = unknownCheckingProxy(deserializeProperties(sent, false));
        expect(seen(reveal(sent.toJavaScript()))).to.deep.equal(seen(theirs));
      }),
      { numRuns: 200 },
    );
  });
});

/** What a reader finds, with a mark where reading throws. */
function seen(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.keys(value).map((key) => {
    try {
      return [key, seen(Reflect.get(value, key))];
    } catch {
      return [key, "not known yet"];
    }
  });
  return [Array.isArray(value), entries];
}

describe("patched", () => {
  it("sets inputs at any depth and leaves the rest as the engine wrote it", () => {
    const wire = { name: UNKNOWN, password: secret("p"), logs: { bucket: "b", enabled: false } };
    expect(patched(wire, { logs: { enabled: true }, drop: true })).to.deep.equal({
      wire: { name: UNKNOWN, password: secret("p"), logs: { bucket: "b", enabled: true }, drop: true },
      paths: ["logs.enabled", "drop"],
    });
  });

  it("changes the places of a list that the patch names", () => {
    const wire = { disks: [{ type: "gp2", size: 8 }, { type: "gp3" }] };
    expect(patched(wire, { disks: [{ type: "gp3" }, undefined] })).to.deep.equal({
      wire: { disks: [{ type: "gp3", size: 8 }, { type: "gp3" }] },
      paths: ["disks[0].type"],
    });
  });

  it("counts the places of a list as checks see them, without what is null", () => {
    const wire = { disks: [null, { type: "gp2" }] };
    expect(patched(wire, { disks: [{ type: "gp3" }] }).wire).to.deep.equal({ disks: [{ type: "gp3" }] });
  });

  it("sets tags twice, since the provider has merged them before", () => {
    const wire = { tags: { Name: "a" }, tagsAll: { Name: "a", Owner: "b" } };
    expect(patched(wire, { tags: { CostCenter: "c" } }).wire).to.deep.equal({
      tags: { Name: "a", CostCenter: "c" },
      tagsAll: { Name: "a", Owner: "b", CostCenter: "c" },
    });
  });

  it("keeps a secret secret when something inside it is set", () => {
    expect(patched({ settings: secret({ a: 1 }) }, { settings: { b: 2 } }).wire).to.deep.equal({
      settings: secret({ a: 1, b: 2 }),
    });
  });

  it("names nothing that was so before", () => {
    expect(patched({ drop: true }, { drop: true, mode: undefined })).to.deep.equal({
      wire: { drop: true },
      paths: [],
    });
  });

  it("refuses to set something inside what is not known yet", () => {
    expect(() => patched({ tags: UNKNOWN }, { tags: { Owner: "a" } })).to.throw(Undecided);
  });
});
