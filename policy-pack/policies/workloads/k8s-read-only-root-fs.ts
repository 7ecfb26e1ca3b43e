import { define } from "../../kernel/define.ts";
import { called, containersOf, differs, isWindows, onPods } from "../../reading/pods.ts";

export const k8sReadOnlyRootFs = define({
  name: "k8s-read-only-root-fs",
  description: "Containers cannot change their own files.",
  severity: "medium",
  controls: { ckv: ["CKV_K8S_22"] },
  remediation: "Give the service scratch directories for what it writes; the platform mounts them.",
  checks: onPods(
    (pod, _, about) =>
      !isWindows(pod) &&
      containersOf(pod)
        .filter(({ securityContext }) => differs(securityContext?.readOnlyRootFilesystem, true, about))
        .map(
          (container) =>
            `securityContext.readOnlyRootFilesystem of ${called(container)} is not true: set it, and mount an emptyDir where the container writes.`,
        ),
  ),
});
