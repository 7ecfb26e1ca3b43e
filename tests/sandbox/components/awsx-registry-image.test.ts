import { expect } from "chai";
import { secretSignature, signatureKey } from "../../../sandbox/signatures.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { Laboratory, make, refusal } from "./laboratory.ts";
import type { Finished } from "./laboratory.ts";

const url = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop";
const answers = {
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": {
    proxyEndpoint: "https://ecr",
    userName: "AWS",
    password: "open-sesame",
  },
  "docker:index/getRemoteImage:getRemoteImage": { id: "sha256:1" },
};

function image(change: Properties = {}): Promise<Finished> {
  const args = { repositoryUrl: url, sourceImage: "shop:latest", ...change };
  return make("awsx:ecr:RegistryImage", "app", args, new Laboratory({ answers }));
}

describe("awsx.ecr.RegistryImage", () => {
  it("tags an image that is there and pushes it, with a login of its own", async () => {
    const { laboratory, outputs } = await image({ keepRemotely: true, triggers: { day: "1" } });
    expect(laboratory.tree()).to.deep.equal([
      "docker:index/registryImage:RegistryImage app < the component",
      "docker:index/tag:Tag app < the component",
      "pulumi:providers:docker app < the component",
    ]);
    expect(laboratory.inputs("Tag app")).to.deep.equal({
      sourceImage: "sha256:1",
      targetImage: `${url}:latest`,
    });
    expect(laboratory.inputs("RegistryImage app")).to.deep.equal({
      keepRemotely: true,
      name: `${url}:latest`,
      triggers: { day: "1", "@pulumi/awsx/internal/sourceImage": "sha256:1" },
    });
    expect(Object.keys(laboratory.child("Tag app").providers)).to.deep.equal(["docker"]);
    expect(Object.keys(laboratory.child("RegistryImage app").providers)).to.deep.equal(["docker"]);
    expect(laboratory.inputs("docker app").registryAuth).to.deep.equal({
      [signatureKey]: secretSignature,
      value: JSON.stringify([{ address: "https://ecr", username: "AWS", password: "open-sesame" }]),
    });
    expect(outputs).to.deep.equal({ image: "<RegistryImage app>" });
  });

  it("takes the program's tag", async () => {
    const { laboratory } = await image({ tag: "v1" });
    expect(laboratory.inputs("Tag app").targetImage).to.equal(`${url}:v1`);
  });

  it("refuses an argument that it does not know", async () => {
    expect(await refusal(() => image({ platform: "linux/arm64" }))).to.equal(
      "the sandbox does not simulate the argument 'platform' of awsx:ecr:RegistryImage",
    );
  });
});
