import { compareSync } from "bcryptjs";
import { expect } from "chai";
import { randomProvider } from "../../../../sandbox/utilities/packages.ts";
import { Maker, refusalOf } from "../maker.ts";

const defaults = {
  lower: true,
  minLower: 0,
  minNumeric: 0,
  minSpecial: 0,
  minUpper: 0,
  number: true,
  numeric: true,
  special: true,
  upper: true,
};

const strings = (): Maker => new Maker(randomProvider, "random:index/randomString:RandomString");
const passwords = (): Maker => new Maker(randomProvider, "random:index/randomPassword:RandomPassword");

describe("a random string", () => {
  it("is as long as it is to be, of all kinds of characters, and is its own id", async () => {
    const { id, state } = await strings().make({ length: 200 });
    expect(state).to.deep.equal({ ...defaults, length: 200, result: id });
    for (const kind of [/[a-z]/, /[A-Z]/, /[0-9]/, /[!@#$%&*()\-_=+[\]{}<>:?]/]) expect(id).to.match(kind);
    expect(id).to.match(/^[\w!@#$%&*()\-=+[\]{}<>:?]{200}$/);
  });

  it("is another each time", async () => {
    const made = await Promise.all([1, 2, 3].map(() => strings().make({ length: 16 })));
    expect(new Set(made.map(({ id }) => id)).size).to.equal(3);
  });

  it("leaves out the kinds that are switched off", async () => {
    const { id } = await strings().make({ length: 100, special: false, upper: false, numeric: false });
    expect(id).to.match(/^[a-z]{100}$/);
  });

  it("has so many of each kind as there must be", async () => {
    const { id } = await strings().make({
      length: 10,
      minLower: 1,
      minUpper: 2,
      minNumeric: 3,
      minSpecial: 4,
    });
    const counts = [/[a-z]/g, /[A-Z]/g, /[0-9]/g, /[^A-Za-z0-9]/g].map((kind) => id.match(kind)?.length);
    expect(counts).to.deep.equal([1, 2, 3, 4]);
  });

  it("takes the program's own special characters", async () => {
    const inputs = { length: 50, overrideSpecial: "_%", lower: false, upper: false, numeric: false };
    expect((await strings().make(inputs)).id).to.match(/^[_%]{50}$/);
  });

  it("takes `number` for `numeric`, and answers both", async () => {
    expect((await strings().make({ length: 4, number: false })).state).to.include({
      number: false,
      numeric: false,
    });
  });

  it("refuses `number` and `numeric` where they contradict each other, in a preview too", async () => {
    expect(await refusalOf(strings().preview({ length: 4, number: false, numeric: true }))).to.equal(
      "Number and numeric are both configured with different values: Number is deprecated, use numeric instead",
    );
  });

  it("refuses a length of nothing", async () => {
    expect(await strings().mistakes({ length: 0 })).to.deep.equal([
      "Invalid Attribute Value. Attribute length value must be at least 1, got: 0. Examine values at 'one.length'.",
    ]);
  });

  it("refuses more characters of each kind than there is room for", async () => {
    expect(await strings().mistakes({ length: 2, minLower: 2, minNumeric: 1 })).to.deep.equal([
      "Invalid Attribute Value. Attribute length value must be at least sum of min_upper + min_lower + min_numeric + min_special, got: 2. Examine values at 'one.length'.",
    ]);
  });

  it("refuses that all kinds are switched off", async () => {
    const none = { length: 4, numeric: false, special: false, upper: false, lower: false };
    expect(await strings().mistakes(none)).to.deep.equal([
      "Invalid Attribute Combination. At least one attribute out of [special,upper,lower,numeric] must be specified as true. Examine values at 'one.numeric'.",
    ]);
  });

  it("insists on a length", async () => {
    expect(await strings().mistakes({})).to.deep.equal(["Missing required property 'length'"]);
  });

  it("is what an import says", async () => {
    const found = await strings().take("hello");
    const { number: _, ...settable } = defaults;
    expect(found).to.deep.equal({
      id: "hello",
      inputs: { ...settable, length: 5 },
      state: { ...defaults, length: 5, result: "hello" },
    });
  });
});

describe("a random password", () => {
  it("is a secret as its hash is, and its id says nothing", async () => {
    const maker = passwords();
    const { id, state } = await maker.make({ length: 12 });
    expect(id).to.equal("none");
    expect(state.result).to.match(/^.{12}$/);
    expect(state.bcryptHash).to.match(/^\$2a\$10\$[./A-Za-z0-9]{53}$/);
    expect([...maker.secrets]).to.have.members([state.result, state.bcryptHash]);
  });

  it("is what its hash is checked against, as far as that looks at it", async () => {
    const [first, rest] = ["é".repeat(36), "!"];
    const hashes = await Promise.all(
      [first, first + rest, first.slice(1)].map(
        async (text) => (await passwords().take(text))?.state.bcryptHash,
      ),
    );
    expect(hashes.map((hash) => compareSync(first, String(hash)))).to.deep.equal([true, true, false]);
    const { state } = await passwords().make({ length: 12 });
    expect(compareSync(String(state.result), String(state.bcryptHash))).to.equal(true);
    expect(new Set(hashes).size).to.equal(3);
  });

  it("leaves nothing in the account", async () => {
    const maker = passwords();
    await maker.make({ length: 12 });
    expect([...maker.account.everything()]).to.deep.equal([]);
  });

  it("is unknown in a preview, where its settings are known", async () => {
    const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    expect(await passwords().preview({ length: 12 })).to.deep.equal({
      ...defaults,
      length: 12,
      bcryptHash: unknown,
      result: unknown,
    });
  });

  it("stays as it is where nothing changes, though a default is spelt out", async () => {
    const maker = passwords();
    const { state } = await maker.make({ length: 12, keepers: { release: "one" } });
    const same = { length: 12, keepers: { release: "one" }, upper: true, minLower: 0, numeric: true };
    expect(await maker.differences(state, same)).to.deep.equal([]);
  });

  it("is replaced by any change of its settings and of what it is kept to", async () => {
    const maker = passwords();
    const { state } = await maker.make({ length: 12, special: false, keepers: { release: "one" } });
    const news = { length: 16, keepers: { release: "two", "a b": "c" } };
    expect(await maker.differences(state, news)).to.deep.equal([
      "update keepers.release!",
      'add keepers["a b"]!',
      "update length!",
      "update special!",
    ]);
  });

  it("is kept where nothing is kept to, one way or the other, and where an empty list of characters goes", async () => {
    const maker = passwords();
    const made = await maker.make({ length: 12, overrideSpecial: "" });
    const news = { length: 12, keepers: {} };
    expect(await maker.differences(made.state, news)).to.deep.equal([
      "add keepers",
      "delete overrideSpecial",
    ]);
    const { overrideSpecial: _, ...rest } = made.state;
    expect(await maker.change(made, news)).to.deep.equal({ ...rest, keepers: {} });
  });

  it("is what a refresh finds in the state", async () => {
    const maker = passwords();
    const inputs = { length: 12 };
    const made = await maker.make(inputs);
    expect(await maker.refresh(made, inputs)).to.deep.equal({ id: "none", inputs, state: made.state });
  });

  it("is a secret when it is imported", async () => {
    const maker = passwords();
    const found = await maker.take("hunter2");
    expect(found?.id).to.equal("none");
    expect(found?.state).to.include({ result: "hunter2", length: 7 });
    expect([...maker.secrets]).to.have.members(["hunter2", found?.state.bcryptHash]);
  });
});
