import { expect } from "chai";
import { expand } from "../../../sandbox/components/components.ts";
import { reference } from "../../../sandbox/components/engine-values.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { assetSignature, signatureKey } from "../../../sandbox/signatures.ts";
import { UNKNOWN, at, isRecord } from "../../../sandbox/values.ts";
import { Folder } from "../images/a-folder.ts";
import { Laboratory, arnOf, make, refusal, urnOf } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

const bucketUrn = urnOf("aws:s3/bucket:Bucket", "own");
const others = [{ urn: bucketUrn, id: "own-1", state: { bucket: "own-1" } }];
const answers = {
  "aws:index/getPartition:getPartition": { partition: "aws" },
  "aws:index/getRegion:getRegion": { region: "eu-west-1" },
};

function api(args: Properties): Promise<Finished> {
  return make("aws-apigateway:index:RestAPI", "shop", args, new Laboratory({ answers, others }));
}

/** What the document of an API with one route says of its paths. */
async function pathsOf(route: Properties, change: Properties = {}): Promise<Properties> {
  const { laboratory } = await api({ routes: [route], ...change });
  const paths = at(JSON.parse(String(laboratory.inputs("RestApi shop").body)), "paths");
  return isRecord(paths) ? paths : {};
}

describe("the files of a RestAPI", () => {
  let folder: Folder;
  beforeEach(() => {
    folder = new Folder().write({ "www/index.html": "", "www/img/a.png": "", "www/.hidden": "" });
  });
  afterEach(() => {
    folder.remove();
  });

  const asset = (name: string): Properties => ({ [signatureKey]: assetSignature, path: folder.at(name) });

  it("go into one bucket of its own, which a role may read", async () => {
    const args = {
      routes: [
        { path: "/", localPath: folder.at("www") },
        { path: "/logo", localPath: folder.at("www/img/a.png"), contentType: "image/x" },
      ],
      tags: { team: "shop" },
    };
    const { laboratory } = await api(args);
    expect(laboratory.tree()).to.include.members([
      "aws:iam/role:Role shop4c238266 < the component",
      "aws:iam/rolePolicyAttachment:RolePolicyAttachment shop4c238266 < the component",
      "aws:s3/bucket:Bucket shop < the component",
      "aws:s3/bucketObject:BucketObject shop4c238266/.hidden < the component",
      "aws:s3/bucketObject:BucketObject shop4c238266/img/a.png < the component",
      "aws:s3/bucketObject:BucketObject shop4c238266/index.html < the component",
    ]);
    const { children } = expand("aws-apigateway:index:RestAPI", "shop", args);
    expect(children.filter(({ type }) => type === "aws:s3/bucket:Bucket")).to.have.lengthOf(1);
    expect(laboratory.inputs("BucketObject shop4c238266/img/a.png")).to.deep.equal({
      bucket: "<Bucket shop>.id",
      key: "shop4c238266/img/a.png",
      tags: { team: "shop" },
      source: asset("www/img/a.png"),
      contentType: "image/png",
    });
    expect(laboratory.inputs("RolePolicyAttachment shop4c238266")).to.deep.equal({
      role: "<Role shop4c238266>.id",
      policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess",
    });
    const logo = laboratory.prepared.find(({ inputs }) => inputs.contentType?.value === "image/x");
    expect(logo?.inputs.source?.value).to.deep.equal(asset("www/img/a.png"));
  });

  it("are answered by S3, the folder itself with its index", async () => {
    const route = { path: "/", localPath: folder.at("www") };
    const change = { staticRoutesBucket: reference(bucketUrn, "own-1") };
    const paths = await pathsOf(route, change);
    const index = at(paths["/"], "get");
    const below = at(paths["/{proxy+}"], "x-amazon-apigateway-any-method");
    const uriOf = (one: unknown): unknown => at(one, "x-amazon-apigateway-integration.uri");
    expect(uriOf(index)).to.equal("arn:aws:apigateway:eu-west-1:s3:path/own-1/shop4c238266/index.html");
    expect(uriOf(below)).to.equal("arn:aws:apigateway:eu-west-1:s3:path/own-1/shop4c238266/{proxy}");
    expect(at(below, "x-amazon-apigateway-integration.credentials")).to.equal(arnOf("Role shop4c238266"));
    expect(at(below, "parameters")).to.deep.equal([
      { name: "proxy", in: "path", required: true, type: "string" },
    ]);
  });

  it("have no index where the program wants none, and another where it says so", async () => {
    const served = async (index: unknown): Promise<readonly string[]> => {
      return Object.keys(await pathsOf({ path: "/", localPath: folder.at("www"), index }));
    };
    expect(await served(false)).to.deep.equal(["/{proxy+}"]);
    expect(await served("./img/a.png")).to.deep.equal(["/", "/{proxy+}"]);
  });

  it("are not taken from where a preview does not know", async () => {
    const routes = [{ path: "/", localPath: UNKNOWN }];
    expect(await refusal(() => api({ routes }))).to.equal(
      "the sandbox does not simulate a 'localPath' that is not known in a preview of aws-apigateway:index:RestAPI",
    );
  });

  it("must be there", async () => {
    const routes = [{ path: "/", localPath: folder.at("nowhere") }];
    expect(await refusal(() => api({ routes }))).to.equal(
      `ENOENT: no such file or directory, stat '${folder.at("nowhere")}'`,
    );
  });
});
