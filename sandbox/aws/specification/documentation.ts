import type { PropertyFacts, Rule } from "../schema/model.ts";
import type { SdkInput } from "./inputs.ts";

/** Where a documented input stands. */
export interface Surroundings {
  readonly token: string;
  /** Values that AWS's specification lists for the property; the documentation may know fewer, or more. Asked only where it lists any. */
  readonly choices: () => readonly string[];
  /** Names of the properties of the type: a word in backticks that is one of them is no value. */
  readonly names: ReadonlySet<string>;
  /** True at the top, where properties can say what may not stand beside them. */
  readonly isTop: boolean;
}

type Documented = Pick<SdkInput, "name" | "documentation"> & Pick<PropertyFacts, "type">;

/**
 * What the provider's documentation, which the SDK carries, says about the values of a property in words that nearly all of its pages use:
 * the list of valid values, bounds, what it conflicts with. What a property holds by its name is judged as the provider was seen to judge
 * nearly all properties of that name.
 */
export function documentedRules(input: Documented, around: Surroundings): readonly Rule[] {
  const one = formatted(input) ?? listed(input, around);
  return [one, bounded(input), exclusive(input, around)].flatMap((rule) => rule ?? []);
}

const word = "`[^`]+`";
const another = `(?:${word}(?: ?\\([^()]*\\))?(?:,? (?:and/or|and|or|&) |, ?| \\| )?)`;
const announced =
  "(?:[Vv]alid|[Aa]llowed|[Pp]ossible|[Ss]upported|[Aa]ccepted|[Aa]cceptable|[Pp]ermitted) (?:\\w+ )?(?:[Vv]alues?|[Oo]ptions|[Cc]hoices|[Ss]ettings)|[Cc]an be|[Mm]ust be (?:one of|either)|[Oo]ne of|[Ee]ither";
const linking =
  "(?: (?:are|is|includes?|can be|be|one of|either|of|the|following|any|at this time|for `\\w+`|used))*:? ";
/** A list that more words follow speaks of something else, or of a part only. */
const lists = new RegExp(
  `\\b(?:${announced})${linking}(${another}{2,})(?=\\.|;|$| Defaults?\\b| The default| \\()`,
  "g",
);

/** What these hold grows with each release of something, or the documentation leaves out what came later. */
const growing =
  /(?:runtime|runtimeEnvironment|version|instanceType|nodeType|instanceClass|environmentClass|computeType|connectionType|fleetType|eventType|region)s?$/i;

/** What the provider takes in small and in capital letters: at classic load balancers, in Batch, of a bucket that DMS writes to. */
const caseless =
  /\.(?:lbProtocol|instanceProtocol|cannedAclForObjects)$|^aws:batch\/.*\.(?:action|allocationStrategy|state|type)$/;

/** What is written in a form of its own: a list beside it speaks of the parts. */
const composed = /(?:window|expression|schedule)$|^resolution$/i;

function listed({ name, type, documentation }: Documented, around: Surroundings): Rule | undefined {
  if (!type.includes("string") || type.startsWith("map") || composed.test(name)) return undefined;
  const found = [...documentation.matchAll(lists)].flatMap(({ 1: list = "", index }) =>
    isAside(documentation.slice(0, index)) ? [] : valuesIn(list),
  );
  const values = [...new Set(found)];
  if (values.length < 2 || values.some((value) => isNoValue(value) || around.names.has(value)))
    return undefined;
  const all = new Set([...values.flatMap((value) => spellings(value)), ...around.choices()]);
  const takes = {
    ...(growing.test(name) ? { open: true } : {}),
    ...(caseless.test(`${around.token}.${name}`) ? { caseless: true } : {}),
  };
  return { is: "enum", values: [...all], ...takes };
}

/** A list in a sentence about a condition, or about a part of the cases. */
function isAside(before: string): boolean {
  const sentence = before.split(/[.:] /).at(-1) ?? "";
  return /\b(?:if|when|where|unless|for) |\bis $/i.test(sentence);
}

