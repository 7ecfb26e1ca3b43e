import { expect } from "chai";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { splitArguments } from "../../../../tools/pulumi/language-host/options.ts";
import { installedPackages, requiredPlugins } from "../../../../tools/pulumi/language-host/packages.ts";
import { describeEnding } from "../../../../tools/pulumi/language-host/program.ts";
import { locate } from "../../../../tools/pulumi/language-host/sdk.ts";
import type { Scratch } from "../project.ts";
import { scratch } from "../project.ts";

describe("The parts of our Node language host", () => {
  let folder: Scratch;
  beforeEach(() => {
    folder = scratch();
  });
  afterEach(() => {
    folder.remove();
  });

  it("splits Node's arguments as a shell would", () => {
    expect(splitArguments("")).to.deep.equal([]);
    expect(splitArguments(` --import "./a file.ts"  --x='y z' `)).to.deep.equal([
      "--import",
      "./a file.ts",
      "--x=y z",
    ]);
  });

  it("says how a program ended", () => {
    expect(describeEnding({ code: 0, signal: null })).to.equal("");
    expect(describeEnding({ code: 7, signal: null })).to.equal("the program exited with code 7");
    expect(describeEnding({ code: null, signal: "SIGTERM" })).to.equal("the program was ended by SIGTERM");
    expect(describeEnding({ code: null, signal: "SIGABRT" })).to.include("--max-old-space-size=<megabytes>");
  });

  it("says what to run where the SDK is not installed", () => {
    const look = (): string => locate("@pulumi/pulumi/cmd/run", folder.path);
    expect(look).to.throw(
      `@pulumi/pulumi/cmd/run is not installed in ${folder.path}: run npm ci there first`,
    );
  });

  it("lists each provider plugin that an installed package stands for, once", () => {
    const manifest = (name: string, pulumi?: object): string =>
      JSON.stringify({ name, version: "1.2.3", pulumi });
    folder.write({
      "node_modules/@pulumi/aws/package.json": manifest("@pulumi/aws", { resource: true }),
      "node_modules/@pulumi/eks/package.json": manifest("@pulumi/eks", {
        resource: true,
        name: "eks",
        version: "v4.0.0",
      }),
      "node_modules/@pulumi/eks/node_modules/@pulumi/aws/package.json": manifest("@pulumi/aws", {
        resource: true,
      }),
      "node_modules/@acme/cloud/package.json": manifest("@acme/cloud", {
        resource: true,
        name: "acme",
        server: "https://acme.test",
      }),
      "node_modules/@pulumi/policy/package.json": manifest("@pulumi/policy", { resource: false }),
      "node_modules/zod/package.json": manifest("zod"),
      "node_modules/broken/package.json": "{",
    });
    mkdirSync(join(folder.path, "node_modules/empty"));
    symlinkSync(folder.path, join(folder.path, "node_modules/itself"));
    const plugins = requiredPlugins(installedPackages(folder.path)).map((plugin) => plugin.toObject());
    expect(
      plugins.map(({ name, version, server, kind }) => [kind, name, version, server]).sort(),
    ).to.deep.equal([
      ["resource", "acme", "v1.2.3", "https://acme.test"],
      ["resource", "aws", "v1.2.3", ""],
      ["resource", "eks", "v4.0.0", ""],
    ]);
  });
});
