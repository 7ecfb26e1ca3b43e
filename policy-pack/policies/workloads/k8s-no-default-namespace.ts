import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { list } from "../../kernel/params.ts";
import { property } from "../../kernel/read.ts";
import { fits } from "../../kernel/urn.ts";

/** The API groups of Kubernetes itself, whose kinds are known; of others nobody can tell which have a namespace. */
const ownGroups =
  /^kubernetes:(?:core|apps|batch|policy|autoscaling|(?:[a-z]+|rbac\.authorization)\.k8s\.io)\/v[0-9a-z]+:/;

/** Kinds without a namespace (Kubernetes API reference, and `kubectl api-resources --namespaced=false`). */
const clusterWide =
  /:(?:Namespace|Node|PersistentVolume|ClusterRole(?:Binding)?|StorageClass|VolumeAttachment|VolumeAttributesClass|CSI(?:Driver|Node)|IngressClass|IPAddress|ServiceCIDR|PriorityClass|RuntimeClass|CustomResourceDefinition|APIService|CertificateSigningRequest|ClusterTrustBundle|FlowSchema|PriorityLevelConfiguration|DeviceClass|ResourceSlice|(?:Mutating|Validating)(?:WebhookConfiguration|AdmissionPolicy(?:Binding)?)|(?:Token|SelfSubject|Subject)\w*Review|ComponentStatus)(?:Patch|List)?$/;

const release = "kubernetes:helm.sh/v3:Release";

/** Whether an object that names no namespace lands in `default`. */
function needsNamespace(type: string): boolean {
  return type === release || (ownGroups.test(type) && !clusterWide.test(type) && !type.endsWith("List"));
}

function judge(namespace: unknown, type: string, isOfSystem: boolean): Findings {
  const remedy = "name one of its own, which has quotas, policies and a standard for pods";
  if (namespace === "default") return `the namespace is default: ${remedy}.`;
  if (namespace === undefined)
    return needsNamespace(type) && `no namespace is set, so it lands in default: ${remedy}.`;
  return (
    namespace === "kube-system" &&
    !isOfSystem &&
    `the namespace is kube-system, where the cluster's own parts are: ${remedy}.`
  );
}

export const k8sNoDefaultNamespace = define({
  name: "k8s-no-default-namespace",
  description: "Whatever runs in the cluster has a namespace of its own.",
  severity: "medium",
  controls: { "cis-eks": ["4.5.2"], ckv: ["CKV_K8S_21"] },
  remediation: "Use the Namespace component, and name it in the object's metadata.",
  params: {
    systemObjects: list([], "Globs on logical names of objects that must be in kube-system."),
  },
  checks: {
    "*": [
      (props, { type, name, params }) => {
        if (!type.startsWith("kubernetes:")) return undefined;
        const place = type === release ? props : property(props, "metadata");
        const isOfSystem = params.systemObjects.some((glob) => fits(glob, name));
        return judge(property(place, "namespace"), type, isOfSystem);
      },
    ],
  },
});
