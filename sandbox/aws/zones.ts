/**
 * A region's short name in zone ids, the letters of its zones, its name for people, and the numbers of its zones where they do not count
 * up: https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
 */
const regions: Readonly<
  Record<string, readonly [short: string, letters: string, name: string, numbers?: string]>
> = {
  "ap-northeast-1": ["apne1", "acd", "Asia Pacific (Tokyo)", "124"],
  "ap-northeast-2": ["apne2", "abcd", "Asia Pacific (Seoul)"],
  "ap-northeast-3": ["apne3", "abc", "Asia Pacific (Osaka)"],
  "ap-south-1": ["aps1", "abc", "Asia Pacific (Mumbai)"],
  "ap-southeast-1": ["apse1", "abc", "Asia Pacific (Singapore)"],
  "ap-southeast-2": ["apse2", "abc", "Asia Pacific (Sydney)"],
  "ca-central-1": ["cac1", "abd", "Canada (Central)", "124"],
  "eu-central-1": ["euc1", "abc", "Europe (Frankfurt)"],
  "eu-central-2": ["euc2", "abc", "Europe (Zurich)"],
  "eu-north-1": ["eun1", "abc", "Europe (Stockholm)"],
  "eu-south-1": ["eus1", "abc", "Europe (Milan)"],
  "eu-west-1": ["euw1", "abc", "Europe (Ireland)"],
  "eu-west-2": ["euw2", "abc", "Europe (London)"],
  "eu-west-3": ["euw3", "abc", "Europe (Paris)"],
  "sa-east-1": ["sae1", "abc", "South America (Sao Paulo)"],
  "us-east-1": ["use1", "abcdef", "US East (N. Virginia)", "124536"],
  "us-east-2": ["use2", "abc", "US East (Ohio)"],
  "us-west-1": ["usw1", "ac", "US West (N. California)", "13"],
  "us-west-2": ["usw2", "abcd", "US West (Oregon)"],
};

/** Regions that an account has only where its owner asks for them: https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-regions.html */
const optional: ReadonlySet<string> = new Set(["eu-central-2", "eu-south-1"]);

/** The regions that every account has. */
export const usualRegions: readonly string[] = Object.keys(regions).filter((region) => !optional.has(region));

/** One availability zone: its name is the account's, its id the same for everyone. */
export interface Zone {
  readonly name: string;
  readonly id: string;
}

/** The zones of a region in order of their names; a region that is not listed has three. AWS shuffles the ids per account; here they are as in many. */
export function zonesOf(region: string): readonly Zone[] {
  const [short, letters, , numbers = "123456"] = regions[region] ?? [region.replaceAll("-", ""), "abc"];
  return Array.from(letters, (letter, index) => ({
    name: `${region}${letter}`,
    id: `${short}-az${numbers[index] ?? ""}`,
  }));
}

/** `Europe (Ireland)`; a region that is not listed has its code. */
export function describeRegion(region: string): string {
  return regions[region]?.[2] ?? region;
}
