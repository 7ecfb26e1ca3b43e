/** The cells of a page's table rows, without what lays them out. */
export function cellsOf(page: string): readonly (readonly string[])[] {
  const rows = page.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| --"));
  return rows.map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  );
}
