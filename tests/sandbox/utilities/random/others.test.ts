import * as sdk from "@pulumi/random";
import { expect } from "chai";
import type { Properties } from "../../../../sandbox/model.ts";
import { randomProvider } from "../../../../sandbox/utilities/packages.ts";
import { random } from "../../../../sandbox/utilities/random/index.ts";
import { adjectives, adverbs, names } from "../../../../sandbox/utilities/random/pet-words.ts";
import { Maker, refusalOf, tokensOf } from "../maker.ts";

const of = (name: string): Maker =>
  new Maker(randomProvider, `random:index/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`);

describe("random bytes", () => {
  it("are secret in both of their forms", async () => {
    const maker = of("RandomBytes");
    const { id, state } = await maker.make({ length: 20 });
    const bytes = Buffer.from(String(state.base64), "base64");
    expect(bytes).to.have.length(20);
    expect(state).to.deep.equal({ length: 20, base64: id, hex: bytes.toString("hex") });
    expect([...maker.secrets]).to.have.members([state.base64, state.hex]);
  });

  it("are replaced where they are kept to nothing in another way, unlike all others", async () => {
    const maker = of("RandomBytes");
    const { state } = await maker.make({ length: 1 });
    expect(await maker.differences(state, { length: 1, keepers: {} })).to.deep.equal(["add keepers!"]);
  });

  it("are imported by their base64", async () => {
    expect(await of("RandomBytes").take("8/fu3q+2DcgSJ19i0jZ5Cw==")).to.deep.equal({
      id: "8/fu3q+2DcgSJ19i0jZ5Cw==",
      inputs: { length: 16 },
      state: { base64: "8/fu3q+2DcgSJ19i0jZ5Cw==", hex: "f3f7eedeafb60dc812275f62d236790b", length: 16 },
    });
    expect(await refusalOf(of("RandomBytes").take("no base64!"))).to.match(
      /^Import Random bytes Error: There was an error during the parsing of the base64 string\.\n\nRetry .*\n\nOriginal Error: illegal base64 data$/,
    );
  });

  it("cannot be none", async () => {
    expect(await of("RandomBytes").mistakes({ length: 0 })).to.deep.equal([
      "Invalid Attribute Value. Attribute length value must be at least 1, got: 0. Examine values at 'one.length'.",
    ]);
  });
});

describe("a random id", () => {
  it("is told in four ways, each with the prefix, which the id itself does not have", async () => {
    const { id, state } = await of("RandomId").make({ byteLength: 8, prefix: "web-" });
    const bytes = Buffer.from(id, "base64url");
    expect(bytes).to.have.length(8);
    expect(state).to.deep.equal({
      byteLength: 8,
      prefix: "web-",
      b64Std: `web-${bytes.toString("base64")}`,
      b64Url: `web-${id}`,
      dec: `web-${bytes.readBigUInt64BE()}`,
      hex: `web-${bytes.toString("hex")}`,
    });
  });

  it("is imported with what stands before the last comma as its prefix", async () => {
    expect(await of("RandomId").take("my,prefix-,p-9hUg")).to.deep.equal({
      id: "p-9hUg",
      inputs: { byteLength: 4, prefix: "my,prefix-" },
      state: {
        byteLength: 4,
        prefix: "my,prefix-",
        b64Std: "my,prefix-p+9hUg==",
        b64Url: "my,prefix-p-9hUg",
        dec: "my,prefix-2817483090",
        hex: "my,prefix-a7ef6152",
      },
    });
    expect((await of("RandomId").take("p-9hUg"))?.inputs).to.deep.equal({ byteLength: 4 });
  });
});

describe("a random integer", () => {
  const results = async (inputs: Properties, count = 40): Promise<readonly unknown[]> => {
    const made = Array.from({ length: count }, () => of("RandomInteger").make(inputs));
    return (await Promise.all(made)).map(({ state }) => state.result);
  };

  it("is any number of its range, the ends too", async () => {
    expect(new Set(await results({ min: -1, max: 1 }, 200))).to.deep.equal(new Set([-1, 0, 1]));
    expect(new Set(await results({ min: 7, max: 7 }))).to.deep.equal(new Set([7]));
  });

  it("is the same for the same seed, and another for another", async () => {
    const range = { min: 1, max: 1_000_000 };
    expect(new Set(await results({ ...range, seed: "a" })).size).to.equal(1);
    const [one] = await results({ ...range, seed: "a" }, 1);
    const [other] = await results({ ...range, seed: "b" }, 1);
    expect(one).not.to.equal(other);
    expect(new Set(await results({ ...range, seed: "" })).size).to.be.greaterThan(1);
  });

  it("has its number as its id", async () => {
    const { id, state } = await of("RandomInteger").make({ min: 5, max: 5 });
    expect([id, state.result]).to.deep.equal(["5", 5]);
  });

  it("refuses a range of nothing, though not before it is to be made", async () => {
    expect(await of("RandomInteger").mistakes({ min: 2, max: 1 })).to.deep.equal([]);
    expect(await refusalOf(of("RandomInteger").make({ min: 2, max: 1 }))).to.equal(
      "Create Random Integer Error: The minimum (minVal) value needs to be smaller than or equal to maximum (maxVal) value.",
    );
  });

  it("is imported with its range, and its seed if it had one", async () => {
    expect(await of("RandomInteger").take("15390,1,50000")).to.deep.equal({
      id: "15390",
      inputs: { min: 1, max: 50000 },
      state: { result: 15390, min: 1, max: 50000 },
    });
    expect((await of("RandomInteger").take("3,1,6,dice"))?.inputs).to.deep.equal({
      min: 1,
      max: 6,
      seed: "dice",
    });
    expect(await refusalOf(of("RandomInteger").take("15390"))).to.equal(
      "Import Random Integer Error: Invalid import usage: expecting {result},{min},{max} or {result},{min},{max},{seed}",
    );
    expect(await refusalOf(of("RandomInteger").take("3,one,6"))).to.equal(
      'Import Random Integer Error: The min value supplied could not be parsed as an integer.\n\nOriginal Error: strconv.ParseInt: parsing "one": invalid syntax',
    );
  });
});

