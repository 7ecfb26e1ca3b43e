import { expect } from "chai";
import { conclude, upon } from "../../sandbox/answers.ts";
import { atOnce } from "./answering.ts";

const refused = new Error("no tea");

function refuse(): never {
  throw refused;
}

const quoted = (error: unknown): string => `failed: ${String(error)}`;

describe("An answer", () => {
  it("that is there at once is gone on with at once", () => {
    expect(atOnce(upon(1, (answer) => answer + 1))).to.equal(2);
    expect(atOnce(conclude(() => 1, String, quoted))).to.equal("1");
  });

  it("that comes later is gone on with later", async () => {
    const answer = upon(Promise.resolve(1), (one) => one + 1);
    expect(answer).to.be.instanceOf(Promise);
    expect(await answer).to.equal(2);
    expect(await conclude(() => Promise.resolve(1), String, quoted)).to.equal("1");
  });

  it("may lead to one that comes later", async () => {
    expect(await upon(1, (one) => Promise.resolve(one + 1))).to.equal(2);
  });

  it("that fails is told by its error, at once or later", async () => {
    expect(() => upon(1, refuse)).to.throw(refused);
    expect(atOnce(conclude(refuse, String, quoted))).to.equal("failed: Error: no tea");
    expect(await conclude(() => Promise.reject(refused), String, quoted)).to.equal("failed: Error: no tea");
  });

  it("that was there is not taken back for what goes wrong after it", async () => {
    expect(() => conclude(() => 1, refuse, quoted)).to.throw(refused);
    const rejected: unknown = await Promise.resolve(conclude(() => Promise.resolve(1), refuse, quoted)).catch(
      (error: unknown) => error,
    );
    expect(rejected).to.equal(refused);
  });
});
