import { expect } from "chai";

import { eksClusterSettings } from "../../../components/eks-cluster/settings.ts";
import { clusterSettings, nodeGroup } from "./cluster.ts";

/** Every problem found, each as `path: message`. */
function problems(change: Readonly<Record<string, unknown>>): string[] {
  const parsed = eksClusterSettings.safeParse({ ...clusterSettings, ...change });
  return (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

const group = (change: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  nodeGroups: { main: nodeGroup, extra: { ...nodeGroup, ...change } },
});

const entry = (change: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  access: {
    ...clusterSettings.access,
    team: { principalArn: "arn:aws:iam::111111111111:role/team", policy: "view", ...change },
  },
});

const refusals: Readonly<Record<string, readonly [object, ...string[]]>> = {
  "a name with a dot": [{ name: "ground.work" }, "name: name must be letters, digits, - and _, at most 100"],
  "a name of 101 characters": [
    { name: "a".repeat(101) },
    "name: name must be letters, digits, - and _, at most 100",
  ],
  "a public endpoint that anyone may reach": [
    { endpoint: { access: "privateAndPublic" } },
    "endpoint.allowedCidrs: allowedCidrs must name at least one block, got none: a public endpoint is never open to all",
  ],
  "the whole internet as an allow-list": [
    { endpoint: { access: "privateAndPublic", allowedCidrs: ["0.0.0.0/0"] } },
    "endpoint.allowedCidrs.0: allowedCidrs must be /16 or narrower, got 0.0.0.0/0: list the addresses of your VPN or office",
  ],
  "the whole internet in two halves": [
    { endpoint: { access: "privateAndPublic", allowedCidrs: ["0.0.0.0/1", "128.0.0.0/1"] } },
    "endpoint.allowedCidrs.0: allowedCidrs must be /16 or narrower, got 0.0.0.0/1: list the addresses of your VPN or office",
    "endpoint.allowedCidrs.1: allowedCidrs must be /16 or narrower, got 128.0.0.0/1: list the addresses of your VPN or office",
  ],
  "an allow-list nobody would ask": [
    { endpoint: { access: "private", allowedCidrs: ["203.0.113.0/24"] } },
    "endpoint.allowedCidrs: allowedCidrs must be empty with access private: nobody outside the VPC reaches it",
  ],
  "half the internet inside the network": [
    { endpoint: { access: "private", internalCidrs: ["10.0.0.0/8", "0.0.0.0/1"] } },
    "endpoint.internalCidrs.1: internalCidrs must be /8 or narrower, got 0.0.0.0/1: list the addresses of your VPN or office",
  ],
  "a block inside the network that does not begin where it says": [
    { endpoint: { access: "private", internalCidrs: ["10.1.0.1/16"] } },
    "endpoint.internalCidrs.0: internalCidrs must be the first address of a block and its size, such as 10.1.0.0/16, got 10.1.0.1/16",
  ],
  "one block twice": [
    { endpoint: { access: "private", internalCidrs: ["10.1.0.0/16", "10.2.0.0/16", "10.1.0.0/16"] } },
    "endpoint.internalCidrs.2: internalCidrs must name a block once, got 10.1.0.0/16 again",
  ],
  "a block that is none": [
    { endpoint: { access: "privateAndPublic", allowedCidrs: ["203.0.113.0/33"] } },
    "endpoint.allowedCidrs.0: allowedCidrs must be the first address of a block and its size, such as 10.1.0.0/16, got 203.0.113.0/33",
  ],
  "a public endpoint alone": [
    { endpoint: { access: "public" } },
    'endpoint.access: Invalid option: expected one of "private"|"privateAndPublic"',
  ],
  "a cluster without an administrator": [
    { access: {} },
    "access: access must name one principal with policy admin and no namespaces: nobody could administer the cluster",
  ],
  "an administrator of one namespace only": [
    { access: { admins: { ...clusterSettings.access.admins, namespaces: ["apps"] } } },
    "access: access must name one principal with policy admin and no namespaces: nobody could administer the cluster",
  ],
  "one principal twice": [
    entry({ principalArn: clusterSettings.access.admins.principalArn }),
    "access.team.principalArn: principalArn must differ from that of admins, got arn:aws:iam::111111111111:role/platform-admin: EKS keeps one entry per principal",
  ],
  "a session instead of a role": [
    entry({ principalArn: "arn:aws:sts::111111111111:assumed-role/team/me" }),
    "access.team.principalArn: principalArn must be the ARN of an IAM role or user, not of a session",
  ],
  "an access entry's name in capitals": [
    { access: { Admins: clusterSettings.access.admins } },
    "access.Admins: an access entry's name must be lower case, digits and -",
  ],
  "a node group's name with a dot": [
    { nodeGroups: { "main.a": nodeGroup } },
    "nodeGroups.main.a: a node group's name must be lower case, digits and -, at most 36",
  ],
  "a label that Kubernetes refuses": [
    group({ labels: { "-pool": "a" } }),
    "nodeGroups.extra.labels.-pool: a label's name must be a Kubernetes label name",
  ],
  "labels that the platform sets itself": [
    group({ labels: { "node-group": "other", "platform/capacity": "spot", tier: "batch" } }),
    "nodeGroups.extra.labels.node-group: must have another name, got node-group: the platform sets that one itself",
    "nodeGroups.extra.labels.platform/capacity: must have another name, got platform/capacity: the platform sets that one itself",
  ],
  "labels in the domains that EKS keeps": [
    group({ labels: { "node-role.kubernetes.io/batch": "a", "eks.amazonaws.com/pool": "b" } }),
    "nodeGroups.extra.labels.node-role.kubernetes.io/batch: must not be in a domain of Kubernetes, EKS or Karpenter, got node-role.kubernetes.io/batch: nodes are refused with it",
    "nodeGroups.extra.labels.eks.amazonaws.com/pool: must not be in a domain of Kubernetes, EKS or Karpenter, got eks.amazonaws.com/pool: nodes are refused with it",
  ],
  "an unknown access policy": [
    entry({ policy: "root" }),
    'access.team.policy: Invalid option: expected one of "admin"|"edit"|"view"',
  ],
  "a retention CloudWatch does not know": [
    { logRetentionDays: 31 },
    "logRetentionDays: Invalid option: expected one of 1|3|5|7|14|30|60|90|120|150|180|365|400|545|731|1096|1827|2192|2557|2922|3288|3653",
  ],
  "no nodes at all": [
    { nodeGroups: {} },
    "nodeGroups: nodeGroups must hold one group with capacity onDemand, size.min above 0 and no taints: CoreDNS and the controllers run there",
  ],
  "spot nodes only": [
    {
      nodeGroups: {
        main: { ...nodeGroup, capacity: "spot", instanceTypes: ["t3.large", "t3a.large"] },
      },
    },
    "nodeGroups: nodeGroups must hold one group with capacity onDemand, size.min above 0 and no taints: CoreDNS and the controllers run there",
  ],
  "tainted nodes only": [
    { nodeGroups: { main: { ...nodeGroup, taints: [{ key: "dedicated", effect: "NoSchedule" }] } } },
    "nodeGroups: nodeGroups must hold one group with capacity onDemand, size.min above 0 and no taints: CoreDNS and the controllers run there",
  ],
  "fewer nodes at most than at least": [
    group({ size: { min: 3, desired: 2, max: 2 } }),
    "nodeGroups.extra.size.min: min must not exceed max 2, got 3",
  ],
  "more nodes desired than allowed": [
    group({ size: { min: 1, desired: 5, max: 4 } }),
    "nodeGroups.extra.size.desired: desired must lie between min 1 and max 4, got 5",
  ],
  "fewer nodes desired than needed": [
    group({ size: { min: 2, desired: 1, max: 4 } }),
    "nodeGroups.extra.size.desired: desired must lie between min 2 and max 4, got 1",
  ],
  "a group that can never have a node": [
    group({ size: { min: 0, desired: 0, max: 0 } }),
    "nodeGroups.extra.size.max: Too small: expected number to be >=1",
  ],
  "spot nodes of one type": [
    group({ capacity: "spot" }),
    "nodeGroups.extra.instanceTypes: instanceTypes must be two or more with capacity spot, got t3.large: AWS takes back a type at a time",
  ],
  "a word for an instance type": [
    group({ instanceTypes: ["large"] }),
    "nodeGroups.extra.instanceTypes.0: an instance type looks like t3.large",
  ],
  "two architectures in one group": [
    group({ instanceTypes: ["m7i.large", "m7g.large"] }),
    "nodeGroups.extra.instanceTypes: instanceTypes must share one architecture, got m7i.large, m7g.large: one group runs one image",
  ],
  "the same instance type twice": [
    group({ instanceTypes: ["t3.large", "t3.large"] }),
    "nodeGroups.extra.instanceTypes: instanceTypes must not repeat, got t3.large, t3.large",
  ],
  "a disk too small for the images": [
    group({ diskGb: 8 }),
    "nodeGroups.extra.diskGb: Too small: expected number to be >=20",
  ],
  "an effect spelt as AWS does": [
    group({ taints: [{ key: "dedicated", effect: "NO_SCHEDULE" }] }),
    'nodeGroups.extra.taints.0.effect: Invalid option: expected one of "NoSchedule"|"PreferNoSchedule"|"NoExecute"',
  ],
  "a misspelt setting of a group": [
    group({ instanceType: "t3.large" }),
    'nodeGroups.extra: Unrecognized key: "instanceType"',
  ],
  "volumes slower than gp3 is": [
    { storage: { iops: 100 } },
    "storage.iops: Too small: expected number to be >=3000",
  ],
  "more throughput than operations carry": [
    { storage: { iops: 3000, throughputMiBps: 800 } },
    "storage.iops: iops must be at least 3200 with throughputMiBps 800, got 3000: gp3 gives 0.25 MiB/s for each",
  ],
  "no controllers": [{ controllerReplicas: 0 }, "controllerReplicas: Too small: expected number to be >=1"],
  "an access entry that may do nothing": [
    entry({ policy: undefined }),
    "access.team.policy: policy or groups must be set, got neither: it could log in and do nothing",
  ],
  "namespaces of a group's rights": [
    entry({ policy: undefined, groups: ["shop-team"], namespaces: ["apps"] }),
    "access.team.namespaces: namespaces must be left out without policy: a group's rights name their namespaces themselves",
  ],
  "a group of Kubernetes' own": [
    entry({ groups: ["system:masters"] }),
    "access.team.groups.0: a group is lower case, digits and -, and not Kubernetes' own",
  ],
  "priorities that nobody reads": [
    { nodeScaling: "karpenter", expander: "priority" },
    "expander: expander must be left out with nodeScaling karpenter, got priority: Karpenter reads the groups' priority by itself",
  ],
  "more copies of Karpenter than nodes it may run on": [
    { nodeScaling: "karpenter", controllerReplicas: 2 },
    "controllerReplicas: controllerReplicas must not exceed 1, the sum of size.min of groups without taints, with nodeScaling karpenter, got 2: each copy of Karpenter wants a node of its own, and none that it made",
  ],
  "a name too long for Karpenter's queue": [
    { nodeScaling: "karpenter", name: "a".repeat(67) },
    "name: name must have at most 66 characters with nodeScaling karpenter, got 67: its queue is named after it",
  ],
  "a node group's name too long for EKS": [
    { nodeGroups: { main: nodeGroup, ["a".repeat(37)]: nodeGroup } },
    `nodeGroups.${"a".repeat(37)}: a node group's name must be lower case, digits and -, at most 36`,
  ],
  "bare metal for Karpenter": [
    { ...group({ instanceTypes: ["m7i.metal-24xl"] }), nodeScaling: "karpenter" },
    "nodeGroups.extra.instanceTypes: instanceTypes must not be bare metal with nodeScaling karpenter, got m7i.metal-24xl: its pools are limited by CPU, which such a name does not tell",
  ],
  "every secret of the account": [
    { readableSecrets: ["*"] },
    "readableSecrets.0: a secret's name may end in * but not be only that",
  ],
};

describe("settings of the cluster", () => {
  it("accepts the smallest valid settings", () => {
    expect(problems({})).to.deep.equal([]);
  });

  it("accepts a public endpoint with an allow-list", () => {
    const endpoint = { access: "privateAndPublic", allowedCidrs: ["203.0.113.0/24"] };
    expect(problems({ endpoint })).to.deep.equal([]);
  });

  it("accepts as much throughput as operations carry", () => {
    expect(problems({ storage: { iops: 3200, throughputMiBps: 800 } })).to.deep.equal([]);
  });

  it("accepts spot nodes of several types beside the on-demand ones", () => {
    expect(problems(group({ capacity: "spot", instanceTypes: ["t3.large", "t3a.large"] }))).to.deep.equal([]);
  });

  for (const [what, [change, ...messages]] of Object.entries(refusals)) {
    it(`refuses ${what}`, () => {
      expect(problems({ ...change })).to.deep.equal(messages);
    });
  }
});
