import { expect } from "chai";
import { readFileSync } from "node:fs";

import { scopedActions } from "../../policy-pack/reading/scoped-actions.ts";
import { scopedActions as current } from "../../tools/iam/scoped-actions.ts";

describe("the table of actions that a policy can hold to some resources", () => {
  it("is what the Service Authorization Reference says", async () => {
    const file = new URL("../../policy-pack/reading/scoped-actions.json", import.meta.url);
    const kept: unknown = JSON.parse(readFileSync(file, "utf8"));
    expect(kept, "write it again by `node tools/iam/main.ts`").to.deep.equal(await current());
  });

  it("has what writes or grants something and names resources, and nothing else", () => {
    expect(scopedActions("sqs:sendmessage")).to.deep.equal(["sqs:sendmessage"]);
    expect(scopedActions("s3:putbucketpolic?")).to.deep.equal(["s3:putbucketpolicy"]);
    expect(scopedActions("s3:get*")).to.deep.equal([]);
    expect(scopedActions("ecr:getauthorizationtoken")).to.deep.equal([]);
    expect(scopedActions("nobody:putanything")).to.deep.equal([]);
  });
});
