import { isIPv4 } from "node:net";

/** An IPv4 block: its first address as a number, and its prefix length. */
export interface Block {
  readonly first: number;
  readonly prefix: number;
}

/** An IPv4 address as a number. */
export function addressIn(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function addressOf(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}

/** Addresses in a block of this prefix length. */
export function sizeOf(prefix: number): number {
  return 2 ** (32 - prefix);
}

/** The block that `10.0.1.7/24` lies in (`10.0.1.0/24`); `undefined` for anything but an IPv4 block. */
export function blockOf(cidr: string): Block | undefined {
  const [address, prefix, ...rest] = cidr.split("/");
  if (address === undefined || prefix === undefined || rest.length > 0) return undefined;
  if (!isIPv4(address) || !/^\d{1,2}$/.test(prefix) || Number(prefix) > 32) return undefined;
  const size = sizeOf(Number(prefix));
  return { first: Math.floor(addressIn(address) / size) * size, prefix: Number(prefix) };
}

/** `10.0.1.0/24`. */
export function cidrOf({ first, prefix }: Block): string {
  return `${addressOf(first)}/${prefix}`;
}

/** True where `outer` has every address of `inner`. */
export function contains(outer: Block, inner: Block): boolean {
  return (
    inner.first >= outer.first && inner.first + sizeOf(inner.prefix) <= outer.first + sizeOf(outer.prefix)
  );
}

/** True where two blocks have an address in common. */
export function overlap(left: Block, right: Block): boolean {
  return contains(left, right) || contains(right, left);
}
