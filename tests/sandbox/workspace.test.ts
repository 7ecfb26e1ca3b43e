import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import type { Workspace } from "../../sandbox/workspace.ts";
import {
  copySettings,
  defaultRegionOf,
  environmentOf,
  parseChange,
  prepare,
  programFolderOf,
  runInside,
  workspaceOf,
} from "../../sandbox/workspace.ts";

describe("a workspace", () => {
  let root = "";
  let workspace: Workspace;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "workspace-"));
    writeFileSync(join(root, "Pulumi.yaml"), "name: shop\n");
    writeFileSync(join(root, "Pulumi.dev.yaml"), "config:\n  shop:database:\n    storageGb: 20\n");
    workspace = workspaceOf(root, "dev");
    mkdirSync(workspace.folder, { recursive: true });
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it("refuses a folder without a program", () => {
    rmSync(join(root, "Pulumi.yaml"));
    expect(() => {
      prepare(workspace, {});
    }).to.throw(`there is no Pulumi.yaml in ${root}: start the sandbox in a program's folder`);
  });

  it("refuses a stack that the program does not have, and makes nothing of it", () => {
    writeFileSync(join(root, "Pulumi.prod.yaml"), "");
    const other = workspaceOf(root, "test");
    expect(() => {
      prepare(other, {});
    }).to.throw(
      new RegExp(`^there is no Pulumi\\.test\\.yaml in ${root}: its stacks are (dev, prod|prod, dev)$`),
    );
    expect(existsSync(other.folder)).to.equal(false);
  });

  it("takes every stack of a program that has no settings, each with empty ones", () => {
    rmSync(join(root, "Pulumi.dev.yaml"));
    const any = workspaceOf(root, "any", ".sandbox", [parseChange("size=3")]);
    mkdirSync(any.folder, { recursive: true });
    copySettings(any);
    expect(parse(readFileSync(any.settings, "utf8"))).to.deep.equal({ config: { "shop:size": 3 } });
    copySettings(workspaceOf(root, "any"));
    expect(parse(readFileSync(any.settings, "utf8"))).to.deep.equal({});
  });

  it("says what is missing where there is no Pulumi", () => {
    expect(() => {
      prepare(workspace, { PATH: root });
    }).to.throw("pulumi does not start (spawnSync pulumi ENOENT): `make install` brings it");
  });

  it("copies the settings with this run's changes, and keeps the engine's salt", () => {
    writeFileSync(workspace.settings, "encryptionsalt: v1:abc\n");
    copySettings(workspaceOf(root, "dev", ".sandbox", [parseChange("database.storageGb=40")]));
    expect(readFileSync(workspace.settings, "utf8")).to.equal(
      "config:\n  shop:database:\n    storageGb: 40\nencryptionsalt: v1:abc\n",
    );
  });

  it("knows the region of default providers by the program's own setting", () => {
    copySettings(workspace);
    const { AWS_REGION = "us-east-1" } = environmentOf(workspace, "");
    expect(defaultRegionOf(workspace)).to.equal(AWS_REGION);
    writeFileSync(join(root, "Pulumi.dev.yaml"), "config:\n  aws:region: ap-south-1\n");
    copySettings(workspace);
    expect(defaultRegionOf(workspace)).to.equal("ap-south-1");
  });

  it("has the program's files in its folder, or in the one that its main names or lies in", () => {
    const folderOf = (main: string): string => {
      writeFileSync(join(root, "Pulumi.yaml"), `name: shop\nmain: ${main}\n`);
      return programFolderOf(workspace);
    };
    mkdirSync(join(root, "infra"));
    writeFileSync(join(root, "infra/index.ts"), "");
    expect(programFolderOf(workspace)).to.equal(root);
    expect(folderOf("infra/")).to.equal(join(root, "infra"));
    expect(folderOf("infra/index.ts")).to.equal(join(root, "infra"));
    expect(folderOf("infra/other.ts")).to.equal(join(root, "infra"));
    expect(folderOf("nowhere/index.ts")).to.equal(root);
  });

  it("leaves the copy of the settings alone while the file is no YAML", () => {
    copySettings(workspace);
    const before = readFileSync(workspace.settings, "utf8");
    writeFileSync(join(root, "Pulumi.dev.yaml"), 'config:\n  shop:name: "half\n');
    expect(() => {
      copySettings(workspace);
    }).to.throw(`${join(root, "Pulumi.dev.yaml")}: Missing closing "quote`);
    expect(readFileSync(workspace.settings, "utf8")).to.equal(before);
  });

  it("reads a change's value as YAML, and refuses a change without one", () => {
    expect(parseChange("network.zones=[a, b]")).to.deep.equal({
      path: ["network", "zones"],
      value: ["a", "b"],
    });
    expect(() => parseChange("network.zones")).to.throw("--set takes path=value, got network.zones");
  });

  it("ends the command when it is told to end", async () => {
    const ended = runInside(workspace, process.env, ["sleep", "60"]);
    process.emit("SIGTERM", "SIGTERM");
    expect(await ended).to.equal(143);
    expect(process.listenerCount("SIGTERM")).to.equal(0);
  });

  describe("has an environment", () => {
    const callers = {
      AWS_PROFILE: "production",
      AWS_SECRET_ACCESS_KEY: "key",
      KUBECONFIG: "/home/me/.kube/config",
      PULUMI_ACCESS_TOKEN: "pul-1",
      PULUMI_BACKEND_URL: "https://api.pulumi.com",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/home/me/passphrase",
      PULUMI_OPTION_PARALLEL: "2",
    };
    beforeEach(() => {
      Object.assign(process.env, callers);
    });
    afterEach(() => {
      for (const name of Object.keys(callers)) Reflect.deleteProperty(process.env, name);
    });

    it("that leads to nothing but the sandbox, whatever the caller's own holds", () => {
      const environment = environmentOf(workspace, "aws:1");
      expect(
        Object.keys(environment)
          .filter((name) => /^(AWS_|KUBE|PULUMI_)/.test(name))
          .sort(),
      ).to.deep.equal(
        [
          ...(process.env.PULUMI_HOME === undefined ? [] : ["PULUMI_HOME"]),
          "AWS_REGION",
          "PULUMI_BACKEND_URL",
          "PULUMI_CONFIG_PASSPHRASE",
          "PULUMI_DEBUG_COMMANDS",
          "PULUMI_DEBUG_PROVIDERS",
          "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION",
          "PULUMI_OPTION_CONFIG_FILE",
          "PULUMI_OPTION_PARALLEL",
          "PULUMI_OPTION_STACK",
          "PULUMI_SKIP_UPDATE_CHECK",
        ].sort(),
      );
      expect(environment.PULUMI_BACKEND_URL).to.equal(`file://${join(root, ".sandbox/state")}`);
      expect(environment.PULUMI_DEBUG_PROVIDERS).to.equal("aws:1");
    });

    it("with the policy pack of the program that it is for, where it has one", () => {
      expect(environmentOf(workspace, "")).not.to.have.property("PULUMI_OPTION_POLICY_PACK");
      mkdirSync(join(root, "policy-pack"));
      expect(environmentOf(workspace, "").PULUMI_OPTION_POLICY_PACK).to.equal(join(root, "policy-pack"));
    });
  });
});
