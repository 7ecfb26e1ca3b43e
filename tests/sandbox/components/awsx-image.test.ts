import { expect } from "chai";
import { expand } from "../../../sandbox/components/components.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { Laboratory, make, refusal } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

const url = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop";
const token = "aws:ecr/getAuthorizationToken:getAuthorizationToken";
const answers = {
  [token]: { proxyEndpoint: "https://ecr", userName: "AWS", password: "open-sesame" },
};

function image(change: Properties = {}, laboratory = new Laboratory({ answers })): Promise<Finished> {
  return make("awsx:ecr:Image", "app", { repositoryUrl: url, ...change }, laboratory);
}

describe("awsx.ecr.Image", () => {
  it("builds in the program's folder, and pushes with a login of the repository's account", async () => {
    const { laboratory } = await image({ context: "./app", platform: "linux/arm64", target: "run" });
    const name = "12fda807-container";
    expect(laboratory.tree()).to.deep.equal([`docker-build:index:Image ${name} < the component`]);
    expect(laboratory.inputs(`Image ${name}`)).to.deep.equal({
      tags: [`${url}:${name}`],
      cacheFrom: [{ registry: { ref: `${url}:${name}` } }],
      cacheTo: [{ inline: {} }],
      context: { location: "./app" },
      dockerfile: {},
      platforms: ["linux/arm64"],
      target: "run",
      push: true,
      registries: [{ address: "https://ecr", username: "AWS", password: "open-sesame" }],
    });
    expect(laboratory.questions).to.deep.equal([`${token} {"registryId":"123456789012"}`]);
  });

  it("answers with repository and digest, without a tag", async () => {
    const digested = { preview: false, answers };
    const laboratory = new Laboratory(digested);
    const made = laboratory.make.bind(laboratory);
    laboratory.make = async (prepared) => {
      const one = await made(prepared);
      return { ...one, state: { ...one.state, digest: "sha256:1" } };
    };
    expect((await image({}, laboratory)).outputs).to.deep.equal({ imageUri: `${url}@sha256:1` });
  });

  it("is called by place and stack, unless the program names it", () => {
    const nameOf = (args: Properties, stack: string): unknown =>
      expand("awsx:ecr:Image", "app", { repositoryUrl: url, ...args }, stack).children[0]?.name;
    const names = [
      nameOf({}, "dev"),
      nameOf({}, "prod"),
      nameOf({ context: "./app" }, "dev"),
      nameOf({ args: { VERSION: "1" } }, "dev"),
      nameOf({ dockerfile: "./Dockerfile" }, "dev"),
    ];
    expect(new Set(names).size).to.equal(names.length);
    expect(nameOf({ imageTag: "v1" }, "dev")).to.equal("v1");
    expect(nameOf({ imageTag: "v1", imageName: "app" }, "dev")).to.equal("app");
  });

  it("reads caches where it is told, and logs in to the registry that it is given", async () => {
    const { laboratory } = await image({
      imageTag: "v1",
      cacheFrom: ["other:1"],
      registryId: "210987654321",
    });
    expect(laboratory.inputs("Image v1").cacheFrom).to.deep.equal([{ registry: { ref: "other:1" } }]);
    expect(laboratory.questions).to.deep.equal([`${token} {"registryId":"210987654321"}`]);
  });

  it("shows nothing inside while a preview does not know how it is called", async () => {
    const { laboratory, outputs } = await image({ imageTag: UNKNOWN });
    expect(laboratory.tree()).to.deep.equal([]);
    expect(outputs).to.deep.equal({ imageUri: "?" });
  });

  it("refuses an argument that it does not know", async () => {
    expect(await refusal(() => image({ squash: true }))).to.equal(
      "the sandbox does not simulate the argument 'squash' of awsx:ecr:Image",
    );
  });

  it("refuses an address that is none", async () => {
    expect(await refusal(() => image({ repositoryUrl: "https://" }))).to.equal(
      "The input properties for the image are invalid.",
    );
  });
});
