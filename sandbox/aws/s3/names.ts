import { isIPv4 } from "node:net";
import type { AccountView } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { bucketToken } from "./references.ts";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const reservedPrefixes = ["xn--", "sthree-", "amzn-s3-demo-"] as const;
const reservedSuffixes = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"] as const;

/** Some names that are taken for good: buckets of https://registry.opendata.aws and of AWS's own documentation. */
const othersNames: ReadonlySet<string> = new Set([
  "1000genomes",
  "commoncrawl",
  "elasticmapreduce",
  "noaa-goes16",
  "sentinel-s2-l1c",
]);

function isValid(name: string): boolean {
  return (
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) &&
    !name.includes("..") &&
    !isIPv4(name) &&
    !reservedPrefixes.some((prefix) => name.startsWith(prefix)) &&
    !reservedSuffixes.some((suffix) => name.endsWith(suffix))
  );
}

/** @throws Refusal for a name that no bucket may have, or that one has already, anywhere in the world. */
export function refuseBucketName(name: string, account: AccountView): void {
  if (!isValid(name)) throw new Refusal("InvalidBucketName", "The specified bucket is not valid.");
  if (account.find(bucketToken, name) !== undefined) {
    throw new Refusal(
      "BucketAlreadyOwnedByYou",
      "Your previous request to create the named bucket succeeded and you already own it.",
    );
  }
  if (!othersNames.has(name)) return;
  throw new Refusal(
    "BucketAlreadyExists",
    "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.",
  );
}

/** Zones of the website endpoints, which a bucket answers as its own: https://docs.aws.amazon.com/general/latest/gr/s3.html */
const zoneIds: Readonly<Record<string, string>> = {
  "ap-northeast-1": "Z2M4EHUR26P7ZW",
  "ap-northeast-2": "Z3W03O7B5YMIYP",
  "ap-south-1": "Z11RGJOFQNVJUP",
  "ap-southeast-1": "Z3O0J2DXBE1FTB",
  "ap-southeast-2": "Z1WCIGYICN2BYD",
  "ca-central-1": "Z1QDHH18159H29",
  "eu-central-1": "Z21DNDUVLTQW6Q",
  "eu-central-2": "Z030506016YDQGETNASS",
  "eu-north-1": "Z3BAZG2TWCNX0D",
  "eu-south-1": "Z30OZKI7KPW7MI",
  "eu-west-1": "Z1BKCTXD74EZPE",
  "eu-west-2": "Z3GKZC51ZF0DB4",
  "eu-west-3": "Z3R1K369G5AVDG",
  "sa-east-1": "Z7KQH4QJS55SO",
  "us-east-1": "Z3AQBSTGFYJSTF",
  "us-east-2": "Z2O1EMRO9K5GLX",
  "us-west-1": "Z2F56UZL2M1ACD",
  "us-west-2": "Z3BJ6K6RIION7M",
};

/** The first regions have a dash where the others have a dot: https://docs.aws.amazon.com/general/latest/gr/s3.html */
const dashed: ReadonlySet<string> = new Set([
  "ap-northeast-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-west-1",
  "sa-east-1",
  "us-east-1",
  "us-west-1",
  "us-west-2",
]);

/** Where Route 53 finds a region's websites; a region that is not listed has none. */
export function websiteZoneOf(region: string): string | undefined {
  return zoneIds[region];
}

/** `s3-website-eu-west-1.amazonaws.com`, or `s3-website.eu-west-3.amazonaws.com`. */
export function websiteDomainOf(region: string): string {
  return `s3-website${dashed.has(region) ? "-" : "."}${region}.amazonaws.com`;
}
