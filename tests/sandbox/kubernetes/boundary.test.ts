import { expect } from "chai";
import { importsOf, sourcesIn } from "../imports.ts";

/** Everything that a source needs, itself included. */
function closureOf(file: string, known = new Set<string>()): ReadonlySet<string> {
  if (known.has(file)) return known;
  known.add(file);
  for (const path of importsOf(file)) closureOf(path, known);
  return known;
}

/** What lies behind the interface of a cluster. */
const inner = /^sandbox\/kubernetes\/(?:server|controllers|rules|schemas)\//;

function reachingInside(files: readonly string[]): readonly string[] {
  return files.flatMap((file) =>
    importsOf(file)
      .filter((path) => inner.test(path))
      .map((path) => `${file} imports ${path}`),
  );
}

describe("The Kubernetes provider", () => {
  const provider = "sandbox/kubernetes/provider.ts";

  it("knows of a cluster what its interface says, and nothing else", () => {
    const ours = [...closureOf(provider)].filter((path) => path.startsWith("sandbox/kubernetes/"));
    expect(ours.sort()).to.deep.equal(
      [
        "api",
        "awaiting",
        "differences",
        "functions",
        "kinds",
        "manifest",
        "manifests/commands",
        "manifests/decode",
        "manifests/helm",
        "manifests/kustomize",
        "manifests/objects",
        "manifests/requests",
        "manifests/sources",
        "manifests/values",
        "names",
        "patch",
        "provider",
        "release",
        "schema-keys",
        "secrets",
        "yaml-directory",
      ].map((name) => `sandbox/kubernetes/${name}.ts`),
    );
  });

  it("imports nothing of AWS, nor of how the account is kept", () => {
    const others = [...closureOf(provider)].filter((path) => !path.startsWith("sandbox/kubernetes/"));
    expect(others.sort()).to.deep.equal(
      ["answers", "model", "signatures", "unready", "values"].map((name) => `sandbox/${name}.ts`),
    );
  });

  it("is put on the simulated cluster in one place", () => {
    const outermost = sourcesIn("sandbox/kubernetes").filter((file) => !inner.test(file));
    const places = outermost.filter((file) => importsOf(file).some((path) => path.endsWith("/connect.ts")));
    expect(places).to.deep.equal(["sandbox/kubernetes/simulated.ts"]);
  });
});

describe("The simulated cluster", () => {
  it("keeps its insides from everything outside", () => {
    const folders = [
      "sandbox",
      "simulation",
      "components",
      "policy-pack",
      "tools",
      "tests/engine",
      "tests/support",
    ];
    const outside = folders.flatMap(sourcesIn).filter((file) => !file.startsWith("sandbox/kubernetes/"));
    expect(outside.length).to.be.greaterThan(500);
    expect(reachingInside(outside)).to.deep.equal([]);
  });

  it("has insides that this test finds", () => {
    expect(reachingInside(["sandbox/kubernetes/simulated.ts"])).to.deep.equal([
      "sandbox/kubernetes/simulated.ts imports sandbox/kubernetes/server/connect.ts",
    ]);
  });
});
