import { expect } from "chai";

import { freshPages, readPage } from "../../tools/docs/pages.ts";
import { flatten } from "../../tools/docs/stacks.ts";
import { settingsOf } from "../stack-settings.ts";
import { cellsOf } from "./docs/cells.ts";

const generated = ["docs/settings.md", "docs/environments.md", "docs/policies.md", "docs/sandbox.md"];

describe("the generated pages", () => {
  let pages: ReadonlyMap<string, string> = new Map();

  before(() => {
    pages = freshPages();
  });

  for (const path of [...generated, "README.md"]) {
    it(`${path} is what make docs writes`, () => {
      const fresh = pages.get(path);
      expect(fresh !== undefined, `${path} has no place for its table`).to.equal(true);
      expect(readPage(path) === fresh, `${path} is stale: run make docs`).to.equal(true);
    });
  }

  it("say which command writes them", () => {
    for (const path of generated) {
      expect(pages.get(path)?.split("\n")[0]).to.equal(
        "<!-- Written by `make docs` from the code and the settings: change those, not this page. -->",
      );
    }
  });

  it("have a row for every policy, type, chart and setting they are made of", async () => {
    const { policies } = await import("../../policy-pack/policies.ts");
    const { behaviours } = await import("../../sandbox/aws/index.ts");
    const { charts } = await import("../../sandbox/kubernetes/charts.ts");
    const firstCells = (path: string): readonly string[] =>
      cellsOf(pages.get(path) ?? "").map(([first = ""]) => first);

    expect(firstCells("docs/policies.md")).to.include.members(
      policies.map(({ name }) => `[${name}](#${name})`),
    );
    expect(firstCells("docs/sandbox.md").filter((cell) => cell.startsWith("`aws."))).to.have.length(
      behaviours.size,
    );
    expect(firstCells("docs/sandbox.md")).to.include.members(
      Object.keys(charts).map((name) => `\`${name}\``),
    );
    expect(cellsOf(pages.get("docs/environments.md") ?? "").map(([, path = ""]) => path)).to.include.members(
      flatten(settingsOf("prod")).map(([path]) => `\`${path}\``),
    );
  });

  it("know the kinds that every cluster has", () => {
    const rows = cellsOf(pages.get("docs/sandbox.md") ?? "");
    expect(rows).to.deep.include(["`Deployment`", "apps/v1", "namespace", "`spec.selector`", "", "30"]);
    expect(rows).to.deep.include(["`Namespace`", "v1", "cluster", "", "", "1"]);
  });
});
