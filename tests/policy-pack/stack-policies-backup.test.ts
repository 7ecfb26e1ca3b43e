import { expect } from "chai";

import { Pack } from "../../policy-pack/kernel/pack.ts";
import { levels } from "../../policy-pack/levels/levels.ts";
import { policies } from "../../policy-pack/policies.ts";
import { changed, graph, without } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import { keyArn, UNKNOWN } from "./fixtures/values.ts";
import { analyze } from "./support/engine.ts";
import { found, inBoth } from "./support/stack.ts";

const daily = { Backup: "daily" };
const plan: Planned = {
  ...{ type: "aws:backup/plan:Plan", name: "plan" },
  props: {
    rules: [
      { ruleName: "daily", lifecycle: { deleteAfter: 35 }, copyActions: [{ destinationVaultArn: UNKNOWN }] },
    ],
  },
};
const selection: Planned = {
  ...{ type: "aws:backup/selection:Selection", name: "selection", refs: { planId: "plan" } },
  props: { selectionTags: [{ type: "STRINGEQUALS", key: "Backup", value: "daily" }] },
};
const kept: readonly Planned[] = [
  plan,
  selection,
  { type: "aws:rds/instance:Instance", name: "orders", props: { tags: {}, tagsAll: daily } },
  { type: "aws:s3/bucket:Bucket", name: "invoices", props: { tags: daily } },
];

describe("backup-covers-stateful", () => {
  const policy = "backup-covers-stateful";
  const uncovered = (name: string): string =>
    `${name}: no backup Selection takes the resource into a plan: give it the tag that one selects by, or list it in rebuildable.`;
  const select = (props: object, refs: Planned["refs"] = {}): readonly Planned[] =>
    changed(kept, "selection", { props: { ...props }, refs });

  inBoth("passes when everything is selected by its tag", async (moment) => {
    expect(await found(policy, moment, kept)).to.deep.equal([]);
  });

  inBoth("objects to the one store that no plan selects", async (moment) => {
    const untagged = changed(kept, "invoices", { props: { tags: { Backup: "weekly" } } });
    expect(await found(policy, moment, untagged)).to.deep.equal([uncovered("invoices")]);
  });

  it("takes stores that are named, and no others, as soon as their ARNs are known", async () => {
    const named = select({}, { resources: ["orders"] });
    expect(await found(policy, "preview", named)).to.deep.equal([]);
    expect(await found(policy, "update", named)).to.deep.equal([uncovered("invoices")]);
  });

  inBoth("takes everything, or everything of a service, less what is left out", async (moment) => {
    const databases = { resources: ["arn:aws:rds:*:*:db:*"] };
    expect(await found(policy, moment, select({ resources: ["*"] }))).to.deep.equal([]);
    expect(await found(policy, moment, select(databases))).to.deep.equal([uncovered("invoices")]);
    const less = select({ resources: ["*"] }, { notResources: ["orders"] });
    expect(await found(policy, moment, less)).to.deep.equal([uncovered("orders")]);
  });

  it("narrows what is named by conditions on tags, and trusts none that it cannot compare", async () => {
    const equal = { stringEquals: [{ key: "aws:ResourceTag/Backup", value: "weekly" }] };
    const alike = { stringLikes: [{ key: "aws:ResourceTag/Backup", value: "d*" }] };
    const both = [uncovered("orders"), uncovered("invoices")];
    expect(await found(policy, "preview", select({ resources: ["*"], conditions: [equal] }))).to.deep.equal(
      both,
    );
    expect(await found(policy, "preview", select({ resources: ["*"], conditions: [alike] }))).to.deep.equal(
      both,
    );
  });

  it("asks nothing of a read replica", async () => {
    const replica = changed(kept, "orders", { props: { replicateSourceDb: "main" } });
    expect(await found(policy, "preview", replica)).to.deep.equal([]);
  });

  it("waits for tags that are not known yet", async () => {
    const open = changed(kept, "orders", { props: { tagsAll: UNKNOWN } });
    expect(await found(policy, "preview", open)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", open)).to.have.length(1);
  });

  it("objects to backups that never end, and that stay in one place", async () => {
    const rules = [{ ruleName: "daily" }];
    expect(await found(policy, "preview", changed(kept, "plan", { props: { rules } }))).to.deep.equal([
      "plan: rule daily keeps its backups for ever: set lifecycle.deleteAfter.",
      "plan: rule daily copies nowhere: add a copyAction to a vault of another region.",
    ]);
  });

  it("wants a plan in this stack, unless another stack has it", async () => {
    const alone = without(kept, "plan", "selection");
    const setup = { stack: "prod", exemptions: [], today: "2026-11-21" };
    const here = {
      enforcementLevel: "mandatory",
      presentElsewhere: false,
      requireCopy: true,
      rebuildable: ["inv*"],
    };
    const pack = new Pack(policies, { ...setup, levels: { ...levels.prod, [policy]: here } });
    const findings = await analyze(pack, graph("preview", alone));
    const own = findings.filter((finding) => finding.policy === policy);
    expect(own.map(({ urn }) => urn.split("::").at(-1))).to.deep.equal(["orders"]);
    expect(await found(policy, "preview", alone)).to.deep.equal([]);
  });
});

describe("backup-vault-locked", () => {
  const vaults: readonly Planned[] = [
    { type: "aws:backup/vault:Vault", name: "vault", props: { kmsKeyArn: keyArn } },
    {
      type: "aws:backup/vaultLockConfiguration:VaultLockConfiguration",
      ...{ name: "lock", props: { minRetentionDays: 30 }, refs: { backupVaultName: "vault" } },
    },
  ];

  inBoth("passes when the vault is locked", async (moment) => {
    expect(await found("backup-vault-locked", moment, vaults)).to.deep.equal([]);
  });

  inBoth("objects to the one vault without a lock", async (moment) => {
    const two = [...vaults, { type: "aws:backup/vault:Vault", name: "copy", props: { kmsKeyArn: UNKNOWN } }];
    expect(await found("backup-vault-locked", moment, two)).to.deep.equal([
      "copy: no VaultLockConfiguration points to the vault: add one, or whoever gets in deletes the backups first.",
    ]);
  });

  it("objects to AWS's own key, to a forced deletion, and to a lock that opens too early", async () => {
    const open = changed(changed(vaults, "vault", { props: { forceDestroy: true } }), "lock", {
      props: { minRetentionDays: 7 },
    });
    expect(await found("backup-vault-locked", "preview", open)).to.deep.equal([
      "vault: kmsKeyArn is not set: name a key of the account.",
      "vault: forceDestroy is true: leave it unset, or deleting the vault deletes the backups.",
      "vault: minRetentionDays of the vault's lock is 7: keep recovery points 30 days or more.",
    ]);
  });

  it("waits for days that are not known yet", async () => {
    const open = changed(vaults, "lock", { props: { minRetentionDays: UNKNOWN } });
    expect(await found("backup-vault-locked", "preview", open)).to.deep.equal([]);
  });
});
