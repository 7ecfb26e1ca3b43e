/** How many leading bits of a block are fixed; undefined for what is not a block. */
function prefixLength(cidr: string): number | undefined {
  const length = /\/(\d{1,3})$/.exec(cidr)?.[1];
  return length === undefined ? undefined : Number(length);
}

/** IPv4 ranges that are not routed on the internet (RFC 1918, RFC 6598), and unique local IPv6 (RFC 4193). */
const privateRanges = [
  /^10\./,
  /^172\.(1[6-9]|2\d|3[01])\./,
  /^192\.168\./,
  /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
  /^f[cd]/i,
];

/** Whether a block is (nearly) the whole internet: halves and quarters are the usual way around a rule on /0. */
export function isWorld(cidr: string): boolean {
  return (prefixLength(cidr) ?? 128) < 8;
}

/** Whether a block reaches beyond a VPC: it is on the internet, or larger than the /16 that is a VPC's limit. */
export function isWide(cidr: string): boolean {
  const isPrivate = privateRanges.some((range) => range.test(cidr));
  const limit = cidr.includes(":") ? 48 : 16;
  return !isPrivate || (prefixLength(cidr) ?? 0) < limit;
}
