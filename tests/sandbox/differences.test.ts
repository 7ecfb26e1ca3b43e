import struct from "google-protobuf/google/protobuf/struct_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { expect } from "chai";
import { diffSettings, differenceOf } from "../../sandbox/differences.ts";
import type { PropertyDifference } from "../../sandbox/model.ts";

const { DIFF_NONE, DIFF_SOME } = proto.DiffResponse.DiffChanges;
const settings = { region: "eu-west-1", allowedAccountIds: '["111111111111"]', version: "7.0.0" };

describe("a change of a provider's settings", () => {
  const diff = (changed: Partial<typeof settings>) =>
    diffSettings(
      new proto.DiffRequest()
        .setOldInputs(struct.Struct.fromJavaScript(settings))
        .setNews(struct.Struct.fromJavaScript({ ...settings, ...changed })),
    );

  it("replaces what was made through it when it is another region", () => {
    const response = diff({ region: "eu-central-1" });
    expect(response.getChanges()).to.equal(DIFF_SOME);
    expect(response.getReplacesList()).to.deep.equal(["region"]);
  });

  it("replaces what was made through it when it is another cluster, unless an identifier says that it is none", () => {
    const kubeconfig = (server: string): string =>
      JSON.stringify({
        "current-context": "aws",
        contexts: [{ name: "aws", context: { cluster: "kubernetes" } }],
        clusters: [{ name: "kubernetes", cluster: { server } }],
      });
    const change = (more: Record<string, string> = {}) =>
      diffSettings(
        new proto.DiffRequest()
          .setOldInputs(struct.Struct.fromJavaScript({ kubeconfig: kubeconfig("https://one"), ...more }))
          .setNews(struct.Struct.fromJavaScript({ kubeconfig: kubeconfig("https://two"), ...more })),
      );
    expect(change().getReplacesList()).to.deep.equal(["kubeconfig"]);
    const identified = change({ clusterIdentifier: "shop" });
    expect(identified.getDiffsList()).to.deep.equal(["kubeconfig"]);
    expect(identified.getReplacesList()).to.deep.equal([]);
  });

  it("is a plain update when one more account is allowed", () => {
    const response = diff({ allowedAccountIds: '["111111111111","222222222222"]' });
    expect(response.getDiffsList()).to.deep.equal(["allowedAccountIds"]);
    expect(response.getReplacesList()).to.deep.equal([]);
  });

  it("is none when only the SDK is a newer one", () => {
    expect(diff({ version: "7.1.0" }).getChanges()).to.equal(DIFF_NONE);
  });
});

describe("a resource's difference in the engine's form", () => {
  const changes: readonly PropertyDifference[] = [
    { path: "tags.Owner", kind: "add", replaces: false },
    { path: "vpcConfig.subnetIds[0]", kind: "update", replaces: true },
  ];

  it("names each path, and the properties at the top that change and replace", () => {
    const response = differenceOf({ changes, deleteBeforeReplace: true }, new proto.DiffRequest());
    expect(response.getChanges()).to.equal(DIFF_SOME);
    expect(response.getDiffsList()).to.deep.equal(["tags", "vpcConfig"]);
    expect(response.getReplacesList()).to.deep.equal(["vpcConfig"]);
    expect(response.getDeletebeforereplace()).to.equal(true);
    const { ADD, UPDATE_REPLACE } = proto.PropertyDiff.Kind;
    const kinds = changes.map(({ path }) => response.getDetaileddiffMap().get(path)?.getKind());
    expect(kinds).to.deep.equal([ADD, UPDATE_REPLACE]);
  });

  it("leaves out what the program ignores", () => {
    const request = new proto.DiffRequest().setIgnorechangesList(["tags.Owner", "vpcConfig.subnetIds[0]"]);
    const response = differenceOf({ changes, deleteBeforeReplace: false }, request);
    expect(response.getChanges()).to.equal(DIFF_NONE);
    expect(response.getReplacesList()).to.deep.equal([]);
  });
});
