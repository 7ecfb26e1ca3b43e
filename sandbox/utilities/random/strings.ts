import type {
  RandomPasswordArgs,
  RandomPasswordState,
  RandomStringArgs,
  RandomStringState,
} from "@pulumi/random";
import { genSaltSync, hashSync } from "bcryptjs";
import { Refusal } from "../../model.ts";
import type { AnyUtility, Input, Planned } from "../model.ts";
import { utility } from "../model.ts";
import { atLeast, atLeastSumOf, notAllFalse } from "../rules.ts";
import { keepers } from "./arguments.ts";
import { oneOf, shuffled, trueChance } from "./chance.ts";

const digits = "0123456789";
const lowerCase = "abcdefghijklmnopqrstuvwxyz";
const upperCase = lowerCase.toUpperCase();
const specials = "!@#$%&*()-_=+[]{}<>:?";

type Kind = "Lower" | "Numeric" | "Special" | "Upper";
type Defaulted = Uncapitalize<Kind> | `min${Kind}`;
type Arguments = RandomStringArgs & RandomPasswordArgs;

const anyKind: Input = { rules: [notAllFalse("special", "upper", "lower")] };

const inputs = {
  keepers,
  length: {
    required: true,
    rules: [atLeast(1), atLeastSumOf("minUpper", "minLower", "minNumeric", "minSpecial")],
  },
  lower: { default: true },
  minLower: { default: 0 },
  minNumeric: { default: 0 },
  minSpecial: { default: 0 },
  minUpper: { default: 0 },
  number: { ...anyKind, deprecated: true },
  numeric: anyKind,
  // A version of the provider wrote an empty one by itself, which is to be put right without a new value.
  overrideSpecial: { replaces: (before, after) => !(before === "" && after === undefined) },
  special: { default: true },
  upper: { default: true },
} satisfies Record<keyof Arguments, Input>;

/** Two names of one argument. */
interface Digits {
  readonly number?: boolean | undefined;
  readonly numeric?: boolean | undefined;
}

/** `number` is the old name of `numeric`. */
function plans({ number, numeric }: Digits): Digits {
  if (number !== undefined && numeric !== undefined && number !== numeric) {
    throw new Refusal(
      "Number and numeric are both configured with different values",
      "Number is deprecated, use numeric instead",
    );
  }
  const either = numeric ?? number ?? true;
  return { number: either, numeric: either };
}

function drawn(characters: string, count: number): readonly string[] {
  const choices = Array.from(characters);
  return Array.from({ length: count }).flatMap(() => oneOf(choices, trueChance));
}

/** So many of each kind as there must be, the rest of all kinds that there may be, in any order. */
function textOf(planned: Planned<Arguments, Defaulted>): string {
  const own = planned.overrideSpecial ?? "";
  const kinds = [
    { characters: upperCase, isIn: planned.upper, least: planned.minUpper },
    { characters: lowerCase, isIn: planned.lower, least: planned.minLower },
    { characters: digits, isIn: planned.numeric, least: planned.minNumeric },
    { characters: own === "" ? specials : own, isIn: planned.special, least: planned.minSpecial },
  ];
  const needed = kinds.flatMap(({ characters, least }) => drawn(characters, least));
  const all = kinds.flatMap(({ characters, isIn }) => (isIn ? [characters] : [])).join("");
  return shuffled([...needed, ...drawn(all, planned.length - needed.length)], trueChance).join("");
}

/** What an import says of a text whose making nobody knows. */
function asImported(result: string) {
  const unlimited = { minLower: 0, minNumeric: 0, minSpecial: 0, minUpper: 0 };
  const kinds = { lower: true, number: true, numeric: true, special: true, upper: true };
  return { result, length: Buffer.byteLength(result), ...kinds, ...unlimited };
}

/** Of the first 72 bytes, at Go's usual cost and with its prefix: https://pkg.go.dev/golang.org/x/crypto/bcrypt */
function hashOf(password: string): string {
  return hashSync(password, genSaltSync(10).replace("$2b$", "$2a$"));
}

/** https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/string */
const string = utility<RandomStringArgs, RandomStringState, Defaulted>(
  "random:index/randomString:RandomString",
  {
    inputs,
    outputs: { result: "plain" },
    plans,
    makes: (planned) => {
      const result = textOf(planned);
      return { id: result, outputs: { result } };
    },
    imports: (id) => ({ id, outputs: asImported(id) }),
  },
);

/** https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/password */
const password = utility<RandomPasswordArgs, RandomPasswordState, Defaulted>(
  "random:index/randomPassword:RandomPassword",
  {
    inputs,
    outputs: { bcryptHash: "secret", result: "secret" },
    plans,
    makes: (planned) => {
      const result = textOf(planned);
      return { id: "none", outputs: { bcryptHash: hashOf(result), result } };
    },
    imports: (id) => ({ id: "none", outputs: { ...asImported(id), bcryptHash: hashOf(id) } }),
  },
);

/** Texts of random characters. */
export const strings: readonly AnyUtility[] = [string, password];
