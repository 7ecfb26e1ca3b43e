/** What a URN says about its resource. */
export interface UrnParts {
  readonly stack: string;
  readonly type: string;
  readonly name: string;
}

/** Takes a URN (`urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`) apart. */
export function parseUrn(urn: string): UrnParts {
  const [scheme = "", , types = "", ...name] = urn.split("::");
  return {
    stack: scheme.split(":").at(-1) ?? "",
    type: types.split("$").at(-1) ?? "",
    name: name.join("::"),
  };
}

/** Whether `text` fits `glob`, in which `*` stands for any text. */
export function fits(glob: string, text: string): boolean {
  const pattern = glob.split("*").map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  return new RegExp(`^${pattern.join(".*")}$`, "s").test(text);
}
