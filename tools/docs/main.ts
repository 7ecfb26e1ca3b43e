import { writeFileSync } from "node:fs";
import { resolve } from "node:path";

import { freshPages, readPage } from "./pages.ts";

/** `node tools/docs/main.ts`: writes the generated pages, and README.md's table of environments. */
const pages = freshPages();
for (const [path, markdown] of pages) {
  const changed = readPage(path) !== markdown;
  if (changed) writeFileSync(resolve(import.meta.dirname, "../..", path), markdown);
  console.log(`${changed ? "written  " : "unchanged"} ${path}`);
}
if (!pages.has("README.md")) {
  console.log("skipped   README.md: it has no <!-- environments:begin --> and <!-- environments:end -->");
}
