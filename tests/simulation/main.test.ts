import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect } from "chai";
import { levelProfile, shop } from "./fixture.ts";

const main = resolve(import.meta.dirname, "../../simulation/main.ts");

describe("the command", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "scale-"));
    writeFileSync(join(folder, "objects.json"), JSON.stringify(shop));
    writeFileSync(join(folder, "load.yaml"), levelProfile(50).replace('"01:00"', '"00:10"'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  function simulation(...args: readonly string[]): { readonly status: number | null; readonly said: string } {
    const objects = ["--objects", join(folder, "objects.json")];
    const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...objects, ...args], {
      encoding: "utf8",
    });
    return { status, said: stdout + stderr };
  }

  it("writes page, data, objects and plot, and prints the verdicts", () => {
    const { status, said } = simulation("--profile", join(folder, "load.yaml"), "--out", join(folder, "out"));
    expect(status).to.equal(0);
    expect(said).to.match(/^pass +10,000 concurrent users: 100\.00 %/m);
    expect(said).to.match(/^fail +more than 100 pods: /m);
    expect(readdirSync(join(folder, "out")).sort()).to.deep.equal([
      "objects.json",
      "plot.svg",
      "report.json",
      "report.md",
    ]);
    expect(readFileSync(join(folder, "out/report.md"), "utf8")).to.match(/^# Scaling of dev under level\n/);
  });

  it("fails where a promise fails and that is asked for", () => {
    const { status } = simulation(
      "--profile",
      join(folder, "load.yaml"),
      "--out",
      join(folder, "out"),
      "--require",
    );
    expect(status).to.equal(1);
  });

  it("names the profiles that there are", () => {
    const { status, said } = simulation("--profile", "rush-hour");
    expect(status).to.equal(2);
    expect(said).to.match(
      /^simulation: there is no profile rush-hour: there are flapping, flash-crowd, hr-day, month-end, slow-ramp, steady/,
    );
  });

  it("refuses a seed that is no number", () => {
    const { status, said } = simulation("--seed", "one");
    expect(status).to.equal(2);
    expect(said).to.include("must be a whole number, such as 1");
  });

  it("says everything at once that is wrong with profile and objects", () => {
    writeFileSync(join(folder, "bad.yaml"), "name: [\n");
    const { status, said } = simulation(
      ...["--profile", join(folder, "bad.yaml"), "--objects", join(folder, "none.json")],
    );
    expect(status).to.equal(2);
    expect(said).to.match(/^simulation: \S+bad\.yaml is no YAML: .+ at line 2, column 1/);
    expect(said).to.match(/^there is no file \S+none\.json$/m);
  });

  it("says of an empty list of objects all that it lacks", () => {
    writeFileSync(join(folder, "empty.json"), "[]");
    const { status, said } = simulation("--stack", "shop", "--objects", join(folder, "empty.json"));
    expect(status).to.equal(2);
    expect(said.trim().split("\n")).to.deep.equal([
      "simulation: the stack shop has no workload: no Deployment, StatefulSet, Rollout or Release",
      "the stack shop has nothing that scales: no HorizontalPodAutoscaler or ScaledObject of one of its workloads",
      "the stack shop has no nodes: no managed node group or NodePool",
    ]);
  });

  it("refuses objects that are no JSON", () => {
    const { status, said } = simulation("--objects", join(folder, "load.yaml"));
    expect(status).to.equal(2);
    expect(said).to.match(/^simulation: \S+load\.yaml is no JSON: /);
  });

  it("names the stacks that there are, before it deploys anything", () => {
    const { status, stderr } = spawnSync(process.execPath, [main, "--stack", "qa"], { encoding: "utf8" });
    expect(status).to.equal(2);
    expect(stderr).to.equal("simulation: there is no stack qa: there are dev, prod, staging\n");
  });
});
