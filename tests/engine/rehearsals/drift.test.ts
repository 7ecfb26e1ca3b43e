import { expect } from "chai";
import { compare } from "./kills.ts";
import { likenessOf } from "./likeness.ts";
import { Sandbox } from "../sandbox.ts";

const database = "aws:rds/instance:Instance database";
const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm observability-cache-1-cpu";
const quota = "kubernetes:core/v1:ResourceQuota services-namespace-apps-quota";
const autoscaler = "kubernetes:autoscaling/v2:HorizontalPodAutoscaler services-backend";

/** What becomes of a stack while it is deployed and afterwards. One stack for all, since each `up` takes its time. */
describe("the dev stack in an account where things go wrong", function () {
  this.timeout(600_000);
  const sandbox = new Sandbox("dev");
  const flags = ["--skip-preview"];
  let deployed: readonly string[] = [];
  const likeness = (): readonly string[] => sandbox.account((account) => likenessOf(account.everything()));
  after(() => {
    sandbox.remove();
  });

  it("is deployed in spite of a throttling at each operation, and says which operations met it", async () => {
    const { code, output } = await sandbox.engine("up", { flags, faults: ["throttling@*x4"] });
    expect(code, output).to.equal(0);
    const met = output.match(/^sandbox: fault throttling@\*x4: create /gm);
    expect(met).to.have.length(
      sandbox.account((account) => [...account.everything()].filter(({ urn }) => urn !== "").length),
    );
    deployed = likeness();
  });

  it("shows in a refresh what was changed and deleted behind Pulumi's back, at AWS and in the cluster", async () => {
    for (const [command = "", ...args] of [
      ["set", database, "backupRetentionPeriod=1"],
      ["set", quota, "spec.hard.pods=5"],
      ["delete", alarm],
      ["delete", autoscaler],
    ]) {
      const { code, output } = await sandbox.tool(command, ...args);
      expect(code, output).to.equal(0);
    }
    const refresh = ["pulumi", "refresh", "--yes", "--skip-preview", "--stack", "dev"];
    const { code, output } = await sandbox.run(...refresh);
    expect(code, output).to.equal(0);
    expect(output).to.match(/aws:rds:Instance database updated/);
    expect(output).to.match(/kubernetes:core\/v1:ResourceQuota services-namespace-apps-quota updated/);
    expect(output).to.match(/aws:cloudwatch:MetricAlarm observability-cache-1-cpu deleted/);
    expect(output).to.match(/kubernetes:autoscaling\/v2:HorizontalPodAutoscaler services-backend deleted/);
  });

  it("is mended by the next update", async () => {
    const { code, output } = await sandbox.engine("up", { flags });
    expect(code, output).to.equal(0);
    expect(output).to.match(/^Changes +2 created, 2 updated$|^Changes +2 updated, 2 created$/m);
    expect(compare(deployed, likeness())).to.deep.equal({ missing: [], added: [] });
  });

  it("keeps what a service finished after the provider gave up, and an update later settles it", async () => {
    const set = ["database.storageGb=30"];
    const failed = await sandbox.engine("up", { flags, set, faults: ["timeout:aws:rds/*"] });
    expect(failed.code).not.to.equal(0);
    expect(failed.output).to.contain(
      "waiting for Instance (database) update: timeout while waiting for state to become 'ACTIVE'",
    );
    expect(failed.output).to.contain(
      "sandbox: fault timeout:aws:rds/*: update aws:rds/instance:Instance database",
    );
    const { code, output } = await sandbox.engine("up", { flags, set });
    expect(code, output).to.equal(0);
    expect(
      sandbox.account((account) => account.all("aws:rds/instance:Instance"))[0]?.state.allocatedStorage,
    ).to.equal(30);
  });
});
