import * as asn1 from "asn1js";
import { expect } from "chai";
import type { Value } from "../../../sandbox/encodings/asn1.ts";
import {
  bytesOf,
  decode,
  encode,
  identifierOf,
  inside,
  isTagged,
  objectIdentifier,
  sequence,
  setOf,
  tagged,
} from "../../../sandbox/encodings/asn1.ts";

const hex = (value: Value): string => encode(value).toString("hex");
const one = new asn1.Integer({ value: 1 });
const two = new asn1.Integer({ value: 2 });

describe("ASN.1", () => {
  it("keeps the order of a sequence, and sorts a set by its bytes", () => {
    expect(hex(sequence(two, one))).to.equal("3006020102020101");
    expect(hex(setOf(two, one))).to.equal("3106020101020102");
  });

  it("tells values and bytes by number", () => {
    expect(hex(tagged(3, [one]))).to.equal("a303020101");
    expect(hex(tagged(2, Buffer.from("ab")))).to.equal("82026162");
    expect([tagged(2, []), tagged(3, []), two].map((value) => isTagged(value, 2))).to.deep.equal([
      true,
      false,
      false,
    ]);
  });

  it("reads what it writes", () => {
    const held = new asn1.OctetString({ valueHex: encode(sequence(one)) });
    const read = inside(decode(encode(sequence(objectIdentifier("2.5.29.17"), held, new asn1.Null()))));
    expect(read.map(identifierOf)).to.deep.equal(["2.5.29.17", undefined, undefined]);
    expect(read.map((value) => inside(value).map(hex))).to.deep.equal([[], ["3003020101"], []]);
    expect(read.map((value) => bytesOf(value).toString("hex"))).to.deep.equal(["", "3003020101", ""]);
  });

  it("finds nothing in what is not there", () => {
    expect([inside(undefined), identifierOf(undefined), bytesOf(undefined).length]).to.deep.equal([
      [],
      undefined,
      0,
    ]);
  });

  it("refuses what is cut off, and what goes on", () => {
    for (const bytes of ["", "04", "0402aa", "0482", "300304ff"]) {
      expect(() => decode(Buffer.from(bytes, "hex")), bytes).to.throw(/^asn1: syntax error: ./);
    }
    expect(() => decode(Buffer.from("040100ff", "hex"))).to.throw("asn1: syntax error: trailing data");
  });
});
