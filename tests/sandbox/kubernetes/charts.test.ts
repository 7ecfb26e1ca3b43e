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

  it("may be of charts that are not known, whatever their place", () => {
    const own = [
      { ...release("ingress-nginx", "https://kubernetes.github.io/ingress-nginx"), version: "4.11.3" },
      { chart: "oci://registry-1.docker.io/bitnamicharts/redis", version: "20.0.0" },
      { chart: "./charts/shop" },
      { ...release("aws-for-fluent-bit", repos.aws), version: "0.1.34" },
    ];
    expect(own.flatMap(refused)).to.deep.equal([]);
  });

  it("may be of an older version than the newest, or of a range of versions", () => {
    const version = (wanted: string): unknown =>
      new World().check(releaseType, { ...certManager, version: wanted }).inputs.version;
    expect(version("v1.14.5")).to.equal("v1.14.5");
    expect(version("^1.0.0")).to.equal("v1.21.1");
  });

  it("are not judged while the chart is unknown", () => {
    expect(refused({ chart: UNKNOWN })).to.deep.equal([]);
  });

  const suffix = "; check the chart name and repository configuration.";
  const missing: readonly (readonly [title: string, inputs: Properties, reason: string])[] = [
    ["no chart", {}, "chart: chart is required"],
    [
      "a repository that is no address",
      release("nginx", "bitnami"),
      `chart: looks like "bitnami" is not a valid chart repository or cannot be reached: could not find protocol handler for: ${suffix}`,
    ],
    [
      "an unknown chart of a known repository",
      release("nginx", repos.aws),
      `chart: chart "nginx" not found in ${repos.aws} repository${suffix}`,
    ],
    [
      "a version that is still to come",
      { ...certManager, version: "v99.0.0" },
      `chart: chart "cert-manager" version "v99.0.0" not found in ${repos.jetstack} repository${suffix}`,
    ],
    [
      "a version of a registry's chart that is still to come",
      { chart: "oci://public.ecr.aws/karpenter/karpenter", version: "99.0.0" },
      `chart: failed to download "oci://public.ecr.aws/karpenter/karpenter" at version "99.0.0"${suffix}`,
    ],
    [
      "neither a repository nor a registry",
      { chart: "nginx", version: "1.0.0" },
      `chart: failed to download "nginx" at version "1.0.0"${suffix}`,
    ],
  ];
  for (const [title, inputs, reason] of missing) {
    it(`are refused with ${title}`, () => {
      expect(refused(inputs)).to.deep.equal([reason]);
    });
  }
});
