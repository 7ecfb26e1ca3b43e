import { expect } from "chai";
import { z } from "zod";

import { listSettings } from "../../../tools/docs/schema.ts";

describe("listSettings", () => {
  const list = (schema: z.ZodType): readonly string[] =>
    listSettings(schema, "a").map(({ path, allowed }) => `${path}: ${allowed}`);
  const only = (schema: z.ZodType): string => list(schema).join();

  it("says bounds, choices and patterns in words", () => {
    expect(only(z.int().min(1).max(9))).to.equal("a: 1 to 9");
    expect(only(z.int().min(1))).to.equal("a: at least 1");
    expect(only(z.int())).to.equal("a: whole number");
    expect(only(z.number().gt(0).max(100))).to.equal("a: more than 0, at most 100");
    expect(only(z.boolean())).to.equal("a: `true` or `false`");
    expect(only(z.enum(["b", "c"]))).to.equal("a: `b`, `c`");
    expect(only(z.union([z.literal(7), z.literal(14)]))).to.equal("a: 7, 14");
    expect(only(z.array(z.cidrv4()).min(1))).to.equal("a: list, at least 1: IPv4 block, such as 10.0.0.0/16");
    expect(only(z.string().max(3))).to.equal("a: text, at most 3 characters");
  });

  it("says a rule in its author's words", () => {
    const domain = z.string().regex(/^[a-z.]+$/, "must be none or a domain");
    expect(
      only(
        z
          .string()
          .regex(/^[a-z]+$/, "name must be letters")
          .max(3),
      ),
    ).to.equal("a: letters, at most 3 characters");
    expect(only(z.union([z.literal("none"), domain]))).to.equal("a: none or a domain");
  });

  it("goes into groups, names of one's own, entries of lists and forms", () => {
    const inner = z.strictObject({ c: z.boolean() });
    expect(list(z.strictObject({ b: inner }))).to.deep.equal(["a.b.c: `true` or `false`"]);
    expect(list(z.record(z.string(), inner))).to.deep.equal([
      "a: by name: group",
      "a.<name>.c: `true` or `false`",
    ]);
    expect(list(z.array(inner))).to.deep.equal(["a: list: group", "a[].c: `true` or `false`"]);
    expect(list(z.union([z.literal("none"), inner]))).to.deep.equal([
      "a: `none` or group",
      "a.c: `true` or `false`",
    ]);
  });

  it("says a group once", () => {
    const group = z.strictObject({ c: z.boolean() }).describe("same");
    expect(list(z.strictObject({ b: group, d: group }))).to.deep.equal([
      "a.b: group",
      "a.b.c: `true` or `false`",
      "a.d: as `a.b`",
    ]);
  });
});
