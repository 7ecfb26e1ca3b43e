import { expect } from "chai";

import { awsProvider } from "../providers.ts";
import { only, run } from "./support/run.ts";

describe("awsProvider", () => {
  it("touches only the accounts of its stack, and tags everything", async () => {
    const account = {
      region: "eu-west-1",
      allowedAccountIds: ["111111111111"],
      tags: { Environment: "dev", Owner: "platform-team" },
    };
    const { resources } = await run(() => awsProvider(account));
    const { name, inputs } = only(resources, "pulumi:providers:aws");
    expect(name).to.equal("aws");
    expect(decoded(inputs)).to.deep.include({
      region: "eu-west-1",
      allowedAccountIds: ["111111111111"],
      defaultTags: { tags: { Environment: "dev", Owner: "platform-team" } },
    });
  });
});

/** Providers take their settings as JSON, but for text. */
function decoded(inputs: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(inputs).map(([key, value]) => [key, key === "region" ? value : JSON.parse(String(value))]),
  );
}
