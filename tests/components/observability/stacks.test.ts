import { expect } from "chai";

import { frontendSettings } from "../../../components/frontend/settings.ts";
import { observabilitySettings } from "../../../components/observability/settings.ts";
import { stackConfig } from "../../support/run.ts";

const section = (stack: string, key: string): unknown =>
  JSON.parse(stackConfig(stack)[`groundwork:${key}`] ?? "");

for (const stack of ["dev", "staging", "prod"]) {
  describe(`Settings of ${stack}`, () => {
    it("are valid for observability", () => {
      expect(observabilitySettings.safeParse(section(stack, "observability")).error).to.equal(undefined);
    });

    it("are valid for the frontend", () => {
      expect(frontendSettings.safeParse(section(stack, "frontend")).error).to.equal(undefined);
    });
  });
}

describe("Settings of prod", () => {
  const { metrics, alerting, logs, tracing, protect } = observabilitySettings.parse(
    section("prod", "observability"),
  );

  it("survive the loss of a zone", () => {
    expect([metrics.replicas, alerting.replicas, logs.nodes, tracing.replicas]).to.deep.equal([2, 3, 3, 2]);
  });

  it("keep a tenth of the traces, and logs for thirty days", () => {
    expect([tracing.samplePercent, logs.retentionDays]).to.deep.equal([10, 30]);
  });

  it("are protected", () => {
    expect(protect).to.equal(true);
    expect(frontendSettings.parse(section("prod", "frontend"))).to.deep.include({
      protect: true,
      forceDestroy: false,
    });
  });
});
