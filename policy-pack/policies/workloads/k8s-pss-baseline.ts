import { define } from "../../kernel/define.ts";
import { baseline } from "../../reading/pod-security.ts";
import { onPods } from "../../reading/pods.ts";

export const k8sPssBaseline = define({
  name: "k8s-pss-baseline",
  description: "Pods keep to the baseline of the Pod Security Standards.",
  severity: "critical",
  controls: {
    "cis-eks": ["4.2.1", "4.2.2", "4.2.3", "4.2.4"],
    pss: ["baseline"],
    ckv: ["CKV_K8S_16", "CKV_K8S_17", "CKV_K8S_18", "CKV_K8S_19", "CKV_K8S_25", "CKV_K8S_26", "CKV_K8S_27"],
  },
  remediation:
    "Describe the workload as a service of the platform, or take the setting out; agents of nodes need an exemption.",
  checks: onPods((pod, annotations) =>
    baseline.flatMap(({ name, broken }) =>
      broken(pod, annotations).map(
        (place) => typeof place === "string" && `${place} breaks the control ${name}: take it out.`,
      ),
    ),
  ),
});
