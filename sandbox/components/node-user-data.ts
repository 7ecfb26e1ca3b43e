import { stringify } from "yaml";
import type { Properties } from "../model.ts";
import { isRecord, list, text } from "../values.ts";
import { ComponentError, isSaid } from "./arguments.ts";
import { systemFor } from "./node-images.ts";
import { writeSettings } from "./node-settings.ts";
import { kubeletFlags } from "./node-start.ts";
import type { Joined, NodeGroupKind, Start } from "./node-start.ts";
import { at, derive } from "./plan.ts";

/** What a program may say of it. */
const options = [
  "bootstrapExtraArgs",
  "bottlerocketSettings",
  "kubeletExtraArgs",
  "labels",
  "nodeUserData",
  "nodeUserDataOverride",
  "nodeadmExtraOptions",
  "taints",
] as const;

/** The cluster that nodes join, and how they start. */
export interface UserDataRequest {
  readonly kind: NodeGroupKind;
  readonly cluster: unknown;
  readonly clusterName?: unknown;
  readonly stackName: unknown;
  readonly region?: unknown;
  readonly args: Properties;
}

/** Makes a node: the user data of a node group's machines, as text. */
export function userDataOf({
  kind,
  cluster,
  clusterName,
  stackName,
  region,
  args,
}: UserDataRequest): unknown {
  const network = at(cluster, "kubernetesNetworkConfig");
  const about = {
    name: clusterName ?? at(cluster, "name"),
    apiServerEndpoint: at(cluster, "endpoint"),
    certificateAuthority: at(cluster, "certificateAuthority.data"),
    network,
  };
  const said = Object.fromEntries(options.map((option) => [option, args[option]]));
  return derive([systemFor(args), about, said, stackName, region], (system, joined, start, stack, place) =>
    writeUserData(String(system), clusterIn(joined), {
      ...(isRecord(start) ? start : {}),
      kind,
      stackName: String(stack),
      region: String(place),
    }),
  );
}

function clusterIn(about: unknown): Joined {
  const { name, apiServerEndpoint, certificateAuthority, network } = isRecord(about) ? about : {};
  const { ipFamily, serviceIpv4Cidr, serviceIpv6Cidr } = isRecord(network) ? network : {};
  return {
    name: String(name),
    apiServerEndpoint: String(apiServerEndpoint),
    certificateAuthority: String(certificateAuthority),
    cidr: text(ipFamily === "ipv6" ? serviceIpv6Cidr : serviceIpv4Cidr) ?? "",
  };
}

const writers: Readonly<Record<string, (cluster: Joined, start: Start) => string>> = {
  AL2: writeScript,
  AL2023: writeNodeConfig,
  Bottlerocket: writeSettings,
};

function writeUserData(system: string, cluster: Joined, start: Start): string {
  const own = text(start.nodeUserDataOverride);
  return own === undefined || own === "" ? (writers[system]?.(cluster, start) ?? "") : own;
}

function refuseSettings(start: Start, what: string): void {
  if (start.kind === "self-managed-v1" || start.bottlerocketSettings === undefined) return;
  throw new ComponentError(
    `The 'bottlerocketSettings' argument is not supported for ${what} based user data.`,
  );
}

/** https://github.com/awslabs/amazon-eks-ami/blob/main/templates/al2/runtime/bootstrap.sh */
function writeScript(cluster: Joined, start: Start): string {
  refuseSettings(start, "Linux");
  const flags = kubeletFlags(start);
  const quoted = flags.length > 1 ? `'${flags.join(" ")}'` : flags.join("");
  const extra = [
    ...(isSaid(start.bootstrapExtraArgs) ? [String(start.bootstrapExtraArgs)] : []),
    ...(flags.length > 0 ? [`--kubelet-extra-args ${quoted}`] : []),
  ].map((part) => ` ${part}`);
  const base = `#!/bin/bash\n\n/etc/eks/bootstrap.sh --apiserver-endpoint "${cluster.apiServerEndpoint}" --b64-cluster-ca "${cluster.certificateAuthority}" "${cluster.name}"${extra.join("")}`;
  if (start.kind === "managed") {
    const type = 'Content-Type: text/x-shellscript; charset="us-ascii"';
    return `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="==MYBOUNDARY=="\n\n--==MYBOUNDARY==\n${type}\n\n${base}\n\n--==MYBOUNDARY==--`;
  }
  const end = `${start.stackName}-user-data`;
  const own = isSaid(start.nodeUserData)
    ? `cat >/opt/user-data <<${end}\n${String(start.nodeUserData)}\n${end}\nchmod +x /opt/user-data\n/opt/user-data\n`
    : "";
  return `${base}\n${own}\n${start.kind === "self-managed-v1" ? `${signalFor(start)}\n` : ""}`;
}

function signalFor({ stackName, region }: Start): string {
  return `/opt/aws/bin/cfn-signal --exit-code $? --stack ${stackName} --resource NodeGroup --region ${region}`;
}

interface Part {
  readonly contentType: string;
  readonly content: string;
}

const script = 'text/x-shellscript; charset="us-ascii"';

/** How Amazon Linux 2023 is told its cluster: https://awslabs.github.io/amazon-eks-ami/nodeadm/ */
function writeNodeConfig(cluster: Joined, start: Start): string {
  refuseSettings(start, "nodeadm");
  if (isSaid(start.bootstrapExtraArgs)) {
    throw new ComponentError(
      "The 'bootstrapExtraArgs' argument is not supported for nodeadm based user data.",
    );
  }
  const flags = kubeletFlags(start);
  const selfManaged = start.kind !== "managed";
  const parts: readonly Part[] = [
    nodeConfig({ cluster }),
    ...(flags.length > 0 ? [nodeConfig({ kubelet: { flags } })] : []),
    ...list(start.nodeadmExtraOptions).filter(isRecord).map(partOf),
    ...(selfManaged && isSaid(start.nodeUserData)
      ? [{ contentType: script, content: String(start.nodeUserData) }]
      : []),
    ...(start.kind === "self-managed-v1"
      ? [{ contentType: script, content: `#!/bin/bash\n\n${signalFor(start)}\n` }]
      : []),
  ];
  const written = parts.map(
    ({ contentType, content }) => `--BOUNDARY\nContent-Type: ${contentType}\n\n${content}\n`,
  );
  return `MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="BOUNDARY"\n\n${written.join("")}--BOUNDARY--\n`;
}

function nodeConfig(spec: Properties): Part {
  const node = { apiVersion: "node.eks.aws/v1alpha1", kind: "NodeConfig", spec };
  return { contentType: "application/node.eks.aws", content: `---\n${stringify(node)}` };
}

function partOf({ contentType, content }: Properties): Part {
  return { contentType: String(contentType), content: String(content) };
}
