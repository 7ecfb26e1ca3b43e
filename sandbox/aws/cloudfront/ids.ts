/** Capital letters and digits, of which CloudFront's ids are made, out of a resource's own hexadecimal digits. */
export function capitals(
  hex: (length: number, salt?: string) => string,
  length: number,
  salt?: string,
): string {
  return BigInt(`0x${hex(length * 2, salt)}`)
    .toString(36)
    .toUpperCase()
    .padStart(length, "0")
    .slice(-length);
}

/** The version of a configuration, which another configuration changes: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateDistribution.html */
export function etagOf(hex: (length: number, salt?: string) => string, configuration: unknown): string {
  return `E${capitals(hex, 13, JSON.stringify(configuration))}`;
}
