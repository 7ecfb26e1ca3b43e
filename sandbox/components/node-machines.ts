import type { Properties } from "../model.ts";
import { UNKNOWN, isRecord, list } from "../values.ts";
import { counts, shapeOfText } from "./arguments.ts";
import { systemFor } from "./node-images.ts";
import { ask, derive, keyOf, ref } from "./plan.ts";
import type { Child } from "./plan.ts";

/** The key pair that lets its owner in over SSH, where the program gives a public key. */
export function keyPairOf(name: string, { nodePublicKey }: Properties): Child | undefined {
  if (nodePublicKey === undefined) return undefined;
  return { type: "aws:ec2/keyPair:KeyPair", name: `${name}-keyPair`, inputs: { publicKey: nodePublicKey } };
}

/** The name of the key that opens the machines: of one that is made, or that is there. */
export function keyNameOf(name: string, args: Properties): unknown {
  const made = keyPairOf(name, args);
  return made === undefined ? args.keyName : ref(keyOf(made), "keyName");
}

/** What a program may say of a node's disk, by the name that EC2 has for it. */
const diskArguments = {
  encrypted: "nodeRootVolumeEncrypted",
  volumeSize: "nodeRootVolumeSize",
  volumeType: "nodeRootVolumeType",
  iops: "nodeRootVolumeIops",
  throughput: "nodeRootVolumeThroughput",
  deleteOnTermination: "nodeRootVolumeDeleteOnTermination",
} as const;

/** The older images' disk; that of the others is the image's own, as far as the program says nothing of it. */
const usualDisk = { encrypted: false, volumeSize: 20, volumeType: "gp2", deleteOnTermination: true };

function saidOfDisk(args: Properties): Properties {
  const entries = Object.entries(diskArguments).map(([name, argument]) => [name, args[argument]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function diskOf(args: Properties): unknown {
  return derive([systemFor(args), saidOfDisk(args)], (system, said) => ({
    ...(system === "AL2" ? usualDisk : {}),
    ...(isRecord(said) ? said : {}),
  }));
}

/** The device of the image that holds what pods write. Nobody asks for that of a disk of which nothing is said. */
function deviceOf(args: Properties, imageId: unknown): unknown {
  const older = [args.amiType, args.operatingSystem].some((said) =>
    /^(?:AL2(?!023)|amazon-linux-2(?!023))/.test(shapeOfText(said) ?? ""),
  );
  if (!older && Object.keys(saidOfDisk(args)).length === 0) return undefined;
  const filters = [{ name: "image-id", values: [imageId] }];
  const question = { owners: ["self", "amazon"], includeDeprecated: true, filters };
  return derive([systemFor(args), ask("aws:ec2/getAmi:getAmi", question)], (system, image) => {
    const { rootDeviceName, blockDeviceMappings }: Properties = isRecord(image) ? image : {};
    const devices = list(blockDeviceMappings).map((device) => (isRecord(device) ? device.deviceName : ""));
    if (system !== "Bottlerocket") return devices[0];
    return devices.find((device) => device !== rootDeviceName) ?? rootDeviceName;
  });
}

/** The disks as a launch template has them. */
export function mappingsOf(args: Properties, imageId: unknown): unknown {
  return derive([diskOf(args), deviceOf(args, imageId)], (disk, deviceName) => {
    const { encrypted, deleteOnTermination, ...rest }: Properties = isRecord(disk) ? disk : {};
    const ebs = {
      ...flag("encrypted", encrypted),
      ...rest,
      ...flag("deleteOnTermination", deleteOnTermination),
    };
    return Object.keys(ebs).length === 0 ? [] : [{ deviceName, ebs }];
  });
}

function flag(name: string, value: unknown): Properties {
  return value === undefined ? {} : { [name]: value === true ? "true" : "false" };
}

/** The disks as a launch configuration has them: of Bottlerocket the second one is the nodes' own. */
export function devicesOf(args: Properties, imageId: unknown): Properties {
  const second = derive(
    [systemFor(args), diskOf(args), deviceOf(args, imageId)],
    (system, disk, deviceName) =>
      system === "Bottlerocket" && isRecord(disk) && Object.keys(disk).length > 0
        ? [{ deviceName, ...disk }]
        : [],
  );
  return {
    rootBlockDevice: derive([systemFor(args), diskOf(args)], (system, disk) =>
      system === "Bottlerocket" ? {} : disk,
    ),
    ebsBlockDevices: second,
  };
}

/** What contradicts itself in the disk, by argument. */
export function diskFailures(
  args: Properties,
): readonly { readonly path: string; readonly reason: string }[] {
  const type = shapeOfText(args.nodeRootVolumeType);
  return [
    { path: "nodeRootVolumeIops", type: "io1", what: "provisioned IOPS (nodeRootVolumeIops)" },
    {
      path: "nodeRootVolumeThroughput",
      type: "gp3",
      what: "provisioned throughput (nodeRootVolumeThroughput)",
    },
  ].flatMap(({ path, type: fitting, what }) =>
    !counts(args[path]) || type === fitting || type === UNKNOWN
      ? []
      : [{ path, reason: `Cannot create a cluster node root volume of non-${fitting} type with ${what}.` }],
  );
}
