import { expect } from "chai";
import { addonVersion } from "../../../../sandbox/aws/eks/addon-versions.ts";

describe("addonVersion", () => {
  it("knows kube-proxy by Kubernetes version", () => {
    expect(addonVersion("kube-proxy", "1.35", true)).to.equal("v1.35.3-eksbuild.29");
    expect(addonVersion("kube-proxy", "1.34", true)).to.equal("v1.34.1-eksbuild.2");
  });

  it("tells the default from the most recent one", () => {
    expect(addonVersion("vpc-cni", "1.35", true)).to.equal("v1.23.0-eksbuild.1");
    expect(addonVersion("vpc-cni", "1.35", false)).to.equal("v1.22.4-eksbuild.3");
    expect(addonVersion("coredns", "1.35", false)).to.equal("v1.14.3-eksbuild.3");
  });

  it("does not know add-ons and Kubernetes versions that are not in the catalogue", () => {
    expect(addonVersion("no-such-add-on", "1.35", true)).to.equal(undefined);
    expect(addonVersion("vpc-cni", "1.20", true)).to.equal(undefined);
  });
});
