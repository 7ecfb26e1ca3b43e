import { define } from "../../kernel/define.ts";
import { list } from "../../kernel/params.ts";
import { fits } from "../../kernel/urn.ts";
import { parseImage } from "../../reading/images.ts";
import { called, containersOf, onPods } from "../../reading/pods.ts";

type Settings = Readonly<Record<"registries", readonly string[]>>;

/** Whether a glob on registry and repository fits, each by itself: no registry may be hidden in the name of a repository. */
function isOf(glob: string, repository: string): boolean {
  const [[registry = "", ...path], [wanted = "", ...names]] = [repository.split("/"), glob.split("/")];
  return fits(wanted, registry) && fits(names.join("/"), path.join("/"));
}

export const k8sImageApprovedRegistry = define({
  name: "k8s-image-approved-registry",
  description: "Images come from registries that somebody answers for.",
  severity: "high",
  controls: { "cis-eks": ["5.1.4"] },
  remediation: "Push the image to the account's registry, or pull it through its cache.",
  params: {
    registries: list(
      ["*.dkr.ecr.*.amazonaws.com/*"],
      "Globs on registry and repository; a name without a registry is one of docker.io.",
    ),
  },
  checks: onPods<Settings>((pod, _, { params: { registries } }) =>
    containersOf(pod).map((container) => {
      if (container.image === undefined) return undefined;
      const { repository } = parseImage(container.image);
      return (
        !registries.some((glob) => isOf(glob, repository)) &&
        `the image of ${called(container)} comes from ${repository}: take it from ${registries.join(" or ")}.`
      );
    }),
  ),
});
