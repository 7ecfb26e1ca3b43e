import type { ec2 } from "@pulumi/aws";
import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { hexOf, isRecord, list, text } from "../../values.ts";
import { imageIdOf, images } from "./image-catalogue.ts";
import type { Image } from "./image-catalogue.ts";
import { fits } from "./asking.ts";
import { invoke } from "./model.ts";
import type { Invoke } from "./model.ts";

/** By filter of DescribeImages, what an image answers: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html */
const filters: Readonly<Record<string, (image: Image, region: string) => string>> = {
  architecture: ({ architecture }) => architecture,
  description: ({ description }) => description,
  "ena-support": () => "true",
  hypervisor: () => "xen",
  "image-id": imageIdOf,
  "image-type": () => "machine",
  "is-public": () => "true",
  name: ({ name }) => name,
  "owner-alias": ({ alias }) => alias ?? "",
  "owner-id": ({ ownerId }) => ownerId,
  platform: ({ platform }) => platform ?? "",
  "root-device-type": () => "ebs",
  state: () => "available",
  "virtualization-type": () => "hvm",
};

/** The provider's patterns are Go's, which have their flags at the beginning: `(?i)^ubuntu`. */
function patternOf(pattern: string): RegExp {
  const [, flags = "", rest = pattern] = /^\(\?([ims]+)\)(.*)$/.exec(pattern) ?? [];
  return new RegExp(rest, flags);
}

function isWanted(image: Image, region: string, args: Properties): boolean {
  const owners = list(args.owners);
  const owned =
    owners.length === 0 || owners.some((owner) => owner === image.ownerId || owner === image.alias);
  const named = patternOf(text(args.nameRegex) ?? "").test(image.name);
  return (
    owned &&
    named &&
    list(args.filters)
      .filter(isRecord)
      .every(({ name, values }) => {
        const answer = filters[text(name) ?? ""];
        if (answer !== undefined) return fits(values, answer(image, region));
        if (text(name)?.startsWith("block-device-mapping.") === true) return true;
        // Images of others carry no tags that this account could see.
        if (/^tag(?::|-key$)/.test(text(name) ?? "")) return false;
        throw new Refusal("InvalidParameterValue", `The filter '${text(name) ?? ""}' is invalid`);
      })
  );
}

/** What Bottlerocket gives its second disk, in GiB: https://github.com/bottlerocket-os/bottlerocket#default-volumes */
const dataSize = 20;

function mappingOf(deviceName: string, size: number) {
  const ebs = { volume_size: String(size), volume_type: "gp3", delete_on_termination: "true" };
  return { deviceName, ebs, noDevice: "", virtualName: "" };
}

function describe(image: Image, region: string, args: Properties) {
  const id = imageIdOf(image, region);
  const windows = image.platform === "windows";
  return {
    ...args,
    architecture: image.architecture,
    arn: `arn:aws:ec2:${region}::image/${id}`,
    blockDeviceMappings: [image.rootDevice, image.dataDevice].flatMap((device) =>
      device === undefined
        ? []
        : [mappingOf(device, device === image.rootDevice ? image.rootSize : dataSize)],
    ),
    bootMode: image.architecture === "arm64" ? "uefi" : "uefi-preferred",
    creationDate: image.created,
    deprecationTime: "",
    description: image.description,
    enaSupport: true,
    hypervisor: "xen",
    id,
    imageId: id,
    imageLocation: `${image.alias ?? image.ownerId}/${image.name}`,
    imageOwnerAlias: image.alias ?? "",
    imageType: "machine",
    imdsSupport: "v2.0",
    kernelId: "",
    lastLaunchedTime: "",
    name: image.name,
    ownerId: image.ownerId,
    platform: image.platform ?? "",
    platformDetails: windows ? "Windows" : "Linux/UNIX",
    productCodes: [],
    public: true,
    ramdiskId: "",
    region,
    rootDeviceName: image.rootDevice,
    rootDeviceType: "ebs",
    rootSnapshotId: `snap-0${hexOf(id, 16)}`,
    sriovNetSupport: "simple",
    state: "available",
    stateReason: { code: "UNSET", message: "UNSET" },
    tags: {},
    tpmSupport: "",
    usageOperation: windows ? "RunInstances:0002" : "RunInstances",
    virtualizationType: "hvm",
  };
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeImages.html; refusals are the provider's own. */
const getAmi = invoke<ec2.GetAmiResult>(({ region }, args) => {
  const [first, ...others] = images.filter((image) => isWanted(image, region, args));
  if (first === undefined)
    throw new Refusal(
      "InvalidAMIID.NotFound",
      "Your query returned no results. Please change your search criteria and try again.",
    );
  if (others.length > 0 && args.mostRecent !== true) {
    throw new Refusal(
      "InvalidParameterValue",
      "Your query returned more than one result. Please try a more specific search criteria, or set `most_recent` attribute to true.",
    );
  }
  return describe(first, region, args);
});

const getAmiIds = invoke<ec2.GetAmiIdsResult>(({ region }, args) => ({
  ...args,
  id: hexOf(JSON.stringify(args), 10),
  ids: images.filter((image) => isWanted(image, region, args)).map((image) => imageIdOf(image, region)),
  owners: list(args.owners).flatMap((owner) => text(owner) ?? []),
  region,
}));

/** Questions about machine images. */
export const imageInvokes: Readonly<Record<string, Invoke>> = {
  "aws:ec2/getAmi:getAmi": getAmi,
  "aws:ec2/getAmiIds:getAmiIds": getAmiIds,
};
