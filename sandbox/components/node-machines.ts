import type { Properties } from "../model.ts";
import { ask, at, derive, keyOf, ref } from "./plan.ts";
import type { Child } from "./plan.ts";

/** What a program may say of the machines of default nodes. */
export const machineArguments = ["nodePublicKey", "nodeRootVolumeEncrypted", "nodeRootVolumeSize"] as const;

/** The key pair that lets its owner in over SSH, where the program gives a public key. */
export function keyPairOf(name: string, { nodePublicKey }: Properties): Child | undefined {
  if (nodePublicKey === undefined) return undefined;
  return { type: "aws:ec2/keyPair:KeyPair", name: `${name}-keyPair`, inputs: { publicKey: nodePublicKey } };
}

/** What the launch template says of key and disk; the disk is the image's own unless the program says more of it. */
export function machineOf(name: string, args: Properties, imageId: unknown): Properties {
  const { nodeRootVolumeEncrypted: encrypted, nodeRootVolumeSize: volumeSize } = args;
  const key = keyPairOf(name, args);
  const ebs = {
    encrypted: encrypted === undefined ? undefined : derive([encrypted], String),
    volumeSize,
  };
  const isGiven = Object.values(ebs).some((value) => value !== undefined);
  return {
    keyName: key && ref(keyOf(key), "keyName"),
    blockDeviceMappings: isGiven ? [{ deviceName: rootDeviceOf(imageId), ebs }] : undefined,
  };
}

function rootDeviceOf(imageId: unknown): unknown {
  const filters = [{ name: "image-id", values: [imageId] }];
  return at(ask("aws:ec2/getAmi:getAmi", { includeDeprecated: true, filters }), "rootDeviceName");
}
