import { onValues, places } from "../../helm/release.ts";
import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import type { ChartReader } from "../../helm/reader.ts";
import { list } from "../../kernel/params.ts";

/** A claim is a section that exists, or a switch that is on. */
function isAsked(value: unknown): boolean {
  return value === true || (typeof value === "object" && value !== null);
}

function judge(values: unknown, { volumes = [] }: ChartReader, classes: readonly string[]): Findings {
  return volumes.flatMap(({ claim, storageClass }) => {
    const claims = places(values, claim);
    return places(values, storageClass).map(({ path, value }, index) => {
      if (!isAsked(claims[index]?.value)) return undefined;
      if (typeof value !== "string" || value === "") {
        return `${path} is not set: name an encrypted storage class, since the cluster's default may change.`;
      }
      return !classes.includes(value) && `${path} is ${value}: use one of ${classes.join(", ")}.`;
    });
  });
}

export const helmStorageEncrypted = define({
  name: "helm-storage-encrypted",
  description: "What a chart keeps, it keeps on encrypted volumes.",
  severity: "high",
  controls: { fsbp: ["EC2.3"], cis: ["2.2.1"] },
  remediation: "Name a storage class whose volumes are encrypted for every volume of the chart.",
  params: { classes: list(["gp3"], "Storage classes whose volumes are encrypted.") },
  checks: {
    "kubernetes:helm.sh/v3:Release": [
      (release, { params }) => onValues((values, reader) => judge(values, reader, params.classes))(release),
    ],
  },
});