function valuesIn(list: string): readonly string[] {
  return [...list.matchAll(/`([^`]+)`/g)].map(([, value = ""]) => value.replaceAll(/^["']|["']$/g, ""));
}

/** A pattern, an example, or several values in one. */
function isNoValue(value: string): boolean {
  return value === "" || /[\s|*<>{}[\]$]|^\d+$|^\dX+$|^tag:/i.test(value);
}

/**
 * The SDK's documentation writes `phoneNumber` for `phone_number` wherever some property has that name, `scramSha1` for `scram_sha_1` and
 * `x8664` for `x86_64`.
 */
function spellings(value: string): readonly string[] {
  if (value === "x8664") return [value, "x86_64"];
  const isCamel = /^[a-z]+(?:[A-Z][a-z]+)+\d*$/.test(value);
  return isCamel ? [value, value.replaceAll(/[A-Z]|\d+/g, (part) => `_${part.toLowerCase()}`)] : [value];
}

const number = "`?(-?\\d[\\d,]*)`?";
const ends = "(?=\\.(?!\\d)|,|;|\\)|$| inclusive| \\(inclusive)";
const bounds = new RegExp(`[Bb]etween ${number}(?: and |-| to )${number}( characters(?: long)?)?${ends}`);

function bounded({ type, documentation }: Documented): Rule | undefined {
  const [, low = "", high = "", characters] = bounds.exec(documentation) ?? [];
  const min = Number(low.replaceAll(",", ""));
  const max = Number(high.replaceAll(",", ""));
  if (high === "" || min >= max) return undefined;
  const is = { number: "range", string: "length" } as const;
  const what = characters === undefined ? "number" : "string";
  return type === what ? { is: is[what], min, max } : undefined;
}

/** What a property holds by its name, unless its documentation says otherwise; a star stands for every resource. */
const formatsByName: readonly (readonly [RegExp, readonly string[], RegExp])[] = [
  [/^region$/, ["region"], /\baddress\b/i],
  [
    /^(?!taskArn$)(?:arn|\w*[a-z]Arns?)$/,
    ["arn", "star"],
    /\b(?:name|id|arn)s? or (?:the )?(?:arn|name|id|universal)\b/i,
  ],
  [
    /^(?:policy|policyDocument|resourcePolicy|assumeRolePolicy|accessPolicy)$/,
    ["json"],
    /\bname of\b|\bblock\b/i,
  ],
  [/^(?!serviceAccountId$)(?:accountId|\w+AccountId)$/, ["accountId"], /\bname\b/i],
  [/^(?:cidr|cidrBlocks?|\w+CidrBlocks?)$/, ["cidr"], /\bprefix list\b|\baddress or\b/i],
];

function formatted({ name, type, documentation }: Documented): Rule | undefined {
  if (!type.includes("string") || type.startsWith("map")) return undefined;
  const [, any, otherwise] = formatsByName.find(([names]) => names.test(name)) ?? [];
  return any && otherwise?.test(documentation) === false ? { is: "format", any } : undefined;
}

const several = "((?:`\\w+`(?:,? (?:and|or) |, )?)+)";
const rivalling = new RegExp(`[Cc]onflicts with ${several}`, "g");
const needed = "(?:must|is required|are required|has to|needs to)";
const choosing = new RegExp(
  `\\b([Ee]xactly one of|[Oo]ne of|[Ee]ither|[Aa]t least one of) (?:either )?${several} ?${needed}`,
);

function exclusive(input: Documented, around: Surroundings): Rule | undefined {
  return around.isTop ? (chosen(input, around) ?? rivalled(input, around)) : undefined;
}

function chosen({ name, documentation }: Documented, { names }: Surroundings): Rule | undefined {
  const sentence = sentencesOf(documentation).find((one) => choosing.test(one) && !conditional.test(one));
  const [, how, list] = choosing.exec(sentence ?? "") ?? [];
  const all = [...new Set(valuesIn(list ?? ""))];
  if (!all.includes(name) || all.some((one) => !names.has(one))) return undefined;
  return { is: how?.includes("least") === true ? "atLeastOneOf" : "exactlyOneOf", with: all };
}

function sentencesOf(documentation: string): readonly string[] {
  return documentation.split(/(?<=\.) /);
}

function rivalled({ documentation }: Documented, { names }: Surroundings): Rule | undefined {
  const rivals = [...documentation.matchAll(rivalling)].flatMap(([, list = ""]) => valuesIn(list));
  const known = [...new Set(rivals)].filter((name) => names.has(name));
  return known.length === 0 ? undefined : { is: "conflicts", with: known };
}

const fallback = /\b[Dd]efaults? (?:to|is|value is) `([^`]*)`(?=\.|;|,|\)|$)/;
const conditional = /\b(?:if|when|unless|otherwise|except|depends|depending)\b/i;

/** Values as they are written, by type; `roundRobin` may be `round_robin`. */
const written: readonly (readonly [string, RegExp, (value: string) => unknown])[] = [
  ["boolean", /^(?:true|false)$/, (value) => value === "true"],
  ["number", /^-?\d+(?:\.\d+)?$/, Number],
  ["string", /^(?![a-z]+[A-Z])[\w./:-]+$/, String],
];

/** What a property is when it is left out, as documented; `undefined` where that depends on something. */
export function documentedDefault({ type, documentation }: Omit<Documented, "name">): unknown {
  const sentence = sentencesOf(documentation).find((one) => fallback.test(one)) ?? "";
  const value = valuesIn(`\`${fallback.exec(sentence)?.[1] ?? ""}\``)[0] ?? "";
  if (conditional.test(sentence)) return undefined;
  return written.find(([of, form]) => of === type && form.test(value))?.[2](value);
}
