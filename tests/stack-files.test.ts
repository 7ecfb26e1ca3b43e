import { globSync, readFileSync } from "node:fs";

import { expect } from "chai";
import { parse } from "yaml";

import { overlap, parseBlock } from "../components/network/cidr.ts";
import { parseSettings, settingsSchema } from "../config.ts";
import { settingsOf, stacks } from "./stack-settings.ts";
import type { Settings } from "./stack-settings.ts";
import { stackConfig } from "./support/run.ts";

describe("the stacks' files", () => {
  const keysOf = (settings: Settings): readonly (readonly [string, readonly string[]])[] =>
    Object.entries(settings).map(([key, value]) => [
      key,
      typeof value === "object" ? Object.keys(value) : [],
    ]);

  it("have every component, in the schema's order", () => {
    expect(Object.keys(settingsOf("dev"))).to.deep.equal(Object.keys(settingsSchema.shape));
  });

  for (const stack of stacks) {
    it(`have the same keys in the same order in ${stack} as in dev`, () => {
      expect(keysOf(settingsOf(stack))).to.deep.equal(keysOf(settingsOf("dev")));
    });

    it(`let nothing in ${stack} use a default provider`, () => {
      expect(JSON.parse(stackConfig(stack)["pulumi:disable-default-providers"] ?? "")).to.deep.equal([
        "aws",
        "kubernetes",
      ]);
    });
  }

  it("give each stack an account and a VPC of its own, so that they can be peered", () => {
    const configs = stacks.map((stack) => parseSettings(stack, settingsOf(stack)));
    expect(new Set(configs.flatMap(({ account }) => account.allowedAccountIds)).size).to.equal(stacks.length);
    const blocks = configs.flatMap(({ network }) => parseBlock(network.cidr) ?? []);
    expect(blocks).to.have.length(stacks.length);
    for (const [index, block] of blocks.entries()) {
      for (const other of blocks.slice(index + 1)) expect(overlap(block, other)).to.equal(false);
    }
  });

  it("are the only place where stacks differ: no code knows one by its name", () => {
    const sources = ["index.ts", "config.ts", "providers.ts", ...globSync("components/**/*.ts")];
    const naming = sources.filter((file) => /["'`](dev|staging|prod)["'`]/.test(readFileSync(file, "utf8")));
    expect(naming).to.deep.equal([]);
  });

  it("are described, key by key, in the project's file", () => {
    const { config } = parse(readFileSync("Pulumi.yaml", "utf8")) as {
      config: Record<string, { description: string }>;
    };
    expect(Object.keys(config)).to.deep.equal(
      Object.keys(settingsSchema.shape).map((key) => `groundwork:${key}`),
    );
    for (const [key, { description }] of Object.entries(config)) expect(description, key).to.match(/\.$/);
  });
});
