import { expect } from "chai";
import { isIgnored, parseIgnoreFile } from "../../../sandbox/images/ignore-file.ts";

/** Which of the files a build reads. */
function read(lines: readonly string[], ...files: readonly string[]): readonly string[] {
  const rules = parseIgnoreFile(lines.join("\n"));
  return files.filter((file) => !isIgnored(file, rules));
}

describe("a .dockerignore", () => {
  it("leaves out a folder with all below it, wherever its pattern is rooted", () => {
    expect(read(["node_modules"], "node_modules/a/b.js", "src/node_modules/a.js", "a.js")).to.deep.equal([
      "src/node_modules/a.js",
      "a.js",
    ]);
    expect(read(["/dist/"], "dist/a.js", "src/dist/a.js")).to.deep.equal(["src/dist/a.js"]);
  });

  it("knows patterns within a part of a path, and across parts", () => {
    expect(read(["*.md"], "a.md", "docs/a.md")).to.deep.equal(["docs/a.md"]);
    expect(read(["**/*.md"], "a.md", "docs/a.md", "docs/md")).to.deep.equal(["docs/md"]);
    expect(read(["temp?"], "temp1", "temp", "temp12")).to.deep.equal(["temp", "temp12"]);
    expect(read(["a[0-9].js"], "a1.js", "ab.js")).to.deep.equal(["ab.js"]);
    expect(read(["a+b.js"], "a+b.js", "aab.js")).to.deep.equal(["aab.js"]);
  });

  it("lets the last line that fits decide", () => {
    expect(read(["*", "!src", "src/secret.js"], "a.js", "src/b.js", "src/secret.js")).to.deep.equal([
      "src/b.js",
    ]);
    expect(read(["!src", "*"], "src/b.js")).to.deep.equal([]);
  });

  it("reads neither comments nor empty lines as patterns", () => {
    expect(read(["# a.js", "", "  "], "a.js", "# a.js")).to.deep.equal(["a.js", "# a.js"]);
  });
});
