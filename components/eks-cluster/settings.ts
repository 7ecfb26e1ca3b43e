import { z } from "zod";

import { logRetentionDays } from "../log-retention.ts";
import { namedRecord } from "../named-record.ts";
import { parseBlock } from "../network/cidr.ts";
import { accessSettings, checkAccess } from "./access.ts";
import { checkNodeGroups, nodeGroupSettings } from "./node-group-settings.ts";
import { checkNodeScaling, nodeScalingFields } from "./node-scaling-settings.ts";

/** Wider blocks are the internet, or more than any network of one's own, and no allow-list. */
const widestPrefix = { public: 16, internal: 8 } as const;

const endpointSettings = z
  .strictObject({
    access: z
      .enum(["private", "privateAndPublic"])
      .describe(
        "where the Kubernetes API answers: inside the VPC only, or also to the addresses listed beside",
      ),
    allowedCidrs: z
      .array(z.string())
      .default([])
      .describe("who may reach the public endpoint: blocks of a VPN or an office, /16 at the widest"),
    internalCidrs: z
      .array(z.string())
      .default([])
      .describe(
        "who else may reach the private endpoint: blocks in the VPC or connected to it, such as those of a VPN and of build runners. Without any only nodes and pods do",
      ),
  })
  .superRefine(({ access, allowedCidrs, internalCidrs }, context) => {
    const refuse = (path: (string | number)[], message: string): void => {
      context.addIssue({ code: "custom", path, message });
    };
    if (access === "privateAndPublic" && allowedCidrs.length === 0) {
      refuse(
        ["allowedCidrs"],
        "allowedCidrs must name at least one block, got none: a public endpoint is never open to all",
      );
    }
    if (access === "private" && allowedCidrs.length > 0) {
      refuse(
        ["allowedCidrs"],
        "allowedCidrs must be empty with access private: nobody outside the VPC reaches it",
      );
    }
    for (const { key, cidrs, widest } of [
      { key: "allowedCidrs", cidrs: allowedCidrs, widest: widestPrefix.public },
      { key: "internalCidrs", cidrs: internalCidrs, widest: widestPrefix.internal },
    ]) {
      for (const [index, cidr] of cidrs.entries()) {
        const rule = findBlockRule(cidr, cidrs.slice(0, index), widest);
        if (rule !== undefined) refuse([key, index], `${key} ${rule}`);
      }
    }
  });

/** What is wrong with one block of a list, given those before it. */
function findBlockRule(cidr: string, earlier: readonly string[], widest: number): string | undefined {
  const block = parseBlock(cidr);
  if (block === undefined)
    return `must be the first address of a block and its size, such as 10.1.0.0/16, got ${cidr}`;
  if (block.prefix < widest)
    return `must be /${widest} or narrower, got ${cidr}: list the addresses of your VPN or office`;
  return earlier.includes(cidr) ? `must name a block once, got ${cidr} again` : undefined;
}

/** Operations a gp3 volume must have for each MiB/s (Amazon EBS user guide, "General Purpose SSD volumes": 0.25 MiB/s each at most). */
const operationsPerMiBps = 4;

const storageSettings = z
  .strictObject({
    iops: z
      .int()
      .min(3000, { abort: true })
      .max(80000)
      .default(3000)
      .describe(
        "operations per second of a gp3 volume; 3000 are in the price, more cost about $0.005 each a month. For volumes made from then on",
      ),
    throughputMiBps: z
      .int()
      .min(125)
      .max(2000)
      .default(125)
      .describe(
        "MiB/s of a gp3 volume; 125 are in the price, more cost about $0.04 each a month. For volumes made from then on",
      ),
  })
  .superRefine(({ iops, throughputMiBps }, context) => {
    const least = throughputMiBps * operationsPerMiBps;
    if (iops >= least) return;
    context.addIssue({
      code: "custom",
      path: ["iops"],
      message: `iops must be at least ${least} with throughputMiBps ${throughputMiBps}, got ${iops}: gp3 gives 0.25 MiB/s for each`,
    });
  });

/** The EKS cluster of a stack: who reaches and administers it, its nodes, and the controllers that run on it. */
export const eksClusterSettings = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, "name must be letters, digits, - and _, at most 100")
      .describe("the cluster's name in AWS. A change replaces the cluster and everything in it"),
    endpoint: endpointSettings.describe("where the Kubernetes API answers, and to whom"),
    access: accessSettings.describe(
      "who may use the cluster, by a name of yours; the principal that deploys must be an admin of all namespaces",
    ),
    logRetentionDays: logRetentionDays.describe(
      "how long the five control-plane logs are kept. Audit logs are most of it: about $0.57 a GB read in",
    ),
    deletionProtection: z
      .boolean()
      .describe("whether AWS refuses to delete the cluster until this is turned off"),
    nodeGroups: namedRecord(
      /^[a-z][a-z0-9-]{0,35}$/,
      // EKS takes 63 characters, of which the provider needs 27 to tell one group from its successor.
      "a node group's name must be lower case, digits and -, at most 36",
      nodeGroupSettings,
    )
      .superRefine(checkNodeGroups)
      .describe("groups of alike nodes, by a name of yours"),
    ...nodeScalingFields,
    storage: storageSettings.prefault({}).describe("speed of the volumes that pods ask for"),
    controllerReplicas: z
      .int()
      .min(1)
      .max(3)
      .describe(
        "copies of each controller. From two on they survive a node: the spare takes over by leader election",
      ),
    readableSecrets: z
      .array(
        z.string().regex(/^[A-Za-z0-9/_+=.@!-]+\*?$/, "a secret's name may end in * but not be only that"),
      )
      .default([])
      .describe(
        "names of the Secrets Manager secrets that may be brought into the cluster, * at the end for a prefix",
      ),
  })
  .superRefine(checkAccess)
  .superRefine(checkNodeScaling);

/** Settings of {@link EksCluster}, as the stack's YAML has them after defaults. */
export type EksClusterSettings = Readonly<z.infer<typeof eksClusterSettings>>;
