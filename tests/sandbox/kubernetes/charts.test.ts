import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { charts } from "../../../versions.ts";
import { World, reasons, release, releaseType, repos } from "./world.ts";

const certManager = release("cert-manager", repos.jetstack);

function refused(inputs: Properties): readonly string[] {
  return reasons(new World().check(releaseType, inputs));
}

describe("Helm releases before they are sent", () => {
  it("are filled in with name, namespace, timeout and the newest version", () => {
    const { inputs } = new World().check(releaseType, {
      chart: "vault",
      repositoryOpts: { repo: "https://helm.releases.hashicorp.com/" },
    });
    expect(inputs).to.deep.include({ namespace: "default", timeout: 300, version: "0.34.1" });
    expect(inputs.name).to.match(/^web-[0-9a-f]{8}$/);
  });

  it("are found in an OCI registry as well", () => {
    const inputs = { chart: "oci://public.ecr.aws/karpenter/karpenter", version: "1.14.1" };
    expect(refused(inputs)).to.deep.equal([]);
  });

  it("are taken for every chart that the platform pins", () => {
    const pinned = Object.entries(charts).map(([chart, { repo, version }]) => ({
      ...release(chart, repo),
      version,
    }));
    expect(pinned.flatMap(refused)).to.deep.equal([]);
  });

  it("are not judged while the chart is unknown", () => {
    expect(refused({ chart: UNKNOWN })).to.deep.equal([]);
  });

  const suffix = "; check the chart name and repository configuration.";
  const missing: readonly (readonly [title: string, inputs: Properties, reason: string])[] = [
    ["no chart", {}, "chart: chart is required"],
    [
      "an unknown repository",
      release("nginx", "https://charts.example.com"),
      `chart: looks like "https://charts.example.com" is not a valid chart repository or cannot be reached: Get "https://charts.example.com/index.yaml": dial tcp: lookup charts.example.com: no such host${suffix}`,
    ],
    [
      "an unknown chart of a known repository",
      release("nginx", repos.aws),
      `chart: chart "nginx" not found in ${repos.aws} repository${suffix}`,
    ],
    [
      "an unknown version",
      { ...certManager, version: "v1.0.0" },
      `chart: chart "cert-manager" version "v1.0.0" not found in ${repos.jetstack} repository${suffix}`,
    ],
    [
      "an unknown OCI reference",
      { chart: "oci://example.com/nginx", version: "1.0.0" },
      `chart: failed to download "oci://example.com/nginx" at version "1.0.0"${suffix}`,
    ],
  ];
  for (const [title, inputs, reason] of missing) {
    it(`are refused with ${title}`, () => {
      expect(refused(inputs)).to.deep.equal([reason]);
    });
  }
});
