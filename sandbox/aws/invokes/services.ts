import type { ec2, eks } from "@pulumi/aws";
import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import { prefixListOf } from "../ec2/endpoints.ts";
import { addonVersion } from "../eks/addon-versions.ts";
import type { Invoke } from "./model.ts";
import { invoke } from "./model.ts";

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
const getManagedPrefixList = invoke<ec2.GetManagedPrefixListResult>(({ region }, args) => {
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
});

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeAddonVersions.html */
const getAddonVersion = invoke<eks.GetAddonVersionResult>(({ region }, args) => {
  const [addonName = "", kubernetesVersion = ""] = [text(args.addonName), text(args.kubernetesVersion)];
  const version = addonVersion(addonName, kubernetesVersion, args.mostRecent === true);
  if (version !== undefined) return { addonName, id: addonName, kubernetesVersion, region, version };
  throw new Refusal(
    "InvalidParameterException",
    `no version of the add-on ${addonName} for Kubernetes ${kubernetesVersion}`,
  );
});

/** Questions about what AWS itself keeps. */
export const serviceInvokes: Readonly<Record<string, Invoke>> = {
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": getManagedPrefixList,
  "aws:eks/getAddonVersion:getAddonVersion": getAddonVersion,
};
