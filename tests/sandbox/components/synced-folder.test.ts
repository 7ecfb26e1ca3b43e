import { relative } from "node:path";
import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { assetSignature, signatureKey } from "../../../sandbox/signatures.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { Folder } from "../images/a-folder.ts";
import { make, refusal } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

describe("synced-folder.S3BucketFolder", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder().write({
      "www/index.html": "<h1>",
      "www/css/site.css": "h1 {}",
      "www/notes": "",
      "www/.well-known/key": "",
      "www/.env": "",
    });
  });
  afterEach(() => {
    folder.remove();
  });

  const sync = (change: Properties = {}): Promise<Finished> =>
    make("synced-folder:index:S3BucketFolder", "site", {
      path: folder.at("www"),
      bucketName: "shop",
      acl: "private",
      ...change,
    });
  const keys = async (change: Properties = {}): Promise<readonly unknown[]> => {
    const { laboratory } = await sync(change);
    return laboratory.prepared.map(({ child }) => child.inputs.key).sort();
  };

  it("makes an object of each file, with its media type and the program's access", async () => {
    const { laboratory, outputs } = await sync();
    expect(laboratory.tree()).to.deep.equal([
      "aws:s3/bucketObject:BucketObject site-css/site.css < the component",
      "aws:s3/bucketObject:BucketObject site-index.html < the component",
      "aws:s3/bucketObject:BucketObject site-notes < the component",
    ]);
    expect(laboratory.inputs("BucketObject site-css/site.css")).to.deep.equal({
      key: "css/site.css",
      acl: "private",
      bucket: "shop",
      contentType: "text/css",
      source: { [signatureKey]: assetSignature, path: folder.at("www/css/site.css") },
    });
    expect(laboratory.inputs("BucketObject site-notes").contentType).to.equal("text/plain");
    expect(outputs).to.deep.equal({});
  });

  it("takes hidden files where it is told to", async () => {
    expect(await keys({ includeHiddenFiles: true })).to.deep.equal([
      ".env",
      ".well-known/key",
      "css/site.css",
      "index.html",
      "notes",
    ]);
  });

  it("keeps the folder's name in the keys where the path is not spelled plainly, as the real one does", async () => {
    const path = relative(process.cwd(), folder.at("www"));
    expect(await keys({ path })).to.deep.equal(["css/site.css", "index.html", "notes"]);
    expect(await keys({ path: `${path}/` })).to.deep.equal(
      ["css/site.css", "index.html", "notes"].map((key) => `${path}/${key}`),
    );
  });

  it("makes nothing of a folder that is not there", async () => {
    expect(await keys({ path: folder.at("nowhere") })).to.deep.equal([]);
  });

  it("refuses what the aws command would have to copy", async () => {
    expect(await refusal(() => sync({ managedObjects: false }))).to.equal(
      '"site" copies its files with the command aws s3 sync, which has no account here: leave managedObjects unset',
    );
  });

  it("refuses a path that a preview does not know", async () => {
    expect(await refusal(() => sync({ path: UNKNOWN }))).to.equal(
      "the sandbox does not simulate a 'path' that is not known in a preview of synced-folder:index:S3BucketFolder",
    );
  });

  it("refuses the folders of other clouds by their names", async () => {
    const azure = await refusal(() => make("synced-folder:index:AzureBlobFolder", "site", {}));
    expect(azure).to.match(/^the sandbox does not know the component synced-folder:index:AzureBlobFolder; /);
  });
});
