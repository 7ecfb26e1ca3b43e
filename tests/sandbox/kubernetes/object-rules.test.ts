import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { World, reasons } from "./world.ts";

type Mistake = readonly [title: string, type: string, inputs: Properties, reason: string];

describe("Rules for Kubernetes objects", () => {
  const mistakes: readonly Mistake[] = [
    [
      "a name with capitals",
      "core/v1:ConfigMap",
      { metadata: { name: "Web" } },
      `metadata.name: Invalid value: "Web": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')`,
    ],
    [
      "a namespace with dots",
      "core/v1:Namespace",
      { metadata: { name: "a.b" } },
      'metadata.name: Invalid value: "a.b": must not contain dots',
    ],
    [
      "a Service whose name starts with a digit",
      "core/v1:Service",
      { metadata: { name: "1a" }, spec: { ports: [{ port: 80 }] } },
      `metadata.name: Invalid value: "1a": a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123', regex used for validation is '[a-z]([-a-z0-9]*[a-z0-9])?')`,
    ],
    [
      "a label with a space",
      "core/v1:ConfigMap",
      { metadata: { name: "a", labels: { team: "a b" } } },
      `metadata.labels: Invalid value: "a b": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')`,
    ],
    [
      "a label key that is too long",
      "core/v1:ConfigMap",
      { metadata: { name: "a", labels: { ["k".repeat(64)]: "" } } },
      `metadata.labels: Invalid value: "${"k".repeat(64)}": name part must be no more than 63 bytes`,
    ],
    [
      "a Service without ports",
      "core/v1:Service",
      { metadata: { name: "a" }, spec: { selector: { app: "a" } } },
      "spec.ports: Required value",
    ],
    [
      "two ports without names",
      "core/v1:Service",
      { metadata: { name: "a" }, spec: { ports: [{ port: 80, name: "http" }, { port: 443 }] } },
      "spec.ports[1].name: Required value",
    ],
    [
      "an Ingress without rules",
      "networking.k8s.io/v1:Ingress",
      { metadata: { name: "a" }, spec: { ingressClassName: "alb" } },
      'spec: Invalid value: {"ingressClassName":"alb"}: either `defaultBackend` or `rules` must be specified',
    ],
    [
      "a path without type",
      "networking.k8s.io/v1:Ingress",
      {
        metadata: { name: "a" },
        spec: {
          rules: [{ http: { paths: [{ path: "/", backend: { resource: { kind: "Bucket", name: "a" } } }] } }],
        },
      },
      "spec.rules[0].http.paths[0].pathType: Required value: pathType must be specified",
    ],
    [
      "a claim without size",
      "core/v1:PersistentVolumeClaim",
      { metadata: { name: "a" }, spec: { accessModes: ["ReadWriteOnce"] } },
      "spec.resources[storage]: Required value",
    ],
    [
      "a storage class without provisioner",
      "storage.k8s.io/v1:StorageClass",
      { metadata: { name: "a" } },
      "provisioner: Required value",
    ],
    [
      "a binding that names no role",
      "rbac.authorization.k8s.io/v1:RoleBinding",
      { metadata: { name: "a" }, roleRef: { kind: "Role" } },
      "roleRef.name: Required value",
    ],
    [
      "a key with a slash",
      "core/v1:ConfigMap",
      { metadata: { name: "a" }, data: { "a/b": "" } },
      `data[a/b]: Invalid value: "a/b": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')`,
    ],
    [
      "a ConfigMap above one mebibyte",
      "core/v1:ConfigMap",
      { metadata: { name: "a" }, data: { a: "x".repeat(2 ** 20 + 1) } },
      "data: Too long: may not be more than 1048576 bytes",
    ],
    [
      "Secret data that is not base64, without showing it",
      "core/v1:Secret",
      { metadata: { name: "a" }, data: { password: "hunter2!" } },
      "data[password]: Invalid value: illegal base64 data",
    ],
    [
      "a TLS Secret without key",
      "core/v1:Secret",
      { metadata: { name: "a" }, type: "kubernetes.io/tls", stringData: { "tls.crt": "x" } },
      "data[tls.key]: Required value",
    ],
    [
      "a Secret of more than one mebibyte",
      "core/v1:Secret",
      { metadata: { name: "a" }, data: { a: Buffer.alloc(2 ** 20 + 1).toString("base64") } },
      "data: Too long: may not be more than 1048576 bytes",
    ],
    [
      "a definition whose name is not its plural and group",
      "apiextensions.k8s.io/v1:CustomResourceDefinition",
      {
        metadata: { name: "tea" },
        spec: {
          group: "shop.io",
          scope: "Namespaced",
          names: { plural: "teas", kind: "Tea" },
          versions: [
            { name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } },
          ],
        },
      },
      'metadata.name: Invalid value: "tea": must be spec.names.plural+"."+spec.group',
    ],
  ];
  for (const [title, type, inputs, reason] of mistakes) {
    it(`refuse ${title}`, () => {
      expect(reasons(new World().check(type, inputs))).to.deep.equal([reason]);
    });
  }

  it("measure what is encoded by what it stands for", () => {
    const most = Buffer.alloc(2 ** 20).toString("base64");
    const secret = { metadata: { name: "a" }, data: { a: most } };
    expect(reasons(new World().check("core/v1:Secret", secret))).to.deep.equal([]);
    const map = { metadata: { name: "a" }, binaryData: { a: most } };
    expect(reasons(new World().check("core/v1:ConfigMap", map))).to.deep.equal([]);
  });
});
