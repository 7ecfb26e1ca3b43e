import type { Properties } from "../model.ts";
import { list, text } from "../values.ts";
import { ComponentError } from "./arguments.ts";
import { ask, at, derive } from "./plan.ts";

/** What a node's image is built on, as `operatingSystem` says it. */
type OperatingSystem = "AL2" | "AL2023" | "Bottlerocket";

type Architecture = "x86_64" | "arm64";

interface ImageType {
  readonly system: OperatingSystem;
  readonly gpu: boolean;
  readonly architecture: Architecture;
  /** Where the parameter lies that names the image, by Kubernetes version. */
  readonly parameter: (version: string) => string;
}

const amazonLinux =
  (path: string) =>
  (version: string): string =>
    `/aws/service/eks/optimized-ami/${version}/${path}/recommended/image_id`;

const bottlerocket =
  (variant: string, architecture: Architecture) =>
  (version: string): string =>
    `/aws/service/bottlerocket/aws-k8s-${version}${variant}/${architecture}/latest/image_id`;

function imageType(
  system: OperatingSystem,
  architecture: Architecture,
  gpu: boolean,
  parameter: ImageType["parameter"],
): ImageType {
  return { system, gpu, architecture, parameter };
}

/** https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html and https://bottlerocket.dev/en/os/latest/#/install/quickstart/aws/host-containers/ */
const imageTypes: Readonly<Record<string, ImageType>> = {
  AL2_x86_64: imageType("AL2", "x86_64", false, amazonLinux("amazon-linux-2")),
  AL2_x86_64_GPU: imageType("AL2", "x86_64", true, amazonLinux("amazon-linux-2-gpu")),
  AL2_ARM_64: imageType("AL2", "arm64", false, amazonLinux("amazon-linux-2-arm64")),
  AL2023_x86_64_STANDARD: imageType(
    "AL2023",
    "x86_64",
    false,
    amazonLinux("amazon-linux-2023/x86_64/standard"),
  ),
  AL2023_ARM_64_STANDARD: imageType(
    "AL2023",
    "arm64",
    false,
    amazonLinux("amazon-linux-2023/arm64/standard"),
  ),
  AL2023_x86_64_NVIDIA: imageType("AL2023", "x86_64", true, amazonLinux("amazon-linux-2023/x86_64/nvidia")),
  BOTTLEROCKET_ARM_64: imageType("Bottlerocket", "arm64", false, bottlerocket("", "arm64")),
  BOTTLEROCKET_x86_64: imageType("Bottlerocket", "x86_64", false, bottlerocket("", "x86_64")),
  BOTTLEROCKET_ARM_64_NVIDIA: imageType("Bottlerocket", "arm64", true, bottlerocket("-nvidia", "arm64")),
  BOTTLEROCKET_x86_64_NVIDIA: imageType("Bottlerocket", "x86_64", true, bottlerocket("-nvidia", "x86_64")),
};

/** Older words for the types. */
const aliases: Readonly<Record<string, string>> = {
  "amazon-linux-2": "AL2_x86_64",
  "amazon-linux-2-gpu": "AL2_x86_64_GPU",
  "amazon-linux-2-arm": "AL2_ARM_64",
  "amazon-linux-2023/x86_64/standard": "AL2023_x86_64_STANDARD",
  "amazon-linux-2023/arm64/standard": "AL2023_ARM_64_STANDARD",
  "amazon-linux-2023/x86_64/nvidia": "AL2023_x86_64_NVIDIA",
};

function typeNamed(amiType: string): ImageType | undefined {
  return imageTypes[aliases[amiType] ?? amiType];
}

function refused(path: string, reason: string): ComponentError {
  return new ComponentError(reason, [{ path, reason }]);
}

/** The operating system that both arguments together mean. @throws ComponentError where they contradict each other */
function systemOf(amiType: unknown, operatingSystem: unknown): OperatingSystem {
  const wanted = text(operatingSystem);
  const named = text(amiType);
  if (named === undefined || named === "") return systemNamed(wanted ?? "AL2023");
  const found = typeNamed(named)?.system;
  if (found === undefined) throw refused("amiType", `Cannot determine OS of unknown AMI type: ${named}`);
  if (wanted === undefined || wanted === found) return found;
  throw refused(
    "operatingSystem",
    `Operating system '${wanted}' does not match the detected operating system '${found}' of AMI type '${named}'.`,
  );
}

function systemNamed(name: string): OperatingSystem {
  const found = Object.values(imageTypes).find(({ system }) => system === name);
  if (found !== undefined) return found.system;
  throw new ComponentError(`Unknown operating system: ${name}`);
}

/** Makes a node: the operating system of a node group's images. */
export function systemFor({ amiType, operatingSystem }: Properties): unknown {
  return derive([amiType, operatingSystem], systemOf);
}

/** Families with AWS's own processors have a `g` after their generation: https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html */
function architectureOf(instanceType: unknown, path: string): Architecture {
  const name = String(instanceType);
  const parts = /([a-z]+)([0-9]+)([a-z])?-?([a-z]+)?\.([a-zA-Z0-9-]+)/.exec(name);
  if (parts === null) throw refused(path, `Invalid EC2 instance type: ${name}`);
  return parts[3] === "g" ? "arm64" : "x86_64";
}

function commonArchitecture(instanceTypes: readonly unknown[], path: string): Architecture {
  const [first = "x86_64", ...others] = instanceTypes.map((type) => architectureOf(type, path));
  if (others.every((one) => one === first)) return first;
  throw refused(
    path,
    "Cannot determine architecture of instance types. The provided instance types do not share a common architecture",
  );
}

/** Which machines the images are for, and where the program says so. */
function machinesOf({ instanceType, instanceTypes }: Properties): { types: unknown; path: string } {
  return instanceType === undefined
    ? { types: instanceTypes, path: "instanceTypes" }
    : { types: [instanceType], path: "instanceType" };
}

/** Makes a node: the type of the images that suit a node group, by its name at EKS. */
export function imageTypeFor(options: Properties): unknown {
  const { types, path } = machinesOf(options);
  return derive([systemFor(options), options.gpu, types], (system, gpu, machines) => {
    const architecture = commonArchitecture(list(machines), path);
    const found = Object.entries(imageTypes).find(
      ([, one]) => one.system === system && one.gpu === (gpu === true) && one.architecture === architecture,
    );
    if (found !== undefined) return found[0];
    throw new ComponentError(
      `No AMI type found for OS: ${String(system)}, GPU support: ${String(gpu === true)}, architecture: ${architecture}`,
    );
  });
}

/** Makes a node: the image that AWS recommends for nodes of this Kubernetes version. */
export function recommendedImage(options: Properties, version: unknown): unknown {
  const { amiType } = options;
  const type = amiType === undefined ? imageTypeFor(options) : derive([amiType], known);
  const name = derive([type, version], (found, kubernetes) =>
    typeNamed(String(found))?.parameter(String(kubernetes)),
  );
  return at(ask("aws:ssm/getParameter:getParameter", { name }), "value");
}

function known(amiType: unknown): unknown {
  if (typeNamed(String(amiType)) !== undefined) return amiType;
  throw refused(
    "amiType",
    `Cannot resolve recommended AMI for AMI type: ${String(amiType)}. Please provide the AMI ID and userdata.`,
  );
}