describe("a random shuffle", () => {
  const zones = ["a", "b", "c", "d", "e", "f", "g", "h"];

  it("holds what it was given, in another order", async () => {
    const { id, state } = await of("RandomShuffle").make({ inputs: zones, seed: "x" });
    expect(id).to.equal("-");
    expect(state.results).to.have.members(zones).and.not.deep.equal(zones);
  });

  it("has the same order for the same seed", async () => {
    const [one, other] = await Promise.all(
      [1, 2].map(() => of("RandomShuffle").make({ inputs: zones, seed: "x" })),
    );
    expect(one?.state).to.deep.equal(other?.state);
  });

  it("repeats nothing before all have had their turn", async () => {
    const { state } = await of("RandomShuffle").make({ inputs: ["a", "b", "c"], resultCount: 5 });
    expect(state.results).to.have.length(5);
    expect(Array.isArray(state.results) && state.results.slice(0, 3)).to.have.members(["a", "b", "c"]);
  });

  it("is empty where nothing is asked for, or nothing is there", async () => {
    expect((await of("RandomShuffle").make({ inputs: zones, resultCount: 0 })).state.results).to.deep.equal(
      [],
    );
    expect((await of("RandomShuffle").make({ inputs: [], resultCount: 3 })).state.results).to.deep.equal([]);
  });

  it("cannot be imported", async () => {
    expect(await refusalOf(of("RandomShuffle").take("-"))).to.equal(
      "Resource Import Not Implemented: This resource does not support import. Please contact the provider developer for additional information.",
    );
  });
});

describe("a random pet", () => {
  const words = async (inputs: Properties = {}): Promise<readonly string[]> =>
    (await of("RandomPet").make(inputs)).id.split(/[-_]/);

  it("is an adjective and an animal", async () => {
    const [adjective, name, ...more] = await words();
    expect([adjectives.includes(adjective ?? ""), names.includes(name ?? ""), more.length]).to.deep.equal([
      true,
      true,
      0,
    ]);
  });

  it("has adverbs where it is longer, and is an animal where it has one word", async () => {
    const [first, second, adjective, name] = await words({ length: 4, separator: "_" });
    expect([first, second].every((word) => adverbs.includes(word ?? ""))).to.equal(true);
    expect(adjectives).to.include(adjective);
    expect(names).to.include(name);
    expect(names).to.include((await words({ length: 1 }))[0]);
  });

  it("begins with its prefix, which is joined as the words are", async () => {
    const { id, state } = await of("RandomPet").make({ prefix: "web", separator: "." });
    expect(id).to.match(/^web\.[a-z]+\.[a-z]+$/);
    expect(state).to.deep.equal({ length: 2, prefix: "web", separator: "." });
  });

  it("is chosen from many names", () => {
    expect(adjectives.length * names.length).to.be.greaterThan(20_000);
    expect([...adverbs, ...adjectives, ...names].filter((word) => !/^[a-z]+$/.test(word))).to.deep.equal([]);
  });
});

describe("a random UUID", () => {
  const id = async (name: string): Promise<string> => (await of(name).make()).id;

  it("is written like one, and says its version where it has one", async () => {
    expect(await id("RandomUuid")).to.match(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(await id("RandomUuid4")).to.match(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect(await id("RandomUuid7")).to.match(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it("begins with the time in the seventh version", async () => {
    const milliseconds = Number.parseInt((await id("RandomUuid7")).replace("-", "").slice(0, 12), 16);
    expect(Math.abs(milliseconds - Date.now())).to.be.lessThan(60_000);
  });

  it("is what an import says", async () => {
    const uuid = "aabbccdd-eeff-0011-2233-445566778899";
    expect(await of("RandomUuid").take(uuid.toUpperCase())).to.deep.equal({
      id: uuid,
      inputs: {},
      state: { result: uuid },
    });
    expect(await refusalOf(of("RandomUuid4").take("none"))).to.match(
      /^Import Random UUID Error: There was an error during the parsing of the UUID\.\n\nRetry .*\n\nOriginal Error: uuid is improperly formatted$/,
    );
  });
});

describe("the package random", () => {
  it("has every resource of the SDK", () => {
    expect(random.resources.map(({ token }) => token)).to.have.members(tokensOf(sdk));
  });

  it("refuses a type that it does not have", async () => {
    expect(await refusalOf(of("RandomDice").make())).to.equal(
      'UnsupportedType: the sandbox does not simulate random:index/randomDice:RandomDice, which "one" is',
    );
  });
});
