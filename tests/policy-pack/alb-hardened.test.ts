import { expect } from "chai";

import { Pack } from "../../policy-pack/kernel/pack.ts";
import { levels } from "../../policy-pack/levels/levels.ts";
import { albHardened } from "../../policy-pack/policies/edge/alb-hardened.ts";
import { resourceOf } from "./fixtures/compliant.ts";
import { mended } from "./support/engine.ts";

/** The inputs that the remedy leaves of a load balancer in a stack, under either of its names. */
function remedied(props: Readonly<Record<string, unknown>>, stack: "dev" | "prod" = "dev"): unknown {
  const setup = { stack, levels: levels[stack], exemptions: [], today: "2026-11-21" };
  const [left, right] = ["aws:lb/loadBalancer:LoadBalancer", "aws:alb/loadBalancer:LoadBalancer"].map(
    (type) => mended(new Pack([albHardened], setup), resourceOf(type, props, { stack })),
  );
  expect(left).to.deep.equal(right);
  return left;
}

describe("alb-hardened, as a remedy", () => {
  const subnets = ["subnet-1", "subnet-2"];

  it("drops broken headers in dev", () => {
    expect(remedied({ subnets })).to.deep.equal({ subnets, dropInvalidHeaderFields: true });
  });

  it("defends against smuggled requests where they were only watched", () => {
    expect(remedied({ subnets, desyncMitigationMode: "monitor" })).to.deep.equal({
      ...{ subnets, dropInvalidHeaderFields: true, desyncMitigationMode: "defensive" },
    });
    const strict = { subnets, dropInvalidHeaderFields: true, desyncMitigationMode: "strictest" };
    expect(remedied(strict)).to.equal(undefined);
  });

  it("leaves load balancers for TCP alone, and those of prod, which must be right in the program", () => {
    expect(remedied({ subnets, loadBalancerType: "network" })).to.equal(undefined);
    expect(remedied({ subnets }, "prod")).to.equal(undefined);
  });

  it("moves no load balancer into another subnet", () => {
    const alone = { subnets: ["subnet-1"], dropInvalidHeaderFields: true };
    expect(remedied(alone)).to.equal(undefined);
  });
});
