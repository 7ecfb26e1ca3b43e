import { blockOf, cidrOf, sizeOf } from "../aws/cidr.ts";
import type { Block } from "../aws/cidr.ts";

/** The block that `cidr` names. Fails, in the words of the real component's library, for what is none. */
export function parseBlock(cidr: string): Block {
  const block = blockOf(cidr);
  if (block === undefined) throw new Error(`Invalid net address: ${cidr}`);
  return block;
}

/** The block of this prefix length that an address lies in. */
export function blockAt(address: number, prefix: number): Block {
  const size = sizeOf(prefix);
  return { first: Math.floor(address / size) * size, prefix };
}

/** The block of the same size right after this one. */
export function nextBlock({ first, prefix }: Block): Block {
  return { first: first + sizeOf(prefix), prefix };
}

/** The last address that a host can have: the one before the broadcast address. */
export function lastHost({ first, prefix }: Block): string {
  const last = first + sizeOf(prefix) - (prefix < 31 ? 2 : 1);
  return cidrOf({ first: last, prefix: 32 }).replace("/32", "");
}
