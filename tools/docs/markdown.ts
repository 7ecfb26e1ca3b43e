/** One page: what it is called, and what it says, as Markdown. */
export interface Page {
  readonly title: string;
  /** Headings, paragraphs, lists and tables in order; empty ones are left out. */
  readonly body: readonly string[];
}

/** The Markdown of a page that a command writes, as its first line says. */
export function pageOf({ title, body }: Page): string {
  const notice =
    "<!-- Written by `make docs` from the code and the settings: change those, not this page. -->";
  return [notice, `# ${title}`, ...body.filter((part) => part !== "")].join("\n\n") + "\n";
}

/** A table laid out in columns, as `make check` wants it; cells are Markdown. Nothing where there are no rows. */
export function table(columns: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const cells = [columns, ...rows].map((row) => row.map(cellOf));
  const widths = columns.map((_, column) => Math.max(3, ...cells.map((row) => row[column]?.length ?? 0)));
  const [header, ...body] = cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)));
  const rule = widths.map((width) => "-".repeat(width));
  return [header ?? [], rule, ...body].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

/** In a table a bar ends the cell, even inside code. */
function cellOf(markdown: string): string {
  return markdown.replaceAll("|", "\\|").replaceAll(/\s+/g, " ").trim();
}

/** A list of points. */
export function list(points: readonly string[]): string {
  return points.map((point) => `- ${point}`).join("\n");
}

/** Text as it is: nothing in it is taken for Markdown but code in backticks. Inside a word an underscore means nothing. */
export function text(plain: string): string {
  return plain
    .split(/(`[^`]*`)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replaceAll(/[\\*<>[\]]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\$&"),
    )
    .join("");
}

/** A name or value as code; nothing for nothing. */
export function code(literal: string): string {
  if (literal === "") return "";
  return literal.includes("`") ? `\`\` ${literal} \`\`` : `\`${literal}\``;
}

/** Names or values as code, in one line. */
export function codes(literals: readonly string[]): string {
  return literals.map(code).join(", ");
}

/** Text that begins with a capital letter and ends in a full stop, as Markdown. */
export function sentence(plain: string): string {
  if (plain === "") return "";
  const begun = plain.charAt(0).toUpperCase() + plain.slice(1);
  return text(begun.endsWith(".") ? begun : `${begun}.`);
}

/** `1 type`, `2 types`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/**
 * A page with what is between the comments `<!-- name:begin -->` and `<!-- name:end -->` replaced. `undefined` for a page without
 * them.
 */
export function withSection(page: string, name: string, content: string): string | undefined {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const [start, stop] = [page.indexOf(begin), page.indexOf(end)];
  if (start < 0 || stop < start) return undefined;
  return [page.slice(0, start + begin.length), content, page.slice(stop)].join("\n\n");
}
