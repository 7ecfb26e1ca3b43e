import { isIP, isIPv4, isIPv6 } from "node:net";
import { parse as parseYaml } from "yaml";
import { blockOf, cidrOf } from "../cidr.ts";

/** What is wrong with a value, in the provider's words; `undefined` when nothing is. */
type Format = (name: string, value: string) => string | undefined;

function isBlock6(value: string): boolean {
  const [address = "", prefix = ""] = value.split("/");
  return isIPv6(address) && /^\d{1,3}$/.test(prefix) && Number(prefix) <= 128;
}

function parses(parse: (value: string) => unknown, value: string): string | undefined {
  try {
    parse(value);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : "not readable";
  }
}

function matching(pattern: RegExp, complaint: (name: string, value: string) => string): Format {
  return (name, value) => (pattern.test(value) ? undefined : complaint(name, value));
}

const notABlock: Format = (_, value) =>
  `${JSON.stringify(value)} is not a valid CIDR block: invalid CIDR address: ${value}`;

const networkAddress: Format = (name, value) => {
  const block = blockOf(value);
  if (block === undefined) return isBlock6(value) ? undefined : notABlock(name, value);
  const meant = cidrOf(block);
  return meant === value ? undefined : `"${value}" is not a valid CIDR block; did you mean "${meant}"?`;
};

/** A block of the network itself, of a size between two. */
function network(least: number, most: number): Format {
  return (name, value) => {
    const wrong = networkAddress(name, value);
    const bits = blockOf(value)?.prefix ?? least;
    if (wrong !== undefined || (bits >= least && bits <= most)) return wrong;
    return `expected "${name}" to contain a network Value with between ${least} and ${most} significant bits, got: ${bits}`;
  };
}

/** Formats by the name that the facts use. The empty string is left to the rules of length, as the provider does. */
export const formats: Readonly<Record<string, Format>> = {
  accountId: matching(
    /^\d{12}$/,
    (name, value) => `"${name}" doesn't look like AWS Account ID (exactly 12 digits): "${value}"`,
  ),
  // Parts: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
  arn: matching(
    /^arn:aws[a-z-]*:[a-z0-9-]+:[a-z0-9-]*:(?:\d{12}|aws|cloudfront|third-party|aws-marketplace)?:.+$/,
    (name, value) =>
      `"${name}" (${value}) is an invalid ARN: ${value.startsWith("arn:") ? "not enough sections" : "arn: invalid prefix"}`,
  ),
  base64: matching(
    /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
    (name) => `expected "${name}" to be a base64 string`,
  ),
  booleanString: matching(
    /^(?:true|false)$/,
    (name, value) => `expected ${name} to be one of ["true" "false"], got ${value}`,
  ),
  cidr: (name, value) => ((blockOf(value) ?? isBlock6(value)) ? undefined : notABlock(name, value)),
  cidr4: (name, value) => (blockOf(value) === undefined ? notABlock(name, value) : undefined),
  cidr6: (name, value) => (isBlock6(value) ? undefined : notABlock(name, value)),
  cidrNetworkAddress: networkAddress,
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/UsingAlarmActions.html
  ec2Automation: matching(
    /^arn:[\w-]+:automate:[\w-]+:ec2:(?:reboot|recover|stop|terminate)$/,
    (name, value) => `"${name}" (${value}) does not match EC2 automation ARN`,
  ),
  integerString: matching(/^-?\d+$/, (name, value) => `expected ${name} to be a whole number, got ${value}`),
  ip: (name, value) =>
    isIP(value) === 0 ? `expected ${name} to contain a valid IP, got: ${value}` : undefined,
  ipv4: (name, value) =>
    isIPv4(value) ? undefined : `expected ${name} to contain a valid IPv4 address, got: ${value}`,
  ipv6: (name, value) =>
    isIPv6(value) ? undefined : `expected ${name} to contain a valid IPv6 address, got: ${value}`,
  json: (name, value) => {
    const problem = parses((source): unknown => JSON.parse(source), value);
    return problem === undefined ? undefined : `"${name}" contains an invalid JSON: ${problem}`;
  },
  "network(12-24)": network(12, 24),
  "network(16-28)": network(16, 28),
  "network(30-30)": network(30, 30),
  numberString: matching(
    /^-?\d+(?:\.\d+)?$/,
    (name, value) => `expected ${name} to be a number, got ${value}`,
  ),
  positiveIntegerString: matching(
    /^[1-9]\d*$/,
    (name, value) => `expected ${name} to be a positive whole number, got ${value}`,
  ),
  region: matching(
    /^[a-z]{2,4}(?:-[a-z]+)+-\d{1,2}$/,
    (name, value) => `invalid AWS Region: ${value} (${name})`,
  ),
  rfc3339: (name, value) =>
    /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/.test(value) &&
    !Number.isNaN(Date.parse(value))
      ? undefined
      : `expected "${name}" to be a valid RFC3339 date, got "${value}"`,
  servicePrincipal: matching(
    /^(?:[0-9a-z-]+\.){1,4}(?:amazonaws|amazon)\.com(?:\.cn)?$/,
    (name, value) => `"${name}" (${value}) is an invalid Service Principal: invalid prefix value`,
  ),
  star: matching(/^\*$/, (name, value) => `expected ${name} to be "*", got ${value}`),
  url: (name, value) =>
    /^https?:$/.test(URL.parse(value)?.protocol ?? "")
      ? undefined
      : `expected "${name}" to have a host, got ${value}`,
  "url(https)": (name, value) =>
    URL.parse(value)?.protocol === "https:"
      ? undefined
      : `expected "${name}" to have a url with schema of: "https", got ${value}`,
  yaml: (name, value) => {
    const problem = parses(parseYaml, value);
    return problem === undefined ? undefined : `"${name}" contains an invalid YAML: ${problem}`;
  },
};
