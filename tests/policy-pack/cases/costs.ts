import { tags, UNKNOWN } from "../fixtures/values.ts";
import type { CaseBook } from "./case.ts";

const bases = "db.t4g.*, db.m*g.*, db.r*g.*";
const nodes = "cache.t4g.*, cache.m*g.*, cache.r*g.*";
const machines = "t3.*, t3a.*, t4g.*, m*.*, c*.*, r*.*";
const choose = (what: string, size: string, sizes: string): string =>
  `${what} is ${size}: choose one of ${sizes} in this stack.`;
const disk = "set gp3, which is cheaper and as fast.";
const unset = `not set, and AWS's default is gp2: ${disk}`;

/** What the policies on costs and tags make of single resources. */
export const costs: CaseBook = {
  "tags-valid-values": {
    "aws:ec2/vpc:Vpc": [
      {
        when: "the environment is another one",
        patch: { tags: { ...tags, Environment: "production" } },
        finds: "tag Environment is production: set prod.",
      },
      {
        when: "the classification is not one of the list",
        patch: { tags: { ...tags, DataClassification: "secret" } },
        finds: "tag DataClassification is secret: set one of public, internal, confidential, restricted.",
      },
      {
        when: "the owner is nobody in particular",
        patch: { tags: { ...tags, Owner: "The Team" } },
        finds: "tag Owner is The Team: set a team's short name or an address.",
      },
      { when: "the owner is an address", patch: { tags: { ...tags, Owner: "ops@example.com" } } },
      { when: "the tags are not known yet", patch: { tags: UNKNOWN }, defers: true },
    ],
  },
  "cost-instance-allow-list": {
    "aws:rds/instance:Instance": [
      {
        when: "the class is not one of the list",
        patch: { instanceClass: "db.x2g.large" },
        finds: choose("instanceClass", "db.x2g.large", bases),
      },
      {
        when: "dev has a class of prod",
        patch: { instanceClass: "db.r7g.large" },
        stack: "dev",
        finds: choose("instanceClass", "db.r7g.large", "db.t4g.*"),
      },
      { when: "the class is not known yet", patch: { instanceClass: UNKNOWN }, defers: true },
    ],
    "aws:rds/clusterInstance:ClusterInstance": [
      {
        when: "the class is not one of the list",
        patch: { instanceClass: "db.r6i.large" },
        finds: choose("instanceClass", "db.r6i.large", bases),
      },
    ],
    "aws:elasticache/replicationGroup:ReplicationGroup": [
      {
        when: "the type is not one of the list",
        patch: { nodeType: "cache.c7gn.large" },
        finds: choose("nodeType", "cache.c7gn.large", nodes),
      },
    ],
    "aws:elasticache/cluster:Cluster": [
      {
        when: "the type is not one of the list",
        patch: { nodeType: "cache.c7gn.large" },
        finds: choose("nodeType", "cache.c7gn.large", nodes),
      },
    ],
    "aws:eks/nodeGroup:NodeGroup": [
      {
        when: "one of its types is not of the list",
        patch: { instanceTypes: ["m7g.large", "p5.48xlarge"] },
        finds: choose("instanceTypes", "p5.48xlarge", machines),
      },
      {
        when: "it may grow without end",
        patch: { scalingConfig: { minSize: 1, desiredSize: 1, maxSize: 100 } },
        finds: "scalingConfig.maxSize is 100: let a group grow to 30 nodes at most in this stack.",
      },
    ],
    "aws:ec2/instance:Instance": [
      {
        when: "the type is not one of the list",
        patch: { instanceType: "x2gd.large" },
        finds: choose("instanceType", "x2gd.large", machines),
      },
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      {
        when: "the type is not one of the list",
        patch: { instanceType: "x2gd.large" },
        finds: choose("instanceType", "x2gd.large", machines),
      },
      { when: "the group says the type", patch: { instanceType: undefined } },
    ],
  },
  "cost-gp3-storage": {
    "aws:rds/instance:Instance": [
      { when: "nothing is said", patch: { storageType: undefined }, finds: `storageType is ${unset}` },
      { when: "operations are bought", patch: { storageType: "io2" }, finds: `storageType is io2: ${disk}` },
      { when: "it has no disk of its own", patch: { engine: "aurora-postgresql", storageType: undefined } },
    ],
    "aws:ebs/volume:Volume": [
      { when: "nothing is said", patch: { type: undefined }, finds: `type is ${unset}` },
      { when: "the type is not known yet", patch: { type: UNKNOWN }, defers: true },
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      {
        when: "one of its disks is gp2",
        patch: {
          blockDeviceMappings: [
            { deviceName: "/dev/xvda", ebs: { volumeType: "gp2" } },
            { deviceName: "/dev/xvdb", ebs: { volumeType: "gp3" } },
            { deviceName: "/dev/xvdc", virtualName: "ephemeral0" },
          ],
        },
        finds: `volumeType of /dev/xvda is gp2: ${disk}`,
      },
    ],
    "aws:ec2/instance:Instance": [
      {
        when: "its disks have no type",
        patch: { rootBlockDevice: {}, ebsBlockDevices: [{ deviceName: "/dev/xvdb" }] },
        finds: [`rootBlockDevice.volumeType is ${unset}`, `volumeType of /dev/xvdb is ${unset}`],
      },
    ],
  },
};
