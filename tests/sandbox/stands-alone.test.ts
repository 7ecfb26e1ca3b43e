import { readFileSync, readdirSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { expect } from "chai";

const root = resolve(import.meta.dirname, "../..");

/** What lies outside `sandbox/` and may be used: it finds the Pulumi CLI. */
const allowed = ["tools/pulumi/machine.ts"];

function sources(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(?:ts|js)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The files that a source imports by path, from the root. */
function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:\bfrom|\bimport\(?)\s*"(\.[^"]+)"/g)].map(([, path = ""]) =>
    relative(root, resolve(file, "..", path)),
  );
}

describe("the sandbox", () => {
  const files = sources(join(root, "sandbox"));

  it("imports nothing of the platform that it was made for", () => {
    const foreign = files.flatMap((file) =>
      importsOf(file)
        .filter((path) => !path.startsWith("sandbox/") && !allowed.includes(path))
        .map((path) => `${relative(root, file)} imports ${path}`),
    );
    expect(foreign).to.deep.equal([]);
  });

  it("is read as a whole by this test", () => {
    expect(files.length).to.be.greaterThan(100);
    expect(importsOf(join(root, "sandbox/bin.js"))).to.deep.equal(["sandbox/main.ts"]);
    expect(files.flatMap(importsOf)).to.include("tools/pulumi/machine.ts");
  });
});
