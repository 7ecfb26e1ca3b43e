import { expect } from "chai";
import type { GraphObject } from "../../../simulation/stack/graph.ts";
import { deployment, hpa, levelProfile, service } from "../fixture.ts";
import { changesOf, plenty, run } from "../runs.ts";

/** Fifty requests a second fill a core. */
const busy = levelProfile(200);

function web(spec: Readonly<Record<string, unknown>>, behavior = {}): readonly GraphObject[] {
  return [deployment("web", { spec }), service("web"), hpa("web", { behavior }), ...plenty];
}

describe("the turn of an HPA", () => {
  it("reads no share of a request where one container states none", () => {
    const app = { name: "app", resources: { requests: { cpu: "500m", memory: "1Gi" } } };
    const copies = (containers: readonly object[]): number | undefined =>
      run(web({ containers }), { profile: busy, seconds: 600 }).state.scale.get("apps/web");
    expect(copies([app])).to.be.greaterThan(5);
    expect(copies([app, { name: "proxy" }])).to.equal(2);
  });

  it("takes the pods of a lost zone for busy while the rest asks for fewer, until they are replaced", () => {
    const { seen, watch } = changesOf("web");
    const objects = web({}, { scaleDown: { stabilizationWindowSeconds: 0 } });
    run(objects, {
      watch,
      seconds: 900,
      requests: (second) => (second < 600 ? 95 : 45),
      faults: [{ kind: "zone", at: 600, zone: "eu-west-1a" }],
    });
    expect(seen.filter(([second]) => second < 900)).to.deep.equal([[0, 3]]);
  });
});
