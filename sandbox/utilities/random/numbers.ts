import type {
  RandomIntegerArgs,
  RandomIntegerState,
  RandomShuffleArgs,
  RandomShuffleState,
} from "@pulumi/random";
import { Refusal } from "../../model.ts";
import type { AnyUtility } from "../model.ts";
import { utility } from "../model.ts";
import { keepers } from "./arguments.ts";
import { chanceOf, shuffled } from "./chance.ts";

const importTitle = "Import Random Integer Error";

function parsed(text: string, what: string): number {
  if (/^[+-]?\d+$/.test(text)) return Number(text);
  throw new Refusal(
    importTitle,
    `The ${what} supplied could not be parsed as an integer.\n\nOriginal Error: strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`,
  );
}

/** https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/integer */
const integer = utility<RandomIntegerArgs, RandomIntegerState>("random:index/randomInteger:RandomInteger", {
  inputs: { keepers, max: { required: true }, min: { required: true }, seed: {} },
  outputs: { result: "plain" },
  makes: ({ min, max, seed }) => {
    if (max < min) {
      throw new Refusal(
        "Create Random Integer Error",
        "The minimum (minVal) value needs to be smaller than or equal to maximum (maxVal) value.",
      );
    }
    const result = min + chanceOf(seed)(max + 1 - min);
    return { id: String(result), outputs: { result } };
  },
  imports: (id) => {
    const [result = "", min = "", max, seed, ...more] = id.split(",");
    if (max === undefined || more.length > 0) {
      throw new Refusal(
        importTitle,
        "Invalid import usage: expecting {result},{min},{max} or {result},{min},{max},{seed}",
      );
    }
    const outputs = {
      result: parsed(result, "value"),
      min: parsed(min, "min value"),
      max: parsed(max, "max value"),
      ...(seed === undefined ? {} : { seed }),
    };
    return { id: result, outputs };
  },
});

/** https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/shuffle */
const shuffle = utility<RandomShuffleArgs, RandomShuffleState>("random:index/randomShuffle:RandomShuffle", {
  inputs: { inputs: { required: true }, keepers, resultCount: {}, seed: {} },
  outputs: { results: "plain" },
  makes: ({ inputs, resultCount = inputs.length, seed }) => {
    const chance = chanceOf(seed);
    const results: string[] = [];
    while (inputs.length > 0 && results.length < resultCount) results.push(...shuffled(inputs, chance));
    return { id: "-", outputs: { results: results.slice(0, resultCount) } };
  },
});

/** Choices between numbers, and of an order. */
export const numbers: readonly AnyUtility[] = [integer, shuffle];
