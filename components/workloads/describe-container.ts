import { createHash } from "node:crypto";

import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

import type { PodContext } from "./pod-context.ts";
import type { PodSettings } from "./workload-settings.ts";

type Container = types.input.core.v1.Container;
type Volume = types.input.core.v1.Volume;
type VolumeMount = types.input.core.v1.VolumeMount;

/** What a container may do on its node: nothing (Kubernetes, "Pod Security Standards", Restricted). */
export const restrictedContainer: types.input.core.v1.SecurityContext = {
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ["ALL"] },
};

/** What a pod runs as: one user, never root, with the system calls that the runtime lets through. */
export function describeUser(user: number): types.input.core.v1.PodSecurityContext {
  return {
    runAsNonRoot: true,
    runAsUser: user,
    runAsGroup: user,
    fsGroup: user,
    seccompProfile: { type: "RuntimeDefault" },
  };
}

/** What the service's own container is made of, whatever runs it. */
export function describeContainer(
  settings: PodSettings,
  context: Pick<PodContext, "place">,
  env: Container["env"],
): Container & { volumeMounts: VolumeMount[] } {
  const { name, command, args, resources, writablePaths, files } = settings;
  return {
    name,
    image: describeImage(settings.image, context),
    imagePullPolicy: "IfNotPresent",
    ...(command === undefined ? {} : { command: [...command] }),
    ...(args === undefined ? {} : { args: [...args] }),
    ...(env === undefined ? {} : { env }),
    resources: describeResources(resources),
    securityContext: restrictedContainer,
    volumeMounts: [
      ...writablePaths.map((mountPath, index) => ({ name: `scratch-${index}`, mountPath })),
      ...Object.keys(files).map((mountPath, index) => ({
        name: "files",
        mountPath,
        subPath: fileKey(index),
        readOnly: true,
      })),
    ],
  };
}

/** The volumes behind {@link describeContainer}'s mounts. */
export function describeVolumes({
  name,
  writablePaths,
  files,
  resources,
}: Pick<PodSettings, "name" | "writablePaths" | "files" | "resources">): Volume[] {
  return [
    ...writablePaths.map((_, index) => ({
      name: `scratch-${index}`,
      emptyDir: { sizeLimit: resources.disk },
    })),
    ...(hasFiles({ files }) ? [{ name: "files", configMap: { name } }] : []),
  ];
}

/** True where a ConfigMap is needed. */
export function hasFiles({ files }: Pick<PodSettings, "files">): boolean {
  return Object.keys(files).length > 0;
}

/** What the ConfigMap of the files holds: a path has slashes, a key must not. */
export function describeFiles({ files }: Pick<PodSettings, "files">): Record<string, string> {
  return Object.fromEntries(Object.values(files).map((content, index) => [fileKey(index), content]));
}

/** New pods whenever a file changes: mounted one by one, files do not change in a running pod. */
export function describeChecksum({ files }: Pick<PodSettings, "files">): Record<string, string> {
  if (!hasFiles({ files })) return {};
  return { "platform/files": createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16) };
}

function fileKey(index: number): string {
  return `file-${index}`;
}

const ownRegistry = "ecr:";

/** An image of this account's registry gets its address; any other is named as it is. */
export function describeImage(image: string, { place }: Pick<PodContext, "place">): pulumi.Input<string> {
  if (!image.startsWith(ownRegistry)) return image;
  const repository = image.slice(ownRegistry.length);
  return place.apply(({ accountId, region }) => `${accountId}.dkr.ecr.${region}.amazonaws.com/${repository}`);
}

function describeResources(resources: PodSettings["resources"]): types.input.core.v1.ResourceRequirements {
  const { cpu, memory, memoryLimit, cpuLimit, disk } = resources;
  return {
    requests: { cpu, memory, "ephemeral-storage": disk },
    limits: {
      memory: memoryLimit,
      "ephemeral-storage": doubled(disk),
      ...(cpuLimit === undefined ? {} : { cpu: cpuLimit }),
    },
  };
}

/** Twice a quantity, in the same unit. */
function doubled(quantity: string): string {
  return quantity.replace(/^\d+/, (amount) => String(Number(amount) * 2));
}
