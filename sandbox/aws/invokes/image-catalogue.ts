import { hexOf } from "../../values.ts";

/** A public machine image, the same in every region but for its id. */
export interface Image {
  readonly name: string;
  readonly ownerId: string;
  readonly alias?: string;
  readonly architecture: "x86_64" | "arm64";
  readonly description: string;
  /** RFC 3339. */
  readonly created: string;
  readonly platform?: "windows";
  /** In GiB. */
  readonly rootSize: number;
  readonly rootDevice: string;
  /** A second disk, where it has one. */
  readonly dataDevice?: string;
  /** The parameters of Systems Manager that name it. */
  readonly parameters: readonly string[];
}

type Family = Omit<Image, "name" | "architecture" | "parameters"> & {
  /** By architecture: the image's name, and the parameters that name it. */
  readonly images: Readonly<Partial<Record<Image["architecture"], readonly [string, ...string[]]>>>;
};

const linux = { created: "2026-10-12T08:00:00.000Z", rootDevice: "/dev/xvda" } as const;

/** Images of the Kubernetes versions that EKS supports: https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id.html */
const eksVersions: readonly string[] = ["1.32", "1.33", "1.34", "1.35"];

/** Canonical's names of its releases. */
const codenames: Readonly<Record<string, string>> = { "20.04": "focal", "22.04": "jammy", "24.04": "noble" };

/**
 * What most programs start from, as of October 2026. Names and owners:
 * https://docs.aws.amazon.com/linux/al2023/ug/naming-and-versioning.html, https://documentation.ubuntu.com/aws/aws-how-to/instances/find-ubuntu-images/,
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/retrieve-ecs-optimized_AMI.html, https://wiki.debian.org/Cloud/AmazonEC2Image
 */
