import { define } from "../../kernel/define.ts";
import type { ResourceChecks } from "../../kernel/define.ts";
import { items } from "../../kernel/read.ts";
import { exposures, leaves } from "../../reading/credentials.ts";
import type { Leaf } from "../../reading/credentials.ts";
import { containersOf, onPods } from "../../reading/pods.ts";
import type { Container } from "../../reading/pods.ts";

const remedy = "bring it in by an ExternalSecret, and refer to that";

function variablesOf({ name: container, env }: Container): readonly Leaf[] {
  return items(env).flatMap((variable) =>
    leaves({ [variable.name ?? ""]: variable.value }, `env of container ${container ?? "without a name"}`),
  );
}

const inPods: ResourceChecks = onPods((pod) => exposures(containersOf(pod).flatMap(variablesOf), remedy));

export const k8sNoSecretLiterals = define({
  name: "k8s-no-secret-literals",
  description: "Credentials stand in Secrets, not in environment variables or ConfigMaps.",
  severity: "critical",
  controls: { "cis-eks": ["4.4.1"], ckv: ["CKV_K8S_35"] },
  remediation:
    "Name the secret under the service's secrets; the platform makes the ExternalSecret and the reference.",
  checks: {
    ...inPods,
    "kubernetes:core/v1:ConfigMap": [({ data }) => exposures(leaves(data, "data"), remedy)],
    "kubernetes:core/v1:ConfigMapPatch": [({ data }) => exposures(leaves(data, "data"), remedy)],
  },
});
