import { expect } from "chai";
import { importsOf, sourcesIn } from "./imports.ts";

/** What lies outside `sandbox/` and may be used: it finds the Pulumi CLI. */
const allowed = ["tools/pulumi/machine.ts"];

describe("the sandbox", () => {
  const files = sourcesIn("sandbox");

  it("imports nothing of the platform that it was made for", () => {
    const foreign = files.flatMap((file) =>
      importsOf(file)
        .filter((path) => !path.startsWith("sandbox/") && !allowed.includes(path))
        .map((path) => `${file} imports ${path}`),
    );
    expect(foreign).to.deep.equal([]);
  });

  it("is read as a whole by this test", () => {
    expect(files.length).to.be.greaterThan(100);
    expect(importsOf("sandbox/bin.js")).to.deep.equal(["sandbox/main.ts"]);
    expect(files.flatMap(importsOf)).to.include("tools/pulumi/machine.ts");
  });
});
