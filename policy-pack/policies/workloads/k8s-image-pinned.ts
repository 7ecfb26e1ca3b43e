import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { flag } from "../../kernel/params.ts";
import { parseImage } from "../../reading/images.ts";
import { called, containersOf, onPods } from "../../reading/pods.ts";
import type { Container } from "../../reading/pods.ts";

type Settings = Readonly<Record<"requireDigest", boolean>>;

function judge(container: Container, { requireDigest }: Settings): Findings {
  if (container.image === undefined) return undefined;
  const { tag, digest } = parseImage(container.image);
  if (digest !== undefined) return undefined;
  const remedy = "name its digest, as in name:1.2.3@sha256:...";
  if (tag === "latest")
    return `image ${container.image} of ${called(container)} is whatever is latest: ${remedy}.`;
  return (
    requireDigest && `image ${container.image} of ${called(container)} may become another one: ${remedy}.`
  );
}

export const k8sImagePinned = define({
  name: "k8s-image-pinned",
  description: "What was tested is what runs: images are named by their digest.",
  severity: "high",
  controls: { "cis-eks": ["5.1.4"], ckv: ["CKV_K8S_14", "CKV_K8S_43"] },
  remediation: "Put the digest that the build printed into the service's image.",
  params: { requireDigest: flag(true, "Whether a tag alone is too little.") },
  checks: onPods<Settings>((pod, _, { params }) =>
    containersOf(pod)
      .map((container) => judge(container, params))
      .filter((finding) => typeof finding === "string"),
  ),
});
