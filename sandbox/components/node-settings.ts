import { cidrOf } from "../aws/cidr.ts";
import type { Properties } from "../model.ts";
import { isRecord } from "../values.ts";
import { ComponentError, isSaid, sorted } from "./arguments.ts";
import { parseBlock } from "./blocks.ts";
import { taintsIn } from "./node-start.ts";
import type { Joined, Start } from "./node-start.ts";
import { toml } from "./toml.ts";

/** How Bottlerocket is told its cluster: https://bottlerocket.dev/en/os/latest/#/api/settings/kubernetes/ */
export function writeSettings(cluster: Joined, start: Start): string {
  refuseScripts(start);
  const own = recordOf(start.bottlerocketSettings);
  const settings = recordOf(own.settings);
  const kubernetes = { ...kubernetesSettings(cluster, start), ...recordOf(settings.kubernetes) };
  const cloudformation = { ...signalSettings(start), ...recordOf(settings.cloudformation) };
  const signal = start.kind === "self-managed-v1" ? { cloudformation } : {};
  return toml(recordOf(sorted({ ...own, settings: { ...settings, ...signal, kubernetes } })));
}

function recordOf(value: unknown): Properties {
  return isRecord(value) ? value : {};
}

function kubernetesSettings(cluster: Joined, { labels, taints }: Start): Properties {
  const repelling = taintsIn(taints).map(([key, value, effect]) => [key, `${value}:${effect}`] as const);
  return {
    "cluster-name": cluster.name,
    "api-server": cluster.apiServerEndpoint,
    "cluster-certificate": cluster.certificateAuthority,
    "cluster-dns-ip": dnsAddressIn(cluster.cidr),
    ...(isRecord(labels) ? { "node-labels": labels } : {}),
    ...(repelling.length > 0 ? { "node-taints": Object.fromEntries(repelling) } : {}),
  };
}

/** The stack is told when the node is ready. */
function signalSettings({ stackName }: Start): Properties {
  return { "should-signal": true, "stack-name": stackName, "logical-resource-id": "NodeGroup" };
}

/** It runs no scripts. */
function refuseScripts({ kind, ...start }: Start): void {
  const unsupported = ["bootstrapExtraArgs", "kubeletExtraArgs"].find((argument) => isSaid(start[argument]));
  if (unsupported !== undefined)
    throw new ComponentError(`The '${unsupported}' argument is not supported with Bottlerocket.`);
  if (kind === "managed" || !isSaid(start.nodeUserData)) return;
  throw new ComponentError(
    "Bottlerocket does not support running scripts as part of the user data. If you need to run scripts, please use a different OS.",
  );
}

/** The tenth address of the block is that of the cluster's DNS: https://docs.aws.amazon.com/eks/latest/userguide/managing-coredns.html */
function dnsAddressIn(cidr: string): string {
  if (cidr.includes(":")) return cidr.replace(/\/\d+$/, "a");
  return cidrOf({ first: parseBlock(cidr).first + 10, prefix: 32 }).replace("/32", "");
}
