import type { About } from "../kernel/definition.ts";
import { items } from "../kernel/read.ts";
import { called, containersOf, differs, isWindows } from "./pods.ts";
import type { Container, PodSpec } from "./pods.ts";

type Patched = Pick<About<unknown>, "type">;

/** One control of the standard: its name there, and where a pod breaks it. */
export interface RestrictedControl {
  readonly name: string;
  readonly broken: (pod: PodSpec, about: Patched) => readonly (string | false | undefined)[];
}

const volumeTypes = new Set(
  "configMap csi downwardAPI emptyDir ephemeral persistentVolumeClaim projected secret".split(" "),
);

/** Looks at every container of a pod on Linux, and names the one and the setting that are wrong. */
function inContainers(
  where: string,
  isWrong: (container: Container, about: Patched, pod: PodSpec) => boolean,
): RestrictedControl["broken"] {
  return (pod, about) =>
    isWindows(pod)
      ? []
      : containersOf(pod)
          .filter((container) => isWrong(container, about, pod))
          .map((container) => `securityContext.${where} of ${called(container)}`);
}

const nonRoot: RestrictedControl["broken"] = (pod, about) =>
  containersOf(pod)
    .filter(({ securityContext }) =>
      differs(securityContext?.runAsNonRoot ?? pod.securityContext?.runAsNonRoot, true, about),
    )
    .map((container) => `securityContext.runAsNonRoot of ${called(container)} or its pod`);

const nonRootUser: RestrictedControl["broken"] = (pod) => [
  pod.securityContext?.runAsUser === 0 && "securityContext.runAsUser",
  ...containersOf(pod)
    .filter(({ securityContext }) => securityContext?.runAsUser === 0)
    .map((container) => `securityContext.runAsUser of ${called(container)}`),
];

/**
 * The controls that the restricted level adds to the baseline, where a setting that is absent is as good as the open one.
 * Source: Kubernetes documentation, "Pod Security Standards", level Restricted, v1.35.
 */
export const restricted: readonly RestrictedControl[] = [
  {
    name: "Volume Types",
    broken: ({ volumes }) =>
      items(volumes).map((volume) => {
        const type = Object.keys(volume).find((key) => key !== "name" && !volumeTypes.has(key));
        return type !== undefined && `${type} of volume ${volume.name ?? "without a name"}`;
      }),
  },
  {
    name: "Privilege Escalation",
    broken: inContainers("allowPrivilegeEscalation", ({ securityContext }, about) =>
      differs(securityContext?.allowPrivilegeEscalation, false, about),
    ),
  },
  { name: "Running as Non-root", broken: nonRoot },
  { name: "Running as Non-root user", broken: nonRootUser },
  {
    name: "Seccomp",
    broken: inContainers("seccompProfile.type", ({ securityContext }, about, pod) => {
      const profile = securityContext?.seccompProfile ?? pod.securityContext?.seccompProfile;
      return profile?.type !== "Localhost" && differs(profile?.type, "RuntimeDefault", about);
    }),
  },
  {
    name: "Capabilities, dropped",
    broken: inContainers("capabilities.drop", ({ securityContext }, about) =>
      differs(
        securityContext?.capabilities?.drop && items(securityContext.capabilities.drop).includes("ALL"),
        true,
        about,
      ),
    ),
  },
  {
    name: "Capabilities, added",
    broken: inContainers("capabilities.add", ({ securityContext }) =>
      items(securityContext?.capabilities?.add).some((capability) => capability !== "NET_BIND_SERVICE"),
    ),
  },
];
