import type { Properties } from "../model.ts";
import { isRecord, list } from "../values.ts";
import { ComponentError, shape } from "./arguments.ts";
import { recommendedImage, systemFor } from "./node-images.ts";
import { userDataOf } from "./node-user-data.ts";
import { at, derive } from "./plan.ts";
import type { Child } from "./plan.ts";

/** What changes how a node starts. */
export const startArguments = [
  "bootstrapExtraArgs",
  "kubeletExtraArgs",
  "bottlerocketSettings",
  "nodeadmExtraOptions",
] as const;

/** What only a launch template can say. */
export const templateArguments = [
  ...startArguments,
  "enableIMDSv2",
  "userData",
  "amiId",
  "enableEfaSupport",
] as const;

/** True where nodes start otherwise than EKS starts them: then its own image and version are not asked for. */
export function startsOtherwise(args: Properties): boolean {
  return [...startArguments, "userData", "amiId"].some((argument) => args[argument] !== undefined);
}

/** The launch template that a managed node group has for arguments which only a template can say. */
export function managedNodeTemplate(name: string, args: Properties, cluster: unknown): Child {
  const userData = startsOtherwise(args) ? encoded(name, args, cluster) : undefined;
  return {
    type: "aws:ec2/launchTemplate:LaunchTemplate",
    name: `${name}-launchTemplate`,
    inputs: {
      blockDeviceMappings: isSet(args.diskSize)
        ? [{ deviceName: dataDevice(args), ebs: { volumeSize: args.diskSize } }]
        : undefined,
      userData,
      metadataOptions: metadataOptions(args),
      imageId:
        userData === undefined
          ? undefined
          : (args.amiId ?? recommendedImage(args, args.version ?? at(cluster, "version"))),
    },
  };
}

function isSet(value: unknown): boolean {
  return value !== undefined && shape(value) !== 0;
}

function encoded(name: string, args: Properties, cluster: unknown): unknown {
  const start = { ...args, taints: taintsOf(args), nodeUserDataOverride: args.userData };
  const { clusterName } = args;
  const text = userDataOf({ kind: "managed", cluster, clusterName, stackName: name, args: start });
  return derive([text], (known) => Buffer.from(String(known)).toString("base64"));
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_Taint.html, and how the kubelet says the same */
const effects: Readonly<Record<string, string>> = {
  NO_SCHEDULE: "NoSchedule",
  NO_EXECUTE: "NoExecute",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
};

function taintsOf({ taints }: Properties): unknown {
  if (taints === undefined) return undefined;
  return derive([taints], (known) =>
    Object.fromEntries(
      list(known)
        .filter(isRecord)
        .map(({ key, value, effect }) => [String(key), { value, effect: effectNamed(String(effect)) }]),
    ),
  );
}

function effectNamed(effect: string): string {
  const found = effects[effect];
  if (found !== undefined) return found;
  const reason = `Invalid taint effect: ${effect}. Must be one of ${Object.keys(effects).join(", ")}.`;
  throw new ComponentError(reason, [{ path: "taints", reason }]);
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html */
function metadataOptions({ enableIMDSv2 }: Properties): Properties | undefined {
  if (enableIMDSv2 === undefined) return undefined;
  const httpTokens = shape(enableIMDSv2) === true ? "required" : "optional";
  return { httpTokens, httpPutResponseHopLimit: 2, httpEndpoint: "enabled" };
}

/** Bottlerocket keeps what pods write on a second disk. */
function dataDevice(args: Properties): unknown {
  return derive([systemFor(args)], (system) => (system === "Bottlerocket" ? "/dev/xvdb" : "/dev/xvda"));
}
