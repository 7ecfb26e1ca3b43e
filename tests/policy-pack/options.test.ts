import { expect } from "chai";

import type { Levels } from "../../policy-pack/kernel/levels.ts";
import { Pack } from "../../policy-pack/kernel/pack.ts";
import { levels, stricterThan } from "../../policy-pack/levels/levels.ts";
import type { Options } from "../../policy-pack/levels/options.ts";
import { policies } from "../../policy-pack/policies.ts";

const strict = {
  "s3-versioning": "mandatory",
  "kms-lifecycle": { minDeletionDays: 30 },
  "eks-admin-allow-list": { enforcementLevel: "mandatory", admins: ["role/platform-admin"] },
} as const satisfies Options;

describe("typed options", () => {
  it("are a configuration that the pack takes", () => {
    const setup = { stack: "dev", levels: levels.dev, stricter: stricterThan("dev"), exemptions: [] };
    const pack = new Pack(policies, { ...setup, today: "2026-11-21" });
    pack.configure(strict satisfies Levels);
    const ruling = pack.rulings.find(({ definition }) => definition.name === "s3-versioning");
    expect(ruling?.level).to.equal("mandatory");
  });

  it("name no policy and no setting that there is not", () => {
    // @ts-expect-error -- there is no policy of that name
    const policy: Options = { "rds-not-pubic": "mandatory" };
    // @ts-expect-error -- the policy has no setting of that name
    const setting: Options = { "kms-lifecycle": { days: 30 } };
    // @ts-expect-error -- the setting is a number
    const value: Options = { "kms-lifecycle": { minDeletionDays: "30" } };
    // @ts-expect-error -- there is no such level
    const level: Options = { "rds-not-public": "must" };
    expect([policy, setting, value, level]).to.have.length(4);
  });
});
