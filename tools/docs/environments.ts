import { glance } from "./glance.ts";
import { code, pageOf, table } from "./markdown.ts";
import { flatten, inOrder, inYaml, perStack, shortly, stackNames } from "./stacks.ts";
import type { PerStack, Settings } from "./stacks.ts";

/** Longer values are cut, in characters: the files have them whole. */
const longest = 60;

/** The stacks side by side: what matters most, then every setting in their files. */
export function environmentsPage(stacks: PerStack<Settings>): string {
  const components = [...new Set(inOrder(stacks).flatMap((settings) => Object.keys(settings)))];
  return pageOf({
    title: "Environments",
    body: [
      "The stacks are the same program with other settings. Nothing in the code asks which stack it is.",
      "## At a glance",
      glanceTable(stacks),
      "## Every setting",
      "Rows marked ≠ differ between the stacks. What no file names has its default, which [settings](settings.md) says. Long values end in …: the files have them whole.",
      ...components.flatMap((component) => [`### ${component}`, comparison(component, stacks)]),
    ],
  });
}

/** The table that README.md has too. */
export function glanceTable(stacks: PerStack<Settings>): string {
  return table(["", ...stackNames], glance(stacks));
}

function comparison(component: string, stacks: PerStack<Settings>): string {
  const values = perStack((stack) => {
    const settings = stacks[stack][component];
    return new Map(settings === undefined ? [] : flatten(settings, component));
  });
  const rows = mergeOrder(inOrder(values).map((settings) => [...settings.keys()])).map((path) => {
    const each = inOrder(values).map((settings) => inYaml(settings.get(path)));
    const mark = new Set(each).size > 1 ? "≠" : "";
    return [mark, code(path), ...each.map((value) => code(shortly(value, longest)))];
  });
  return table(["", "Setting", ...stackNames], rows);
}

/** All names of several lists, each once and behind its neighbour: what only a later list has is not put at the end. */
function mergeOrder(lists: readonly (readonly string[])[]): readonly string[] {
  return lists.reduce<readonly string[]>((merged, names) => {
    const result = [...merged];
    for (const [index, name] of names.entries()) {
      if (!result.includes(name)) result.splice(result.indexOf(names[index - 1] ?? "") + 1, 0, name);
    }
    return result;
  }, []);
}
