import type { PolicyComplianceFramework } from "@pulumi/policy";

/** The frameworks whose controls a policy may answer, with the edition the ids are taken from. */
export const frameworks = {
  fsbp: { name: "AWS Foundational Security Best Practices", version: "1.0.0" },
  cis: { name: "CIS AWS Foundations Benchmark", version: "3.0.0" },
  "cis-eks": { name: "CIS Amazon EKS Benchmark", version: "1.5.0" },
  pss: { name: "Kubernetes Pod Security Standards", version: "1.35" },
  ckv: { name: "Checkov", version: "3" },
  avd: { name: "Aqua Vulnerability Database", version: "1" },
} as const;

/** Control ids by framework; what no framework asks for has none. */
export type Controls = Readonly<Partial<Record<keyof typeof frameworks, readonly string[]>>>;

const ordered = ["fsbp", "cis", "cis-eks", "pss", "ckv", "avd"] as const;

/** Every control as a tag, such as `fsbp:RDS.2`: a compliance matrix can be read from the pack. */
export function controlTags(controls: Controls): string[] {
  return ordered.flatMap((framework) => (controls[framework] ?? []).map((id) => `${framework}:${id}`));
}

/** The control shown first: the SDK has room for one. */
export function primaryControl(controls: Controls, title: string): PolicyComplianceFramework | undefined {
  const framework = ordered.find((candidate) => (controls[candidate] ?? []).length > 0);
  const reference = framework && controls[framework]?.[0];
  if (framework === undefined || reference === undefined) return undefined;
  return { ...frameworks[framework], reference, specification: title };
}
