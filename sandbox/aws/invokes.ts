import { crc32 } from "node:zlib";
import type { AccountView, Properties } from "../model.ts";
import { Refusal } from "../model.ts";
import { isRecord, list, text } from "../values.ts";
import { prefixListOf } from "./ec2/endpoints.ts";
import { addonVersion } from "./eks/addon-versions.ts";
import { render } from "./iam/render.ts";
import { describeRegion, zonesOf } from "./zones.ts";

/** Whom and where a question is asked. */
export interface InvokeContext {
  readonly accountId: string;
  readonly region: string;
  readonly account: AccountView;
}

type Invoke = (context: InvokeContext, args: Properties) => Properties;

const getCallerIdentity: Invoke = ({ accountId }) => ({
  accountId,
  arn: `arn:aws:iam::${accountId}:user/sandbox`,
  id: accountId,
  userId: "AIDASANDBOXSANDBOXSAN",
});

/** All simulated regions are in the one public partition. */
const getPartition: Invoke = () => ({
  dnsSuffix: "amazonaws.com",
  id: "aws",
  partition: "aws",
  reverseDnsPrefix: "com.amazonaws",
});

const getRegion: Invoke = ({ region }, args) => {
  const name = text(args.name) ?? region;
  return {
    description: describeRegion(name),
    endpoint: `ec2.${name}.amazonaws.com`,
    id: name,
    name,
    region: name,
  };
};

const getAvailabilityZones: Invoke = ({ region }, args) => {
  const zones = zonesOf(region).filter(
    ({ name, id }) => !list(args.excludeNames).includes(name) && !list(args.excludeZoneIds).includes(id),
  );
  return {
    ...args,
    groupNames: [region],
    id: region,
    names: zones.map(({ name }) => name),
    region,
    zoneIds: zones.map(({ id }) => id),
  };
};

const getPolicyDocument: Invoke = (_, args) => {
  const document = render(args);
  const json = JSON.stringify(document, undefined, 2);
  return { ...args, id: String(crc32(json)), json, minifiedJson: JSON.stringify(document) };
};

/** AWS's own lists: https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html; rules that a list counts for. */
const prefixLists: readonly { readonly name: RegExp; readonly weight: number }[] = [
  { name: /^com\.amazonaws\.global\.cloudfront\.origin-facing$/, weight: 55 },
  { name: /^com\.amazonaws\.[a-z]{2}-[a-z]+-\d\.(?:s3|dynamodb)$/, weight: 1 },
];

function prefixListName(args: Properties): string {
  const [filter] = list(args.filters)
    .filter(isRecord)
    .filter(({ name }) => name === "prefix-list-name");
  return text(args.name) ?? text(list(filter?.values)[0]) ?? "";
}

/** The addresses are of a block reserved for documentation: nothing in the sandbox is reached by them. */
const getManagedPrefixList: Invoke = ({ region }, args) => {
  const name = prefixListName(args);
  const known = prefixLists.find((entry) => entry.name.test(name));
  if (known === undefined)
    throw new Refusal("InvalidPrefixListID.NotFound", `no matching managed prefix list found for ${name}`);
  const id = prefixListOf(name);
  return {
    addressFamily: "IPv4",
    arn: `arn:aws:ec2:${region}:aws:prefix-list/${id}`,
    entries: [{ cidr: "198.51.100.0/24", description: "" }],
    id,
    maxEntries: known.weight,
    name,
    ownerId: "AWS",
    region,
    tags: {},
    version: 1,
  };
};

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddonVersions.html */
const getAddonVersion: Invoke = ({ region }, args) => {
  const [addonName = "", kubernetesVersion = ""] = [text(args.addonName), text(args.kubernetesVersion)];
  const version = addonVersion(addonName, kubernetesVersion, args.mostRecent === true);
  if (version !== undefined) return { ...args, id: addonName, region, version };
  throw new Refusal(
    "InvalidParameterException",
    `no version of the add-on ${addonName} for Kubernetes ${kubernetesVersion}`,
  );
};

/** What the program may ask the account, by token. */
export const invokes: Readonly<Record<string, Invoke>> = {
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": getManagedPrefixList,
  "aws:eks/getAddonVersion:getAddonVersion": getAddonVersion,
  "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getPartition:getPartition": getPartition,
  "aws:index/getRegion:getRegion": getRegion,
};
