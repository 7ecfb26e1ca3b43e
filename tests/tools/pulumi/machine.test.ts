import { expect } from "chai";
import npmCli from "pulumi/package.json" with { type: "json" };
import sdk from "@pulumi/pulumi/package.json" with { type: "json" };
import { chmodSync, mkdirSync, readFileSync, readlinkSync, statSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import { installHost } from "../../../tools/pulumi/host-files.ts";
import { findOnPath, thisMachine, versionOf } from "../../../tools/pulumi/machine.ts";
import type { Scratch } from "./project.ts";
import { scratch } from "./project.ts";

describe("The machine the CLI is for", () => {
  let folder: Scratch;
  const at = (name: string): string => join(folder.path, name);
  const executable = (name: string, text = "#!/bin/sh\necho v3.259.0\n"): void => {
    folder.write({ [name]: text });
    chmodSync(at(name), 0o755);
  };
  beforeEach(() => {
    folder = scratch();
  });
  afterEach(() => {
    folder.remove();
  });

  it("wants one version of SDK, npm package and Go module", () => {
    const goMod = readFileSync(resolve(import.meta.dirname, "../../../tools/pulumi/cli/go.mod"), "utf8");
    expect(npmCli.version).to.equal(sdk.version);
    expect(goMod).to.include(`github.com/pulumi/pulumi/pkg/v3 v${sdk.version} `);
    expect(goMod).to.include(`github.com/pulumi/pulumi/sdk/v3 v${sdk.version} `);
  });

  it("keeps the CLI where the npm package looks for it", () => {
    const { bin } = thisMachine({ PULUMI_HOME: "/srv/pulumi" });
    expect(bin).to.equal(`/srv/pulumi/versions/${sdk.version}/bin`);
  });

  it("asks an executable for its version", () => {
    executable("good");
    executable("broken", "#!/bin/sh\nexit 1\n");
    expect(versionOf(at("good"))).to.equal("3.259.0");
    expect(versionOf(at("broken"))).to.equal(undefined);
    expect(versionOf(at("missing"))).to.equal(undefined);
  });

  it("finds a CLI with its language host beside the file that a link leads to", () => {
    executable("cellar/pulumi");
    executable("cellar/pulumi-language-nodejs");
    mkdirSync(at("bin"));
    symlinkSync(at("cellar/pulumi"), at("bin/pulumi"));
    expect(findOnPath([at("empty"), at("bin")])).to.deep.equal({
      cli: at("bin/pulumi"),
      host: at("cellar/pulumi-language-nodejs"),
    });
  });

  it("passes over the launchers of npm packages, and a CLI without a language host", () => {
    executable("node_modules/pulumi/run.js");
    mkdirSync(at("node_modules/.bin"));
    symlinkSync(at("node_modules/pulumi/run.js"), at("node_modules/.bin/pulumi"));
    executable("alone/pulumi");
    expect(findOnPath([at("node_modules/.bin")])).to.equal(undefined);
    expect(findOnPath([at("alone")])).to.equal(undefined);
  });

  it("leads to a CLI elsewhere by links, which it can lead elsewhere again", () => {
    const { bin, link } = thisMachine({ PULUMI_HOME: folder.path });
    link({ cli: "/old/pulumi", host: "/old/pulumi-language-nodejs" });
    link({ cli: "/new/pulumi", host: "/new/pulumi-language-nodejs" });
    expect(readlinkSync(join(bin, "pulumi"))).to.equal("/new/pulumi");
    expect(readlinkSync(join(bin, "pulumi-language-nodejs"))).to.equal("/new/pulumi-language-nodejs");
  });

  it("installs our language host once, and again when it has changed", () => {
    const machine = thisMachine({ PULUMI_HOME: folder.path });
    const main = join(machine.bin, "language-host/main.ts");
    installHost(machine.bin);
    const first = statSync(main).ino;
    installHost(machine.bin);
    expect(statSync(main).ino).to.equal(first);

    folder.write({ [join("versions", sdk.version, "bin/language-host/main.ts")]: "old" });
    installHost(machine.bin);
    expect(readFileSync(main, "utf8")).to.not.equal("old");
    expect(machine.hasOfficialHost()).to.equal(false);
  });

  it("tells Pulumi's own language host from ours", () => {
    executable(join("versions", sdk.version, "bin/pulumi-language-nodejs"));
    expect(thisMachine({ PULUMI_HOME: folder.path }).hasOfficialHost()).to.equal(true);
  });
});
