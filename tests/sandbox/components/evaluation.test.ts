import { expect } from "chai";
import { reference, secret } from "../../../sandbox/components/engine-values.ts";
import { Evaluation } from "../../../sandbox/components/evaluation.ts";
import type { Evaluated, Made, Prepared } from "../../../sandbox/components/evaluation.ts";
import { ask, at, child, derive, given, ref, whole } from "../../../sandbox/components/plan.ts";
import type { Child, Expansion } from "../../../sandbox/components/plan.ts";
import { UNKNOWN } from "../../../sandbox/values.ts";
import { Laboratory, refusal, shortNames, urnOf } from "./laboratory.ts";

const key: Child = { type: "aws:kms/key:Key", name: "main", inputs: {} };

function run(
  outputs: Expansion["outputs"],
  laboratory = new Laboratory(),
  children: readonly Child[] = [key],
) {
  return new Evaluation({ children, outputs, keepsOutputs: false }, laboratory).run();
}

async function value(node: unknown, laboratory?: Laboratory): Promise<Evaluated | undefined> {
  return (await run({ node }, laboratory)).node;
}

describe("Evaluation", () => {
  it("follows a path into a child, and depends on it", async () => {
    const found = await value(ref("aws:kms/key:Key::main", "certificateAuthority.data"));
    expect(found?.value).to.equal("<Key main>.ca");
    expect(shortNames(found?.dependencies ?? [])).to.deep.equal(["Key main"]);
  });

  it("takes what a state leaves out as unknown in a preview, and as absent in an update", async () => {
    const node = ref("aws:kms/key:Key::main", "nothing");
    expect((await value(node, new Laboratory({ preview: true })))?.value).to.equal(UNKNOWN);
    expect(await value(node)).to.equal(undefined);
  });

  it("follows resource references, and depends on each resource on the way but no component", async () => {
    const [component, inner] = [
      urnOf("eks:index:Cluster", "main"),
      urnOf("aws:eks/cluster:Cluster", "inner"),
    ];
    const others = [
      { urn: component, state: { core: { cluster: reference(inner, "x") } } },
      { urn: inner, id: "x", state: { name: "platform" } },
    ];
    const found = await value(at(reference(component), "core.cluster.name"), new Laboratory({ others }));
    expect(found?.value).to.equal("platform");
    expect(shortNames(found?.dependencies ?? [])).to.deep.equal(["Cluster inner"]);
  });

  it("derives nothing from what is unknown, but keeps the dependencies", async () => {
    const node = derive([given(UNKNOWN, [urnOf("a:b:C", "given")]), "known"], () => "made");
    const found = await value(node, new Laboratory({ preview: true }));
    expect(found?.value).to.equal(UNKNOWN);
    expect(shortNames(found?.dependencies ?? [])).to.deep.equal(["C given"]);
  });

  it("leaves a value partly known unless it is asked for as a whole", async () => {
    const parts = { id: ref("aws:kms/key:Key::main"), other: 1 };
    const laboratory = (): Laboratory => new Laboratory({ preview: true });
    expect((await value(parts, laboratory()))?.value).to.deep.equal({ id: UNKNOWN, other: 1 });
    expect((await value(whole(parts), laboratory()))?.value).to.equal(UNKNOWN);
  });

  it("makes secret what is derived from a secret or found inside one", async () => {
    const password = secret("hunter2");
    expect(
      (await value(derive([{ deep: [password] }], (known) => JSON.stringify(known))))?.value,
    ).to.deep.equal(secret('{"deep":["hunter2"]}'));
    expect((await value(at(secret({ user: { name: "admin" } }), "user.name")))?.value).to.deep.equal(
      secret("admin"),
    );
  });

  it("asks the same question once, and none that is not known yet", async () => {
    const answers = { "aws:index/getRegion:getRegion": { region: "eu-west-1" } };
    const laboratory = new Laboratory({ answers });
    const region = at(ask("aws:index/getRegion:getRegion"), "region");
    const outputs = await run({ a: region, b: [region], c: ask("aws:x:y", { on: UNKNOWN }) }, laboratory);
    expect(outputs.b?.value).to.deep.equal(["eu-west-1"]);
    expect(outputs.c?.value).to.equal(UNKNOWN);
    expect(laboratory.questions).to.deep.equal(["aws:index/getRegion:getRegion {}"]);
  });

  it("makes children in the order of their needs, whatever the order they are listed in", async () => {
    const laboratory = new Laboratory();
    const user: Child = { type: "a:b:User", name: "u", inputs: { key: child("aws:kms/key:Key::main") } };
    const below: Child = { type: "a:b:Below", name: "b", parent: "a:b:User::u", inputs: {} };
    await run({}, laboratory, [below, user, key]);
    expect(laboratory.prepared.map(({ child: { name } }) => name)).to.deep.equal(["main", "u", "b"]);
    expect(laboratory.prepared[2]?.parent).to.equal(urnOf("a:b:User", "u"));
  });

  it("fails with the first error, after what was under way has come to rest", async () => {
    class Failing extends Laboratory {
      public override async make(prepared: Prepared): Promise<Made> {
        if (prepared.child.name === "bad") throw new Error("refused");
        await new Promise((resolve) => setTimeout(resolve, 5));
        return super.make(prepared);
      }
    }
    const laboratory = new Failing();
    const bad: Child = { type: "a:b:Bad", name: "bad", inputs: {} };
    expect(await refusal(() => run({}, laboratory, [bad, key]))).to.equal("refused");
    expect(laboratory.prepared.map(({ child: { name } }) => name)).to.deep.equal(["main"]);
  });

  it("fails for a reference to a child that is not made", async () => {
    expect(await refusal(() => value(ref("a:b:C::none")))).to.equal(
      "the expansion refers to a:b:C::none, which it does not make",
    );
  });
});
