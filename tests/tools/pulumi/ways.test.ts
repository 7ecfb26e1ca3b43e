import { expect } from "chai";
import type { Machine } from "../../../tools/pulumi/ways.ts";
import { getCli } from "../../../tools/pulumi/ways.ts";

const bin = "/home/me/.pulumi/versions/3.259.0/bin";
const cli = "/usr/local/bin/pulumi";

/** A machine with nothing but a network and Go, which notes what is done to it. */
function machine(differences: Partial<Machine> = {}): Machine & { readonly done: readonly string[] } {
  const done: string[] = [];
  const note = (what: string): Promise<void> => {
    done.push(what);
    return Promise.resolve();
  };
  return {
    done,
    version: "3.259.0",
    bin,
    versionOf: () => undefined,
    findOnPath: () => undefined,
    link: (found) => done.push(`link ${found.cli}`),
    download: () => note("download"),
    build: () => note("build"),
    hasOfficialHost: () => false,
    installHost: () => done.push("host"),
    say: (line) => done.push(line),
    ...differences,
  };
}

const refuse = (reason: string) => () => Promise.reject(new Error(reason));
const reports = (versions: Readonly<Record<string, string>>) => (file: string) => versions[file];
const onPath = () => ({ cli, host: "/usr/local/bin/pulumi-language-nodejs" });

describe("Getting the CLI", () => {
  it("leaves an official CLI of the right version alone", async () => {
    const there = machine({
      versionOf: reports({ [`${bin}/pulumi`]: "3.259.0" }),
      hasOfficialHost: () => true,
    });
    expect(await getCli(there)).to.equal(`pulumi 3.259.0: already in ${bin}`);
    expect(there.done).to.deep.equal([]);
  });

  it("finishes a build that was interrupted before its language host", async () => {
    const there = machine({ versionOf: reports({ [`${bin}/pulumi`]: "3.259.0" }) });
    expect(await getCli(there)).to.equal(`pulumi 3.259.0: already in ${bin}`);
    expect(there.done).to.deep.equal(["host"]);
  });

  it("uses the CLI on the PATH when its version is the SDK's", async () => {
    const there = machine({ versionOf: reports({ [cli]: "3.259.0" }), findOnPath: onPath });
    expect(await getCli(there)).to.equal(`pulumi 3.259.0: the one on the PATH, ${cli}`);
    expect(there.done).to.deep.equal([`link ${cli}`]);
  });

  it("downloads past a CLI of another version, on the PATH or where its own would be", async () => {
    const versionOf = reports({ [cli]: "3.270.0", [`${bin}/pulumi`]: "3.258.0" });
    const there = machine({ versionOf, findOnPath: onPath });
    expect(await getCli(there)).to.equal(`pulumi 3.259.0: downloaded to ${bin}`);
    expect(there.done).to.deep.equal(["download"]);
  });

  it("builds where the download is refused, and says beforehand how long it takes", async () => {
    const there = machine({ download: refuse("fetch failed") });
    expect(await getCli(there)).to.equal(`pulumi 3.259.0: built from its Go module into ${bin}`);
    expect(there.done).to.deep.equal([
      "pulumi 3.259.0: cannot be downloaded (fetch failed), so it is built: about three minutes, once",
      "build",
      "host",
    ]);
  });

  it("says what to install where nothing works", async () => {
    const there = machine({ download: refuse("fetch failed"), build: refuse("go is not installed") });
    const failure: unknown = await getCli(there).catch((error: unknown) => error);
    expect(failure).to.be.an("error").with.property("message").that
      .equals(`pulumi 3.259.0 can be neither downloaded (fetch failed) nor built (go is not installed). Install one of:
  Pulumi CLI 3.259.0  https://www.pulumi.com/docs/install/versions/
  Go 1.25 or newer    https://go.dev/dl/
and run this again.`);
    expect(there.done).to.not.include("host");
  });
});
