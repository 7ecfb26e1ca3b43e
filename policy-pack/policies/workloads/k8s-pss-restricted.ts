import { define } from "../../kernel/define.ts";
import { restricted } from "../../reading/pod-security-restricted.ts";
import { onPods } from "../../reading/pods.ts";

export const k8sPssRestricted = define({
  name: "k8s-pss-restricted",
  description: "Pods keep to the restricted level of the Pod Security Standards.",
  severity: "high",
  controls: {
    "cis-eks": ["4.2.5"],
    pss: ["restricted"],
    ckv: ["CKV_K8S_20", "CKV_K8S_23", "CKV_K8S_28", "CKV_K8S_31", "CKV_K8S_37"],
  },
  remediation:
    "Describe the workload as a service of the platform, which sets all of it; agents of nodes need an exemption.",
  checks: onPods((pod, _, about) =>
    restricted.flatMap(({ name, broken }) =>
      broken(pod, about).map(
        (place) => typeof place === "string" && `${place} breaks the control ${name}: set what it asks for.`,
      ),
    ),
  ),
});