const families: readonly Family[] = [
  {
    ...linux,
    ownerId: "137112412989",
    alias: "amazon",
    description: "Amazon Linux 2023 AMI",
    rootSize: 8,
    images: {
      x86_64: [
        "al2023-ami-2023.9.20261012.0-kernel-6.1-x86_64",
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64",
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64",
      ],
      arm64: [
        "al2023-ami-2023.9.20261012.0-kernel-6.1-arm64",
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
        "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-arm64",
      ],
    },
  },
  {
    ...linux,
    ownerId: "137112412989",
    alias: "amazon",
    description: "Amazon Linux 2 Kernel 5.10 AMI",
    created: "2026-06-22T08:00:00.000Z",
    rootSize: 8,
    images: {
      x86_64: [
        "amzn2-ami-kernel-5.10-hvm-2.0.20260622.0-x86_64-gp2",
        "/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-x86_64-gp2",
      ],
      arm64: [
        "amzn2-ami-kernel-5.10-hvm-2.0.20260622.0-arm64-gp2",
        "/aws/service/ami-amazon-linux-latest/amzn2-ami-kernel-5.10-hvm-arm64-gp2",
      ],
    },
  },
  ...["gp2", "ebs"].map((volume): Family => ({
    ...linux,
    ownerId: "137112412989",
    alias: "amazon",
    description: "Amazon Linux 2 AMI",
    created: "2026-06-22T08:00:00.000Z",
    rootSize: 8,
    images: {
      x86_64: [
        `amzn2-ami-hvm-2.0.20260622.0-x86_64-${volume}`,
        `/aws/service/ami-amazon-linux-latest/amzn2-ami-hvm-x86_64-${volume}`,
      ],
    },
  })),
  ...["24.04", "22.04", "20.04"].map((release): Family => ({
    ...linux,
    ownerId: "099720109477",
    description: `Canonical, Ubuntu, ${release}, server`,
    rootSize: 8,
    rootDevice: "/dev/sda1",
    images: {
      x86_64: [
        ubuntu(release, "amd64"),
        `/aws/service/canonical/ubuntu/server/${release}/stable/current/amd64/hvm/ebs-gp3/ami-id`,
      ],
      arm64: [
        ubuntu(release, "arm64"),
        `/aws/service/canonical/ubuntu/server/${release}/stable/current/arm64/hvm/ebs-gp3/ami-id`,
      ],
    },
  })),
  {
    ...linux,
    ownerId: "801119661308",
    alias: "amazon",
    description: "Microsoft Windows Server 2022 Full Locale English AMI provided by Amazon",
    platform: "windows",
    rootSize: 30,
    rootDevice: "/dev/sda1",
    images: {
      x86_64: [
        "Windows_Server-2022-English-Full-Base-2026.10.14",
        "/aws/service/ami-windows-latest/Windows_Server-2022-English-Full-Base",
      ],
    },
  },
  {
    ...linux,
    ownerId: "591542846629",
    alias: "amazon",
    description: "Amazon Linux AMI 2023 amazon-ecs-optimized",
    rootSize: 30,
    images: {
      x86_64: [
        "al2023-ami-ecs-hvm-2023.0.20261010-kernel-6.1-x86_64",
        "/aws/service/ecs/optimized-ami/amazon-linux-2023/recommended/image_id",
      ],
      arm64: [
        "al2023-ami-ecs-hvm-2023.0.20261010-kernel-6.1-arm64",
        "/aws/service/ecs/optimized-ami/amazon-linux-2023/arm64/recommended/image_id",
      ],
    },
  },
  {
    ...linux,
    ownerId: "591542846629",
    alias: "amazon",
    description: "Amazon Linux AMI 2.0 amazon-ecs-optimized",
    created: "2026-06-23T08:00:00.000Z",
    rootSize: 30,
    images: {
      x86_64: [
        "amzn2-ami-ecs-hvm-2.0.20260623-x86_64-ebs",
        "/aws/service/ecs/optimized-ami/amazon-linux-2/recommended/image_id",
      ],
      arm64: [
        "amzn2-ami-ecs-hvm-2.0.20260623-arm64-ebs",
        "/aws/service/ecs/optimized-ami/amazon-linux-2/arm64/recommended/image_id",
      ],
    },
  },
  {
    ...linux,
    ownerId: "136693071363",
    description: "Debian 12",
    rootSize: 8,
    images: {
      x86_64: ["debian-12-amd64-20261006-2257", "/aws/service/debian/release/12/latest/amd64"],
      arm64: ["debian-12-arm64-20261006-2257", "/aws/service/debian/release/12/latest/arm64"],
    },
  },
  ...eksVersions.map((version): Family => ({
    ...linux,
    ownerId: "602401143452",
    alias: "amazon",
    description: `EKS-optimized Kubernetes node based on Amazon Linux 2023, (k8s: ${version})`,
    rootSize: 20,
    images: {
      x86_64: [
        `amazon-eks-node-al2023-x86_64-standard-${version}-v20261008`,
        `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/x86_64/standard/recommended/image_id`,
      ],
      arm64: [
        `amazon-eks-node-al2023-arm64-standard-${version}-v20261008`,
        `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/arm64/standard/recommended/image_id`,
      ],
    },
  })),
  ...eksVersions.map((version): Family => ({
    ...linux,
    ownerId: "602401143452",
    alias: "amazon",
    description: `EKS-optimized Kubernetes node based on Amazon Linux 2023 with NVIDIA drivers, (k8s: ${version})`,
    rootSize: 20,
    images: {
      x86_64: [
        `amazon-eks-node-al2023-x86_64-nvidia-${version}-v20261008`,
        `/aws/service/eks/optimized-ami/${version}/amazon-linux-2023/x86_64/nvidia/recommended/image_id`,
      ],
    },
  })),
  ...eksVersions.flatMap((version) => [bottlerocket(version, ""), bottlerocket(version, "-nvidia")]),
];

/** https://docs.aws.amazon.com/eks/latest/userguide/retrieve-ami-id-bottlerocket.html */
function bottlerocket(version: string, variant: string): Family {
  const named = (architecture: Image["architecture"]): readonly [string, string] => [
    `bottlerocket-aws-k8s-${version}${variant}-${architecture}-v1.50.0-cc9d2a46`,
    `/aws/service/bottlerocket/aws-k8s-${version}${variant}/${architecture}/latest/image_id`,
  ];
  return {
    ...linux,
    ownerId: "092701018921",
    alias: "amazon",
    description: `bottlerocket-aws-k8s-${version}${variant}`,
    rootSize: 4,
    dataDevice: "/dev/xvdb",
    images: { x86_64: named("x86_64"), arm64: named("arm64") },
  };
}

function ubuntu(release: string, architecture: string): string {
  const codename = codenames[release] ?? release;
  const type = release === "24.04" ? "hvm-ssd-gp3" : "hvm-ssd";
  return `ubuntu/images/${type}/ubuntu-${codename}-${release}-${architecture}-server-20261009`;
}

/** Every image that the sandbox knows, newest first. */
export const images: readonly Image[] = families
  .flatMap(({ images: own, ...family }) =>
    Object.entries(own).map(([architecture, [name, ...parameters]]): Image => ({
      ...family,
      name,
      architecture: architecture === "arm64" ? "arm64" : "x86_64",
      parameters,
    })),
  )
  .toSorted((one, other) => other.created.localeCompare(one.created));

/** An image's id in a region. */
export function imageIdOf({ name }: Image, region: string): string {
  return `ami-0${hexOf(`${region}/${name}`, 16)}`;
}
