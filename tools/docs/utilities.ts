import type { AnyUtility } from "../../sandbox/utilities/model.ts";
import type { UtilityPackage } from "../../sandbox/utilities/provider.ts";
import { code, codes, table } from "./markdown.ts";

/** The part of the sandbox's page about the packages that ask no service. */
export function utilityParts(packages: readonly UtilityPackage[]): readonly string[] {
  const resources = packages.flatMap((one) => one.resources);
  const functions = packages.flatMap((one) => Object.keys(one.functions));
  return [
    "## Packages without an account",
    "What these make is random or computed, and lives in the engine's state alone: nothing of it is in the account. Arguments, messages, ids and outputs are the real provider's. **Secret** are outputs that the state keeps encrypted. A change of an argument makes a new one, as it does there.",
    table(
      ["Type", "Required", "Defaults", "Secret", "Import"],
      resources.toSorted((left, right) => (left.token < right.token ? -1 : 1)).map(row),
    ),
    `A program may ask ${codes(functions.map(nameOf).toSorted())}; certificates are read from their content, not from a URL.`,
  ];
}

/** `random.RandomPet` of `random:index/randomPet:RandomPet`. */
function nameOf(token: string): string {
  const [scope = "", , name = ""] = token.split(":");
  return `${scope}.${name}`;
}

function row(utility: AnyUtility): readonly string[] {
  const { token, inputs, outputs } = utility;
  const named = Object.entries(inputs);
  const defaults = named.filter(([, input]) => input.default !== undefined);
  return [
    code(nameOf(token)),
    codes(named.filter(([, { required }]) => required === true).map(([name]) => name)),
    defaults.map(([name, input]) => `${code(name)} ${code(JSON.stringify(input.default))}`).join(", "),
    codes(Object.keys(outputs).filter((name) => outputs[name] === "secret")),
    "imports" in utility ? "by id" : "",
  ];
}
