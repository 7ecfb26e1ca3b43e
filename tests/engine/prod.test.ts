import { readFileSync } from "node:fs";
import { expect } from "chai";
import { parse } from "yaml";
import { updatePath } from "../../sandbox/steps.ts";
import { readState } from "../../sandbox/summary.ts";
import { isRecord, list } from "../../sandbox/values.ts";
import { describeDeployment } from "./deployment.ts";

/** The paths of all locks, below the project's name. */
function locksIn(settings: unknown, path: readonly string[] = []): readonly string[] {
  if (!isRecord(settings)) return [];
  return Object.entries(settings).flatMap(([key, value]) => {
    const here = [...path, key];
    if (/^(protect|deletionProtection)$/.test(key) && value === true) return [here.join(".")];
    return locksIn(value, here);
  });
}

function settingsOf(stack: string): unknown {
  const file: unknown = parse(readFileSync(`Pulumi.${stack}.yaml`, "utf8"));
  const config = isRecord(file) && isRecord(file.config) ? file.config : {};
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.replace("groundwork:", ""), value]),
  );
}

type Resource = Readonly<Record<string, unknown>>;

/** What a resource names as needed, as often as it does: its provider, its dependencies, and those of each property. */
function named({ provider, dependencies, propertyDependencies }: Resource): readonly unknown[] {
  const ofProperties = isRecord(propertyDependencies)
    ? Object.values(propertyDependencies).flatMap(list)
    : [];
  const urn = typeof provider === "string" ? [provider.replace(/::[^:]*$/, "")] : [];
  return [...urn, ...list(dependencies), ...ofProperties];
}

/** Steps the engine takes from one resource to all that it needs: it walks every route, however often it has been somewhere. */
function walksOf(resources: readonly Resource[]): readonly number[] {
  const walks = new Map<unknown, number>();
  // The state names what is needed before what needs it.
  for (const resource of resources) {
    const steps = named(resource).map((urn) => walks.get(urn) ?? 0);
    walks.set(
      resource.urn,
      steps.reduce((sum, count) => sum + count, 1),
    );
  }
  return [...walks.values()];
}

describeDeployment("prod", (sandbox) => {
  it("needs few enough things by few enough routes for the engine to sort out a failed destroy in seconds", async () => {
    expect(Math.max(...walksOf(await sandbox.resources()))).to.be.below(30_000_000);
  });

  it("takes at most a tenth longer on AWS than control plane, nodes, their add-ons and one release take", async () => {
    const operations = sandbox.account((account) => account.runs().flatMap((run) => account.operations(run)));
    const longest = (token: string, but = ""): number =>
      Math.max(
        ...operations
          .filter((one) => one.token === token && (but === "" || !one.urn.endsWith(but)))
          .map(({ seconds }) => seconds),
      );
    const addon = "aws:eks/addon:Addon";
    const network = operations.find(({ urn }) => urn.endsWith("::cluster-vpc-cni"))?.seconds ?? NaN;
    const unavoidable =
      longest("aws:eks/cluster:Cluster") +
      network +
      longest("aws:eks/nodeGroup:NodeGroup") +
      longest(addon, "::cluster-vpc-cni") +
      longest("kubernetes:helm.sh/v3:Release");
    const { resources } = readState({ deployment: { resources: await sandbox.resources() } });
    expect(updatePath(operations, resources).seconds).to.be.within(unavoidable, 1.1 * unavoidable);
  });

  it("is not destroyed by mistake: what holds data or is in use is locked by Pulumi, and the preview stops it", async () => {
    const before = sandbox.things();
    const { code, output } = await sandbox.engine("destroy");
    expect(code).not.to.equal(0);
    expect(output).to.match(/Preview failed: resource "\S+" cannot be deleted\s+because it is protected/);
    expect(sandbox.things()).to.deep.equal(before);
  });

  it("leaves an empty account when it is unlocked as the runbook says, and then destroyed", async () => {
    const locks = locksIn(settingsOf("prod"));
    expect(locks).to.include("services.ingresses.public.deletionProtection");
    const set = [
      "policyPack=optional",
      "frontend.forceDestroy=true",
      ...locks.map((lock) => `${lock}=false`),
    ];
    const up = ["pulumi", "up", "--yes", "--skip-preview", "--stack", "prod"];
    const unlocked = await sandbox.runWith(set, "env", "-u", "PULUMI_OPTION_POLICY_PACK", ...up);
    expect(unlocked.code, unlocked.output).to.equal(0);
    const { code, output } = await sandbox.engine("destroy", { flags: ["--skip-preview"] });
    expect(code, output).to.equal(0);
    expect(sandbox.things()).to.deep.equal([]);
  });
});
