import type { Resources } from "../engine/model.ts";

const gibi = 2 ** 30;
const mebi = 2 ** 20;

/** An EC2 instance type: size, network interfaces and addresses on each, architecture, US dollars an hour. */
export interface InstanceType {
  readonly name: string;
  readonly cpu: number;
  readonly memoryGib: number;
  readonly interfaces: number;
  readonly addresses: number;
  readonly arch: "amd64" | "arm64";
  /** On demand, Linux, eu-west-1. */
  readonly price: number;
}

type Row = readonly [
  name: string,
  cpu: number,
  memoryGib: number,
  interfaces: number,
  addresses: number,
  price: number,
];

/**
 * Sizes, interfaces and addresses: https://docs.aws.amazon.com/ec2/latest/instancetypes/; the pods that follow from them are those of
 * misc/eni-max-pods.txt in aws/amazon-vpc-cni-k8s for every row. Prices: rounded, as known in 2025, not checked against
 * https://aws.amazon.com/ec2/pricing/on-demand/: they rank types and show what a change costs, they are no quotation.
 */
const rows: readonly Row[] = [
  ["t3.small", 2, 2, 3, 4, 0.0228],
  ["t3.medium", 2, 4, 3, 6, 0.0456],
  ["t3.large", 2, 8, 3, 12, 0.0912],
  ["t3.xlarge", 4, 16, 4, 15, 0.1824],
  ["t3.2xlarge", 8, 32, 4, 15, 0.3648],
  ["t3a.medium", 2, 4, 3, 6, 0.0408],
  ["t3a.large", 2, 8, 3, 12, 0.0816],
  ["t3a.xlarge", 4, 16, 4, 15, 0.1632],
  ["t3a.2xlarge", 8, 32, 4, 15, 0.3264],
  ["t4g.medium", 2, 4, 3, 6, 0.0368],
  ["t4g.large", 2, 8, 3, 12, 0.0736],
  ["t4g.xlarge", 4, 16, 4, 15, 0.1472],
  ["m5.large", 2, 8, 3, 10, 0.107],
  ["m5.xlarge", 4, 16, 4, 15, 0.214],
  ["m5.2xlarge", 8, 32, 4, 15, 0.428],
  ["m5.4xlarge", 16, 64, 8, 30, 0.856],
  ["m5a.large", 2, 8, 3, 10, 0.096],
  ["m5a.xlarge", 4, 16, 4, 15, 0.192],
  ["m5a.2xlarge", 8, 32, 4, 15, 0.384],
  ["m6i.large", 2, 8, 3, 10, 0.107],
  ["m6i.xlarge", 4, 16, 4, 15, 0.214],
  ["m6i.2xlarge", 8, 32, 4, 15, 0.428],
  ["m6i.4xlarge", 16, 64, 8, 30, 0.856],
  ["m6a.large", 2, 8, 3, 10, 0.0963],
  ["m6a.xlarge", 4, 16, 4, 15, 0.1926],
  ["m6a.2xlarge", 8, 32, 4, 15, 0.3852],
  ["m7i.large", 2, 8, 3, 10, 0.1124],
  ["m7i.xlarge", 4, 16, 4, 15, 0.2247],
  ["m7i.2xlarge", 8, 32, 4, 15, 0.4494],
  ["m6g.large", 2, 8, 3, 10, 0.086],
  ["m6g.xlarge", 4, 16, 4, 15, 0.172],
  ["m7g.large", 2, 8, 3, 10, 0.091],
  ["m7g.xlarge", 4, 16, 4, 15, 0.182],
  ["m7g.2xlarge", 8, 32, 4, 15, 0.364],
  ["c5.large", 2, 4, 3, 10, 0.096],
  ["c5.xlarge", 4, 8, 4, 15, 0.192],
  ["c5.2xlarge", 8, 16, 4, 15, 0.384],
  ["c6i.large", 2, 4, 3, 10, 0.0912],
  ["c6i.xlarge", 4, 8, 4, 15, 0.1824],
  ["c6i.2xlarge", 8, 16, 4, 15, 0.3648],
  ["c6a.large", 2, 4, 3, 10, 0.0821],
  ["c6a.xlarge", 4, 8, 4, 15, 0.1642],
  ["c7i.large", 2, 4, 3, 10, 0.0958],
  ["c7i.xlarge", 4, 8, 4, 15, 0.1915],
  ["c7g.large", 2, 4, 3, 10, 0.0777],
  ["c7g.xlarge", 4, 8, 4, 15, 0.1554],
  ["c7g.2xlarge", 8, 16, 4, 15, 0.3107],
  ["r5.large", 2, 16, 3, 10, 0.141],
  ["r5.xlarge", 4, 32, 4, 15, 0.282],
  ["r6i.large", 2, 16, 3, 10, 0.141],
  ["r6i.xlarge", 4, 32, 4, 15, 0.282],
  ["r7g.large", 2, 16, 3, 10, 0.1199],
  ["r7g.xlarge", 4, 32, 4, 15, 0.2398],
];

/** The instance types that are known here, by name. */
export const instanceTypes: ReadonlyMap<string, InstanceType> = new Map(
  rows.map(([name, cpu, memoryGib, interfaces, addresses, price]) => {
    const arch = /^[a-z]+\d+g/.test(name) ? ("arm64" as const) : ("amd64" as const);
    return [name, { name, cpu, memoryGib, interfaces, addresses, arch, price }];
  }),
);

/** Share of the on-demand price that a spot instance costs: our estimate, not a price. It moves by the hour: https://aws.amazon.com/ec2/spot/pricing/ */
const spotShare = 0.4;

/** US dollars an hour. */
export function priceOf(type: InstanceType, spot: boolean): number {
  return type.price * (spot ? spotShare : 1);
}

/**
 * How many pods the kubelet of an EKS AMI admits: an address each, less one per interface for itself, and two pods on the host's
 * network (`CalcMaxPods` of nodeadm in awslabs/amazon-eks-ami). With prefixes sixteen addresses a slot, cut to 110, or 250 from 30 cores:
 * https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html#determine-max-pods
 */
export function maxPods({ interfaces, addresses, cpu }: InstanceType, prefixDelegation: boolean): number {
  if (!prefixDelegation) return interfaces * (addresses - 1) + 2;
  return Math.min(interfaces * (addresses - 1) * 16 + 2, cpu < 30 ? 110 : 250);
}

/** Shares of each core that the EKS AMI keeps for the kubelet: the first, the second, the next two, all further ones. */
const reservedShares = [0.06, 0.01, 0.005, 0.005];

/**
 * What pods may request of a node. Off go: 7.5 % of the memory for the machine itself (Karpenter's `vmMemoryOverheadPercent`,
 * https://karpenter.sh/docs/reference/settings/), the kubelet's reserve of 255 MiB plus 11 MiB a pod and a share of each core, 100 MiB and
 * a tenth of the disk for eviction, 1 GiB of disk.
 * https://docs.aws.amazon.com/eks/latest/userguide/choosing-instance-type.html, nodeadm of github.com/awslabs/amazon-eks-ami.
 */
export function allocatable(type: InstanceType, diskBytes: number, prefixDelegation: boolean): Resources {
  const pods = maxPods(type, prefixDelegation);
  const cores = Array.from({ length: type.cpu }, (_, index) => reservedShares[index] ?? 0.0025);
  return {
    cpu: type.cpu - cores.reduce((sum, share) => sum + share, 0),
    memory: type.memoryGib * gibi * 0.925 - (255 + 11 * pods + 100) * mebi,
    disk: diskBytes * 0.9 - gibi,
  };
}
