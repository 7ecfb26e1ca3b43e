import { createHash, randomBytes } from "node:crypto";

/** A number from 0 on that is smaller than `below`, each as likely as the other. */
export type Chance = (below: number) => number;

function within(below: number, digits: string): number {
  // So many more digits than `below` has that the remainder favours nothing.
  return Number(BigInt(`0x${digits}`) % BigInt(below));
}

/** By the machine's own generator of random numbers. */
export function trueChance(below: number): number {
  return within(below, randomBytes(16).toString("hex"));
}

/**
 * The same numbers for the same seed. They are others than those of the real provider, which takes Go's `math/rand`, and which does
 * not promise to keep to its own either: https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/shuffle#seed
 */
function seededChance(seed: string): Chance {
  let asked = 0;
  return (below) => {
    asked += 1;
    return within(below, createHash("sha256").update(`${asked}/${seed}`).digest("hex"));
  };
}

/** By the seed, where there is one: the provider takes an empty one for none. */
export function chanceOf(seed: string | undefined): Chance {
  return seed === undefined || seed === "" ? trueChance : seededChance(seed);
}

/** One of several. */
export function oneOf<Item>(items: readonly Item[], chance: Chance): readonly Item[] {
  const index = chance(items.length);
  return items.slice(index, index + 1);
}

/** All of them in another order. */
export function shuffled<Item>(items: readonly Item[], chance: Chance): readonly Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(chance(left.length), 1));
}
