import type { RandomPetArgs, RandomPetState } from "@pulumi/random";
import type { AnyUtility } from "../model.ts";
import { utility } from "../model.ts";
import { keepers } from "./arguments.ts";
import { oneOf, trueChance } from "./chance.ts";
import { adjectives, adverbs, names } from "./pet-words.ts";

/** A name of one word, two, or more: adverbs, an adjective, an animal. */
function petName(length: number): readonly string[] {
  const lists =
    length === 1 ? [names] : [...Array.from({ length: length - 2 }, () => adverbs), adjectives, names];
  return lists.flatMap((list) => oneOf(list, trueChance));
}

/** https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/pet; the words are ours, and fewer. */
const pet = utility<RandomPetArgs, RandomPetState, "length" | "separator">(
  "random:index/randomPet:RandomPet",
  {
    inputs: { keepers, length: { default: 2 }, prefix: {}, separator: { default: "-" } },
    outputs: {},
    makes: ({ length, prefix = "", separator }) => ({
      id: [...(prefix === "" ? [] : [prefix]), ...petName(length)].join(separator),
      outputs: {},
    }),
  },
);

/** Names that people remember. */
export const pets: readonly AnyUtility[] = [pet];
