import { expect } from "chai";
import { awsProvider } from "../../../sandbox/aws/provider.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { carrying, committing } from "../../../sandbox/operations.ts";
import { at } from "../../../sandbox/values.ts";
import { atOnce } from "../answering.ts";
import { Desk, endOf, laterProvider } from "./desk.ts";
import { but, deployment, release, releaseType, repos } from "./world.ts";

const deploymentType = "apps/v1:Deployment";
const certManager = release("cert-manager", repos.jetstack, { crds: { enabled: true } });

describe("Operations that are under way in a cluster at the same time", () => {
  const named = (name: string): Properties => but(deployment, "metadata/name", name);
  const names = ["web", "shop", "cart", "mail"];

  it("each get their own answer, and their own note", async () => {
    const desk = new Desk(laterProvider);
    const made = await Promise.all(names.map((name) => desk.make(deploymentType, named(name), name)));
    expect(made.map(({ id, state }) => [id, at(state, "metadata.name")])).to.deep.equal(
      names.map((name) => [`default/${name}`, name]),
    );
    expect(desk.notes().toSorted()).to.deep.equal(names.map((name) => `create ${name}`).sort());
  });

  it("fail each for itself", async () => {
    const desk = new Desk(laterProvider);
    const ends = await Promise.all([
      endOf((same) => same.make(deploymentType, but(named("web"), "metadata/namespace", "tea")), desk),
      endOf((same) => same.make(releaseType, { ...certManager, timeout: 10 }, "certificates"), desk),
      endOf((same) => same.make(deploymentType, named("shop"), "shop"), desk),
    ]);
    expect(ends[0]).to.equal('Refusal: NotFound: namespaces "tea" not found');
    expect(at(ends[1], "[1].id")).to.equal("kube-system/cert-manager");
    expect(at(ends[2], "id")).to.equal("default/shop");
    expect(desk.notes().toSorted()).to.deep.equal(["create certificates", "create shop"]);
  });

  it("leave the account to others meanwhile", async () => {
    const desk = new Desk(laterProvider);
    const inputs = await desk.check(deploymentType, deployment);
    const made = desk.send(deploymentType, inputs);
    const { account } = desk.world;
    const session = { account, settings: { region: "eu-west-1" }, preview: false, seed: "" };
    const token = "aws:s3/bucket:Bucket";
    const bucket = { urn: `urn:pulumi:dev::groundwork::${token}::site`, token, name: "site" };
    atOnce(carrying(awsProvider, committing(account)).create(session, bucket, { bucket: "site" }));
    expect([desk.notes(), desk.world.contents()]).to.deep.equal([["create site"], []]);
    await made;
    expect(desk.notes()).to.deep.equal(["create site", "create web"]);
  });
});
