import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { make, refusal } from "./laboratory.ts";

async function policyOf(rules: readonly Properties[] | undefined): Promise<unknown> {
  const lifecyclePolicy = rules === undefined ? undefined : { rules };
  const { laboratory } = await make("awsx:ecr:Repository", "Shop", { forceDelete: true, lifecyclePolicy });
  const parsed: unknown = JSON.parse(String(laboratory.inputs("LifecyclePolicy shop").policy));
  return parsed;
}

describe("awsx.ecr.Repository", () => {
  it("keeps one untagged image unless it is told otherwise", async () => {
    expect(await policyOf(undefined)).to.deep.equal({
      rules: [
        {
          rulePriority: 1,
          description: "remove untagged images",
          selection: { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 1 },
          action: { type: "expire" },
        },
      ],
    });
  });

  it("puts the rule for any image last", async () => {
    const policy = await policyOf([
      { tagStatus: "any", maximumNumberOfImages: 10 },
      { tagStatus: "tagged", tagPrefixList: ["pr-"], maximumAgeLimit: 7 },
    ]);
    expect(policy).to.deep.equal({
      rules: [
        {
          rulePriority: 1,
          selection: {
            tagStatus: "tagged",
            tagPrefixList: ["pr-"],
            countType: "sinceImagePushed",
            countNumber: 7,
            countUnit: "days",
          },
          action: { type: "expire" },
        },
        {
          rulePriority: 2,
          selection: { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 10 },
          action: { type: "expire" },
        },
      ],
    });
  });

  it("makes no policy where it is told not to", async () => {
    const { laboratory } = await make("awsx:ecr:Repository", "Shop", { lifecyclePolicy: { skip: true } });
    expect(laboratory.tree()).to.deep.equal(["aws:ecr/repository:Repository shop < the component"]);
  });

  it("refuses a rule without a limit", async () => {
    expect(await refusal(() => policyOf([{ tagStatus: "untagged" }]))).to.equal(
      "Either [maximumNumberOfImages] or [maximumAgeLimit] must be provided with a rule.",
    );
  });
});
