import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { flag, list } from "../../kernel/params.ts";
import { has, items, text } from "../../kernel/read.ts";
import { fits } from "../../kernel/urn.ts";
import { actionsOf, isPublicGrant, statements } from "../../reading/iam.ts";

interface Encryption {
  readonly encryptionType?: string | undefined;
  readonly kmsKey?: string | undefined;
}

/** What is missing until only the account's own key opens the images. */
function lacksKey(encryption: Encryption | undefined): Findings {
  const type = encryption?.encryptionType;
  if (!text(type).startsWith("KMS"))
    return `encryptionConfigurations.encryptionType is ${type ?? "not set, and AWS's default is AES256"}: set KMS.`;
  return (
    !has(encryption, "kmsKey") && "encryptionConfigurations.kmsKey is not set: name a key of the account."
  );
}

export const ecrRepositoryHardened = define({
  name: "ecr-repository-hardened",
  description:
    "Images in the registry never change under their name, are scanned, and are the account's own.",
  severity: "high",
  controls: {
    fsbp: ["ECR.1", "ECR.2"],
    "cis-eks": ["5.1.1"],
    ckv: ["CKV_AWS_32", "CKV_AWS_51", "CKV_AWS_136", "CKV_AWS_163"],
  },
  remediation:
    "Set imageTagMutability to IMMUTABLE, scanOnPush to true and a key, and leave forceDelete unset.",
  params: {
    registryScans: flag(
      false,
      "Whether the registry itself scans every image, so that repositories need not.",
    ),
    requireCmk: flag(true, "Whether the key must be named, so that it is not one that AWS keeps."),
    mutableTags: list([], "Globs on tags that may be moved, such as cache-*."),
  },
  checks: {
    "aws:ecr/repository:Repository": [
      ({ imageTagMutability: mutability }) =>
        !["IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"].includes(mutability ?? "MUTABLE") &&
        `imageTagMutability is ${mutability ?? "not set, and AWS's default is MUTABLE"}: set IMMUTABLE.`,
      ({ imageTagMutabilityExclusionFilters: filters }, { params: { mutableTags } }) =>
        items(filters).map(
          ({ filter }) =>
            !mutableTags.some((glob) => fits(glob, filter)) &&
            `imageTagMutabilityExclusionFilters lets tags ${filter} be moved: list them in mutableTags, or take the filter out.`,
        ),
      ({ imageScanningConfiguration }, { params }) =>
        !params.registryScans &&
        imageScanningConfiguration?.scanOnPush !== true &&
        "imageScanningConfiguration.scanOnPush is not true: set it, since AWS's default is false.",
      ({ encryptionConfigurations }, { params }) =>
        params.requireCmk && lacksKey(encryptionConfigurations?.[0]),
      ({ forceDelete }) =>
        forceDelete === true && "forceDelete is true, so images go with the repository: leave it unset.",
    ],
    "aws:ecr/repositoryPolicy:RepositoryPolicy": [
      ({ policy }) =>
        statements(policy)
          .filter(isPublicGrant)
          .map((open) => `policy allows everyone ${actionsOf(open)}: name the accounts or the organization.`),
    ],
  },
});
