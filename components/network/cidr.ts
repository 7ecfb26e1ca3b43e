/** A block of IPv4 addresses. */
export interface Block {
  /** First address, as a number. */
  readonly first: number;
  /** Length of the network part in bits: 16 for `10.0.0.0/16`. */
  readonly prefix: number;
}

/** How many addresses a block holds. */
export function sizeOf(block: Block): number {
  return 2 ** (32 - block.prefix);
}

/** Reads `10.0.0.0/16`; `undefined` unless the address is the first of its block. */
export function parseBlock(cidr: string): Block | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(cidr);
  const parts = match?.slice(1).map(Number) ?? [];
  const prefix = parts.at(4);
  const octets = parts.slice(0, 4);
  if (prefix === undefined || prefix > 32 || octets.some((octet) => octet > 255)) return undefined;

  const block = { first: octets.reduce((sum, octet) => sum * 256 + octet, 0), prefix };
  return block.first % sizeOf(block) === 0 ? block : undefined;
}

/** Writes a block as `10.0.0.0/16`. */
export function formatBlock({ first, prefix }: Block): string {
  const octets = [24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256);
  return `${octets.join(".")}/${prefix}`;
}

/** True where every address of `inner` is one of `outer`. */
export function contains(outer: Block, inner: Block): boolean {
  return inner.first >= outer.first && inner.first + sizeOf(inner) <= outer.first + sizeOf(outer);
}

/** True where the two share an address. */
export function overlap(left: Block, right: Block): boolean {
  return contains(left, right) || contains(right, left);
}
