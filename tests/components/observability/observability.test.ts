import { expect } from "chai";

import { all, only } from "../../support/run.ts";
import type { Recorded } from "../../support/run.ts";
import { dig } from "./dig.ts";
import { observability } from "./observability.ts";
import { given, large } from "./settings.ts";

const releaseType = "kubernetes:helm.sh/v3:Release";

const release = (resources: readonly Recorded[], chart: string) =>
  only(resources, releaseType, `observability-${chart}`);

/** The custom resources of a kind, by name in the cluster. */
function custom(resources: readonly Recorded[], kind: string): readonly Recorded[] {
  return resources.filter(({ inputs, name }) => inputs.kind === kind && name.startsWith("observability"));
}

/** All that must be there before a resource, however indirectly. */
function before(resources: readonly Recorded[], { dependencies }: Recorded): ReadonlySet<string> {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const found = new Set(dependencies);
  // A set visits what is added to it meanwhile.
  for (const urn of found) byUrn.get(urn)?.dependencies.forEach((earlier) => found.add(earlier));
  return found;
}

describe("Observability", () => {
  describe("in the cluster", () => {
    for (const [chart, earlier] of [
      ["kube-prometheus-stack", "prometheus-operator-crds"],
      ["eck-operator", "prometheus-operator-crds"],
      ["eck-stack", "eck-operator"],
      ["fluentd", "eck-stack"],
      ["jaeger", "eck-stack"],
      ["jaeger", "prometheus-operator-crds"],
      ["opentelemetry-collector", "prometheus-operator-crds"],
    ] as const) {
      it(`installs ${chart} after ${earlier}`, async () => {
        const { resources } = await observability(large);
        expect(release(resources, chart).dependencies).to.include(release(resources, earlier).urn);
      });
    }

    it("installs every chart after the controllers that it leans on", async () => {
      const { resources, value } = await observability();
      const releases = all(resources, releaseType).filter(({ name }) => name.startsWith("observability-"));
      const ready = await Promise.all(
        value.ready.map(({ urn }) => new Promise<string>((resolve) => urn.apply(resolve))),
      );
      expect(releases).to.have.length(7);
      for (const one of releases) expect([...before(resources, one)], one.name).to.include.members(ready);
    });

    it("puts every release into a namespace of its own making", async () => {
      const { resources } = await observability();
      const made = all(resources, "kubernetes:core/v1:Namespace").map(({ inputs }) =>
        dig(inputs, "metadata", "name"),
      );
      const used = all(resources, releaseType)
        .filter(({ name }) => name.startsWith("observability-"))
        .map(({ inputs }) => inputs.namespace);
      expect(made).to.include.members(used);
    });

    it("opens the host to the node exporter and Fluentd only", async () => {
      const { resources } = await observability();
      const levels = all(resources, "kubernetes:core/v1:Namespace")
        .filter(({ name }) => name.startsWith("observability-"))
        .map(({ inputs }) => [
          dig(inputs, "metadata", "name"),
          dig(inputs, "metadata", "labels", "pod-security.kubernetes.io/enforce"),
        ]);
      expect(levels).to.have.deep.members([
        ["monitoring", "restricted"],
        ["node-exporter", "privileged"],
        ["tracing", "restricted"],
        ["logging", "restricted"],
        ["elastic-system", "restricted"],
        ["log-collector", "privileged"],
      ]);
    });

    it("makes passwords inside the cluster, once", async () => {
      const { resources } = await observability(large);
      expect(
        custom(resources, "Password").map(({ inputs }) => dig(inputs, "metadata", "name")),
      ).to.have.members(["grafana-admin", "fluentd-elasticsearch", "jaeger-elasticsearch"]);
      const generated = custom(resources, "ExternalSecret").filter(({ inputs }) =>
        dig(inputs, "spec", "dataFrom"),
      );
      expect(generated.map(({ inputs }) => dig(inputs, "spec", "refreshPolicy"))).to.deep.equal([
        "CreatedOnce",
        "CreatedOnce",
        "CreatedOnce",
      ]);
    });

    it("gives Jaeger a user only when it keeps traces in Elasticsearch", async () => {
      const { resources } = await observability(given);
      expect(
        custom(resources, "Password").map(({ inputs }) => dig(inputs, "metadata", "name")),
      ).to.have.members(["grafana-admin", "fluentd-elasticsearch"]);
    });

    it("lets the copies of credentials be read by name, and for their namespaces only", async () => {
      const { resources } = await observability(large);
      const [store] = custom(resources, "ClusterSecretStore");
      const role = only(
        resources,
        "kubernetes:rbac.authorization.k8s.io/v1:Role",
        "observability-elasticsearch-store-role",
      );
      expect(dig(store?.inputs, "spec", "conditions")).to.deep.equal([
        { namespaces: ["log-collector", "tracing"] },
      ]);
      expect(role.inputs.rules).to.deep.equal([
        {
          apiGroups: [""],
          resources: ["secrets"],
          resourceNames: [
            "fluentd-elasticsearch",
            "jaeger-elasticsearch",
            "elasticsearch-es-http-certs-public",
          ],
          verbs: ["get"],
        },
      ]);
    });

    it("lets Alertmanager publish to the topic, and do nothing else", async () => {
      const { resources } = await observability();
      const policy = only(resources, "aws:iam/rolePolicy:RolePolicy", "observability-alertmanager-policy");
      const document: unknown = JSON.parse(String(policy.inputs.policy));
      expect(dig(document, "Statement")).to.deep.equal([
        {
          Effect: "Allow",
          Action: "sns:Publish",
          Resource: only(resources, "aws:sns/topic:Topic").state.arn,
        },
        {
          Effect: "Allow",
          Action: ["kms:GenerateDataKey*", "kms:Decrypt"],
          Resource: only(resources, "aws:kms/key:Key", "observability-alarms-key").state.arn,
        },
      ]);
    });
  });

  it("shows the same resources in a preview", async () => {
    const names = ({ resources }: { readonly resources: readonly Recorded[] }) =>
      resources.map(({ urn }) => urn).toSorted();
    expect(names(await observability(large, { preview: true }))).to.deep.equal(
      names(await observability(large)),
    );
  });
});
