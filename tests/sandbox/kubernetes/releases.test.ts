import { expect } from "chai";
import { Unready } from "../../../sandbox/unready.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN, at } from "../../../sandbox/values.ts";
import { World, release, releaseType, repos } from "./world.ts";

const certManager = release("cert-manager", repos.jetstack, { crds: { enabled: true } });
const stack = (values: Properties = {}) => release("kube-prometheus-stack", repos.prometheus, values);
const operatorKinds = release("prometheus-operator-crds", repos.prometheus);
const withoutKinds = { crds: { enabled: false } };

function installing(inputs: Properties, world = new World()) {
  return () => world.make(releaseType, inputs);
}

const unmapped = (name: string, kind: string, version: string) =>
  `InstallationFailed: unable to build kubernetes objects from release manifest: resource mapping not found for name: "${name}" namespace: "kube-system" from "": no matches for kind "${kind}" in version "${version}"; ensure CRDs are installed first`;

describe("Helm releases", () => {
  it("report what was deployed", () => {
    const { id, state, seconds } = new World().make(releaseType, certManager);
    expect(id).to.equal("kube-system/cert-manager");
    expect(seconds).to.equal(60);
    expect(state.status).to.deep.equal({
      status: "deployed",
      revision: 1,
      chart: "cert-manager",
      version: "v1.21.1",
      appVersion: "v1.21.1",
      name: "cert-manager",
      namespace: "kube-system",
    });
    const kind = "CustomResourceDefinition.apiextensions.k8s.io/apiextensions.k8s.io/v1";
    expect(state.resourceNames).to.have.property(kind).that.includes("clusterissuers.cert-manager.io");
  });

  it("of charts that are not known may bring any kind, and go as others do", () => {
    const world = new World();
    const gateway = { apiVersion: "gateway.example.com/v1", kind: "Route", metadata: { name: "web" } };
    const route = (): unknown => world.make("gateway.example.com/v1:Route", gateway);
    expect(route).to.throw('NoKindMatch: no matches for kind "Route" in version "gateway.example.com/v1"');
    const own = { ...release("gateway", "https://charts.example.com"), version: "2.0.0" };
    // What an unknown chart makes of a switch that others have is not known either.
    const values = { serviceMonitor: { enabled: true } };
    const { id, state } = world.make(releaseType, { ...own, values });
    expect(state.status).to.deep.include({ status: "deployed", chart: "gateway", version: "2.0.0" });
    expect(route).not.to.throw();
    expect(world.delete(releaseType, id)).to.equal(20);
    expect(route).to.throw("NoKindMatch: ");
  });

  it("count their revisions, and read as they were made", () => {
    const world = new World();
    world.make(releaseType, certManager);
    const { state } = world.update(releaseType, "kube-system/cert-manager", certManager);
    expect(at(state, "status.revision")).to.equal(2);
    expect(world.read(releaseType, "kube-system/cert-manager")?.state).to.deep.equal(state);
  });

  it("know neither status nor names in a preview", () => {
    const { id, state } = new World().preview(releaseType, certManager);
    expect([id, state.status, state.resourceNames]).to.deep.equal(["", UNKNOWN, UNKNOWN]);
  });

  it("are refused under a name in use", () => {
    const world = new World();
    world.make(releaseType, certManager);
    expect(installing(certManager, world)).to.throw(
      "ReleaseExists: cannot re-use a name that is still in use",
    );
  });

  it("are refused in a missing namespace, unless they make it", () => {
    const world = new World();
    const elsewhere = { ...certManager, namespace: "certificates" };
    expect(installing(elsewhere, world)).to.throw(
      'NotFound: create: failed to create: namespaces "certificates" not found',
    );
    world.make(releaseType, { ...elsewhere, createNamespace: true });
    expect(world.contents()).to.deep.equal(["Namespace certificates", "Release certificates/cert-manager"]);
  });

  it("go with their namespace", () => {
    const world = new World();
    world.make("core/v1:Namespace", { metadata: { name: "certificates" } });
    world.make(releaseType, { ...certManager, namespace: "certificates" });
    world.delete("core/v1:Namespace", "certificates");
    expect(world.contents()).to.deep.equal([]);
  });

  describe("are refused by their values", () => {
    const cases: readonly (readonly [title: string, inputs: Properties, message: string])[] = [
      [
        "a collector of a mode that there is not",
        release("opentelemetry-collector", "https://open-telemetry.github.io/opentelemetry-helm-charts", {
          mode: "sidecar",
          image: { repository: "otel" },
        }),
        "InstallationFailed: values don't meet the specifications of the schema(s) in the following chart(s):\nopentelemetry-collector:\n- at '/mode': value must be one of 'daemonset', 'deployment', 'statefulset', ''",
      ],
      [
        "the load balancer controller without a cluster's name",
        release("aws-load-balancer-controller", repos.aws),
        "InstallationFailed: execution error in chart aws-load-balancer-controller: Chart cannot be installed without a valid clusterName!",
      ],
      [
        "the collector without a mode",
        release("opentelemetry-collector", "https://open-telemetry.github.io/opentelemetry-helm-charts"),
        "InstallationFailed: execution error in chart opentelemetry-collector: [ERROR] 'mode' must be set",
      ],
      [
        "cert-manager with a value that its schema does not have",
        release("cert-manager", repos.jetstack, { crd: { enabled: true } }),
        "InstallationFailed: values don't meet the specifications of the schema(s) in the following chart(s):\ncert-manager:\n- at '': additional properties 'crd' not allowed",
      ],
    ];
    for (const [title, inputs, message] of cases) {
      it(title, () => {
        expect(installing(inputs)).to.throw(message);
      });
    }

    it("but not where files hold values too", () => {
      const inputs = { ...release("aws-load-balancer-controller", repos.aws), valueYamlFiles: [{}] };
      expect(new World().make(releaseType, inputs).id).to.equal("kube-system/aws-load-balancer-controller");
    });
  });

  describe("bring kinds", () => {
    it("from templates only where the values say so", () => {
      const world = new World();
      const issuer = { metadata: { name: "letsencrypt" }, spec: { selfSigned: {} } };
      world.make(releaseType, release("cert-manager", repos.jetstack));
      expect(() => world.make("cert-manager.io/v1:ClusterIssuer", issuer)).to.throw("NoKindMatch");
      world.update(releaseType, "kube-system/cert-manager", certManager);
      expect(world.make("cert-manager.io/v1:ClusterIssuer", issuer).id).to.equal("letsencrypt");
    });

    it("that go with the release and take their objects along", () => {
      const world = new World();
      world.make(releaseType, operatorKinds);
      world.make("monitoring.coreos.com/v1:ServiceMonitor", {
        metadata: { name: "web" },
        spec: { endpoints: [], selector: {} },
      });
      world.delete(releaseType, "kube-system/prometheus-operator-crds");
      expect(world.contents()).to.deep.equal([]);
    });

    it("that stay where they come from a folder", () => {
      const world = new World();
      world.make(releaseType, stack());
      world.make("monitoring.coreos.com/v1:ServiceMonitor", {
        metadata: { name: "web" },
        spec: { endpoints: [], selector: {} },
      });
      world.delete(releaseType, "kube-system/kube-prometheus-stack");
      expect(world.contents()).to.deep.equal(["ServiceMonitor default/web"]);
    });

    it("and are refused where another hand made them", () => {
      const world = new World();
      world.make(releaseType, stack());
      expect(installing(operatorKinds, world)).to.throw(
        'InstallationFailed: Unable to continue with install: CustomResourceDefinition "alertmanagerconfigs.monitoring.coreos.com" in namespace "" exists and cannot be imported into the current release: invalid ownership metadata; label validation error: missing key "app.kubernetes.io/managed-by": must be set to "Helm"; annotation validation error: missing key "meta.helm.sh/release-name": must be set to "prometheus-operator-crds"; annotation validation error: missing key "meta.helm.sh/release-namespace": must be set to "kube-system"',
      );
    });
  });

  it("bring no kinds that another release owns", () => {
    const world = new World();
    world.make(releaseType, operatorKinds);
    expect(installing({ ...operatorKinds, name: "second" }, world)).to.throw(
      'annotation validation error: key "meta.helm.sh/release-name" must equal "second": current value is "prometheus-operator-crds"',
    );
  });

  describe("are refused while kinds are missing", () => {
    it("that the chart leaves to another", () => {
      const world = new World();
      expect(installing(stack(withoutKinds), world)).to.throw(
        unmapped("kube-prometheus-stack", "Alertmanager", "monitoring.coreos.com/v1"),
      );
      world.make(releaseType, operatorKinds);
      world.make(releaseType, stack(withoutKinds));
    });

    it("of the Elastic operator", () => {
      const world = new World();
      const elastic = release("eck-stack", repos.elastic);
      expect(installing(elastic, world)).to.throw(
        unmapped("eck-stack", "Elasticsearch", "elasticsearch.k8s.elastic.co/v1"),
      );
      world.make(releaseType, release("eck-operator", repos.elastic));
      world.make(releaseType, elastic);
    });

    it("for a monitor that the values turn on", () => {
      const inputs = release("metrics-server", "https://kubernetes-sigs.github.io/metrics-server", {
        serviceMonitor: { enabled: true },
      });
      expect(installing(inputs)).to.throw(
        unmapped("metrics-server", "ServiceMonitor", "monitoring.coreos.com/v1"),
      );
    });

    it("of cert-manager, where the chart is told to use it", () => {
      const inputs = release("aws-load-balancer-controller", repos.aws, {
        clusterName: "platform",
        enableCertManager: true,
      });
      expect(installing(inputs)).to.throw(
        unmapped("aws-load-balancer-controller", "Certificate", "cert-manager.io/v1"),
      );
    });
  });

  describe("that take longer than they are given", () => {
    const hurried = { ...certManager, timeout: 20 };
    const failure = "context deadline exceeded";

    it("fail, are kept, and are mended by the next upgrade", () => {
      const world = new World();
      expect(installing(hurried, world)).to.throw(
        Unready,
        `failed to become available within allocated timeout. Error: Helm Release kube-system/cert-manager: ${failure}`,
      );
      expect(at(world.read(releaseType, "kube-system/cert-manager")?.state, "status.status")).to.equal(
        "failed",
      );
      expect(installing(hurried, world)).to.throw("cannot re-use a name that is still in use");
      const { state } = world.update(releaseType, "kube-system/cert-manager", certManager);
      expect(at(state, "status")).to.include({ status: "deployed", revision: 2 });
    });

    it("leave nothing behind where they are atomic", () => {
      const world = new World();
      expect(installing({ ...hurried, atomic: true }, world)).to.throw(
        `InstallationFailed: release cert-manager failed, and has been uninstalled due to atomic being set: ${failure}`,
      );
      expect(world.contents()).to.deep.equal([]);
    });

    it("are taken as they are where nobody waits", () => {
      expect(new World().make(releaseType, { ...hurried, skipAwait: true }).id).to.equal(
        "kube-system/cert-manager",
      );
    });
  });
});
