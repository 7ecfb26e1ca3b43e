import { expect } from "chai";
import { readProfile } from "../../../simulation/load/profile.ts";
import { runProfile } from "../../../simulation/report/experiments.ts";
import { draw, points } from "../../../simulation/report/plot.ts";
import { clusterOf, levelProfile } from "../fixture.ts";

/** The tags that are open at the end of a document, and those closed that were not: none of either where it is well formed. */
function unbalanced(xml: string): readonly string[] {
  const open: string[] = [];
  for (const [, closing, name = "", closed] of xml.matchAll(
    /<(\/?)([a-z]+)(?:\s+[\w:-]+="[^"<&]*(?:&(?:amp|lt|gt|quot|#39|#x27);[^"<&]*)*")*\s*(\/?)>/gi,
  )) {
    if (closed === "/") continue;
    if (closing !== "/") open.push(name);
    else if (open.at(-1) === name) open.pop();
    else open.push(`/${name}`);
  }
  return open;
}

describe("a plot", () => {
  const profile = readProfile("t.yaml", levelProfile(100));
  const { recording } = runProfile({ cluster: clusterOf(), profile, seed: 1 });

  it("has six panels under one axis, drawn without a browser and alike each time", async () => {
    const [first, second] = await Promise.all([1, 2].map(() => draw("fixture, level", recording, profile)));
    expect(first === second).to.equal(true);
    expect(first).to.match(/^<svg [^>]*width="\d+"/);
    for (const title of [
      "Load (per second)",
      "Pods",
      "Nodes",
      "Pending pods",
      "Saturation (busiest service)",
      "Cost ($ per hour)",
    ]) {
      expect(first).to.include(`>${title}<`);
    }
  });

  it("is XML, whatever its title says", async () => {
    const svg = await draw('a & b < c > "d"', recording, profile);
    expect(unbalanced(svg)).to.deep.equal([]);
    expect(svg.replaceAll(/<[^<>]*>/g, "")).not.to.match(/[<>]|&(?!amp;|lt;|gt;|quot;|#39;)/);
    expect(svg).to.include("a &amp; b &lt; c");
    expect(unbalanced("<a><b></a>")).to.deep.equal(["a", "b", "/a"]);
  });

  it("needs nothing from elsewhere: letters are text in any sans-serif font, on a ground of its own", async () => {
    const svg = await draw("fixture, level", recording, profile);
    expect(svg).not.to.match(/<(image|script|style|foreignObject|use)\b|\shref=|url\(|@import/);
    const fonts = [...svg.matchAll(/<text\b[^>]*?font-family="([^"]*)"/g)].map(([, font]) => font);
    expect(fonts).to.have.lengthOf([...svg.matchAll(/<text\b/g)].length);
    expect([...new Set(fonts)]).to.deep.equal(["sans-serif"]);
    expect(svg).to.match(/^<svg [^>]*><rect width="\d+" height="\d+" fill="white"\/>/);
  });

  it("shows the mean of a load and the worst of what pends", () => {
    const track = new Float64Array(760).map((_, second) => (second === 1 ? 10 : 0));
    expect(points("a", track, 0, "mean")[0]).to.deep.equal({ time: 0, line: "a", value: 5 });
    expect(points("a", track, 0, "worst")[0]).to.deep.equal({ time: 0, line: "a", value: 10 });
    expect(points("a", track, 0, "mean")).to.have.length(380);
  });
});
