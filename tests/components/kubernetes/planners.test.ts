import { expect } from "chai";

import { describeQuota, podSecurityLabels } from "../../../components/kubernetes/namespace.ts";
import {
  admitBlocks,
  admitNamespace,
  amongThemselves,
  callApis,
  denyAll,
  lookUpNames,
} from "../../../components/kubernetes/traffic.ts";
import { addOns, charts, kubernetesVersion } from "../../../versions.ts";

describe("fences of a namespace", () => {
  it("enforce, audit and warn at the cluster's own version of the standard", () => {
    expect(podSecurityLabels("restricted")).to.deep.equal({
      "pod-security.kubernetes.io/enforce": "restricted",
      "pod-security.kubernetes.io/enforce-version": "v1.35",
      "pod-security.kubernetes.io/audit": "restricted",
      "pod-security.kubernetes.io/audit-version": "v1.35",
      "pod-security.kubernetes.io/warn": "restricted",
      "pod-security.kubernetes.io/warn-version": "v1.35",
    });
  });

  it("limit what is reserved", () => {
    expect(describeQuota({ pods: 20, cpu: "4", memory: "8Gi" })).to.deep.equal({
      pods: "20",
      "requests.cpu": "4",
      "requests.memory": "8Gi",
    });
  });

  it("start from nothing in, nothing out, for every pod", () => {
    expect(denyAll).to.deep.equal({ podSelector: {}, policyTypes: ["Ingress", "Egress"] });
  });

  it("let names be looked up in the cluster's DNS and nowhere else", () => {
    expect(lookUpNames.egress).to.deep.equal([
      {
        to: [
          {
            namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } },
            podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
          },
        ],
        ports: [
          { protocol: "UDP", port: 53 },
          { protocol: "TCP", port: 53 },
        ],
      },
    ]);
  });

  it("let controllers call HTTPS only", () => {
    expect(callApis.egress).to.deep.equal([
      { to: [{ ipBlock: { cidr: "0.0.0.0/0" } }], ports: [{ protocol: "TCP", port: 443 }] },
    ]);
    expect(callApis.policyTypes).to.deep.equal(["Egress"]);
  });

  it("admit a block on the ports named", () => {
    expect(admitBlocks(["10.0.0.0/16"], [10250]).ingress).to.deep.equal([
      { from: [{ ipBlock: { cidr: "10.0.0.0/16" } }], ports: [{ protocol: "TCP", port: 10250 }] },
    ]);
  });

  it("admit one other namespace on the ports named", () => {
    expect(admitNamespace("monitoring", [8080, 9402]).ingress).to.deep.equal([
      {
        from: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "monitoring" } } }],
        ports: [
          { protocol: "TCP", port: 8080 },
          { protocol: "TCP", port: 9402 },
        ],
      },
    ]);
  });

  it("let the pods of a namespace talk to each other, both ways", () => {
    expect([amongThemselves.ingress, amongThemselves.egress]).to.deep.equal([
      [{ from: [{ podSelector: {} }] }],
      [{ to: [{ podSelector: {} }] }],
    ]);
  });
});

describe("pinned versions", () => {
  it("name a supported Kubernetes minor", () => {
    expect(kubernetesVersion).to.match(/^1\.\d\d$/);
  });

  it("name each add-on's build", () => {
    expect(
      Object.values(addOns).filter((version) => !/^v\d+\.\d+\.\d+-eksbuild\.\d+$/.test(version)),
    ).to.deep.equal([]);
  });

  it("name kube-proxy of the cluster's own minor", () => {
    expect(addOns["kube-proxy"].startsWith(`v${kubernetesVersion}.`)).to.equal(true);
  });

  for (const [chart, { repo, version }] of Object.entries(charts)) {
    it(`name exactly one version of ${chart}, from a repository over HTTPS or a registry`, () => {
      expect(version).to.match(/^v?\d+\.\d+\.\d+$/);
      expect(repo).to.match(/^(https|oci):\/\//);
    });
  }
});
