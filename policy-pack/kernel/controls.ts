/** The frameworks whose controls a policy may answer, with the edition the ids are taken from. */
export const frameworks = {
  fsbp: { name: "AWS Security Hub controls (FSBP)", version: "1.0.0" },
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

/** Where controls are explained: the pages of a framework, or the one of the control where each has its own. */
const pages: Readonly<Record<keyof typeof frameworks, (control: string) => string>> = {
  fsbp: (control) => {
    const [service = "", number = ""] = control.toLowerCase().split(".");
    return `https://docs.aws.amazon.com/securityhub/latest/userguide/${service}-controls.html#${service}-${number}`;
  },
  cis: () => "https://www.cisecurity.org/benchmark/amazon_web_services",
  "cis-eks": () => "https://www.cisecurity.org/benchmark/kubernetes",
  pss: (profile) => `https://kubernetes.io/docs/concepts/security/pod-security-standards/#${profile}`,
  ckv: () => "https://www.checkov.io/5.Policy%20Index/all.html",
  avd: (control) => `https://avd.aquasec.com/misconfig/${control.toLowerCase()}`,
};

/** One control and the framework it is from. */
export interface Control {
  readonly name: string;
  readonly version: string;
  readonly reference: string;
  /** The page that explains it. */
  readonly url: string;
}

/** The control that is named first where there is room for one. */
export function primaryControl(controls: Controls): Control | undefined {
  const framework = ordered.find((candidate) => (controls[candidate] ?? []).length > 0);
  const reference = framework && controls[framework]?.[0];
  if (framework === undefined || reference === undefined) return undefined;
  return { ...frameworks[framework], reference, url: pages[framework](reference) };
}
