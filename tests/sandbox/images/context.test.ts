import { chmodSync, symlinkSync } from "node:fs";
import { expect } from "chai";
import { hashContext } from "../../../sandbox/images/context.ts";
import { Folder } from "./a-folder.ts";

describe("the files that an image is built from", () => {
  let folder: Folder;
  let before = "";
  beforeEach(() => {
    folder = new Folder().write({
      "app/Dockerfile": "FROM nginx",
      "app/index.js": "1",
      "app/.dockerignore": "*.log",
    });
    before = hash();
  });
  afterEach(() => {
    folder.remove();
  });

  const hash = (): string =>
    hashContext({ location: folder.at("app"), dockerfile: folder.at("app/Dockerfile") });

  it("are the same wherever they lie", () => {
    const copy = new Folder().write({
      Dockerfile: "FROM nginx",
      "index.js": "1",
      ".dockerignore": "*.log",
    });
    expect(hashContext({ location: copy.path, dockerfile: copy.at("Dockerfile") })).to.equal(before);
    copy.remove();
  });

  it("differ by what is in them, how they are called and what may be done with them", () => {
    folder.write({ "app/index.js": "2" });
    const edited = hash();
    expect(edited).not.to.equal(before);
    chmodSync(folder.at("app/index.js"), 0o755);
    expect(hash()).not.to.equal(edited);
  });

  it("do not differ by what is left out", () => {
    folder.write({ "app/run.log": "noise" });
    expect(hash()).to.equal(before);
    folder.write({ "app/Dockerfile.dockerignore": "*.txt" });
    const own = hash();
    folder.write({ "app/run.log": "more noise" });
    expect(hash(), "the ignore file of the Dockerfile goes before the other").not.to.equal(own);
  });

  it("are those of a Dockerfile elsewhere too, even where it is left out", () => {
    folder.write({ "app/.dockerignore": "Dockerfile" });
    const ignored = hash();
    folder.write({ "app/Dockerfile": "FROM httpd" });
    expect(hash()).not.to.equal(ignored);
  });

  it("are those of other folders that it names", () => {
    folder.write({ "lib/a.js": "1" });
    const withLib = (): string =>
      hashContext({ location: folder.at("app"), named: { lib: folder.at("lib") } });
    const first = withLib();
    folder.write({ "lib/a.js": "2" });
    expect(withLib()).not.to.equal(first);
  });

  it("do not include what the sandbox keeps beside the program", () => {
    folder.write({ "app/.sandbox/dev/events.jsonl": "{}" });
    expect(hash()).to.equal(before);
  });

  it("do not include what a link leads to outside of all files", () => {
    symlinkSync(folder.at("nowhere"), folder.at("app/broken"));
    expect(hash()).to.equal(before);
  });

  it("are only a place where Docker fetches them", () => {
    const at = (location: string): string => hashContext({ location });
    expect(at("https://example.com/a.git")).to.equal(at("https://example.com/a.git"));
    expect(at("https://example.com/a.git")).not.to.equal(at("https://example.com/b.git"));
  });
});
