import { expect } from "chai";

import { table, text, withSection } from "../../../tools/docs/markdown.ts";

describe("table", () => {
  it("lays cells out in columns", () => {
    expect(
      table(
        ["", "Long heading"],
        [
          ["a", "1"],
          ["bcde", ""],
        ],
      ),
    ).to.equal(
      [
        "|      | Long heading |",
        "| ---- | ------------ |",
        "| a    | 1            |",
        "| bcde |              |",
      ].join("\n"),
    );
  });

  it("escapes the bar, which would end a cell, and puts lines together", () => {
    expect(table(["Key"], [["a|b\nc"]])).to.equal("| Key    |\n| ------ |\n| a\\|b c |");
  });

  it("is nothing without rows", () => {
    expect(table(["Key"], [])).to.equal("");
  });
});

describe("text", () => {
  it("takes nothing for Markdown but code", () => {
    expect(text("_a_ <b> [c] * `d_*` CKV_AWS_1")).to.equal("\\_a\\_ \\<b\\> \\[c\\] \\* `d_*` CKV_AWS_1");
  });
});

describe("withSection", () => {
  const page = "# A\n\n<!-- x:begin -->\n\nold\n\n<!-- x:end -->\n\nend\n";

  it("replaces what is between the marks, and nothing else", () => {
    expect(withSection(page, "x", "new")).to.equal(page.replace("old", "new"));
  });

  it("refuses a page without the marks", () => {
    expect(withSection(page, "y", "new")).to.equal(undefined);
  });
});
