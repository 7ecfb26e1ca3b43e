import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { kubernetesProvider } from "../../../sandbox/kubernetes/simulated.ts";
import type { Properties } from "../../../sandbox/model.ts";

const ask = (token: string, args: Properties = {}): Properties =>
  kubernetesProvider.invoke({ account: new Account(), settings: {}, preview: true, seed: "" }, token, args);

describe("questions to the Kubernetes provider", () => {
  const decode = (text: string, defaultNamespace?: string): unknown =>
    ask("kubernetes:yaml:decode", { text, defaultNamespace }).result;

  it("find the objects in a text", () => {
    const text = [
      "apiVersion: v1",
      "kind: Namespace",
      "metadata: { name: shop }",
      "---",
      "# nothing",
      "---",
      "apiVersion: v1",
      "kind: ConfigMap",
      "metadata: { name: shop }",
    ].join("\n");
    const namespace = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
    const map = { apiVersion: "v1", kind: "ConfigMap" };
    expect(decode(text)).to.deep.equal([namespace, { ...map, metadata: { name: "shop" } }]);
    expect(decode(text, "shop")).to.deep.equal([
      namespace,
      { ...map, metadata: { name: "shop", namespace: "shop" } },
    ]);
  });

  it("refuse what is no YAML", () => {
    expect(() => decode('kind: "half')).to.throw(
      'InvalidYaml: failed to decode YAML: Missing closing "quote',
    );
  });

  it("are errors that name what would have to be rendered", () => {
    expect(() => ask("kubernetes:helm:template")).to.throw(
      "UnsupportedInvoke: the sandbox does not render charts or overlays, which kubernetes:helm:template asks for: use kubernetes:helm.sh/v3:Release or the kinds themselves",
    );
    expect(() => ask("kubernetes:nothing:at")).to.throw(
      "UnsupportedInvoke: the sandbox does not answer kubernetes:nothing:at",
    );
  });
});
