import { expect } from "chai";

import { settingsSchema } from "../config.ts";
import { listSettings } from "../tools/docs/schema.ts";

describe("the settings", () => {
  const settings = Object.entries(settingsSchema.shape).flatMap(([component, schema]) =>
    listSettings(schema, component),
  );
  const breaking = (rule: RegExp): readonly string[] =>
    settings.filter(({ description }) => rule.test(description)).map(({ path }) => path);

  it("say what each of them is for", () => {
    expect(settings).to.have.length.above(150);
    expect(breaking(/^$/)).to.deep.equal([]);
  });

  it("say it in one style: no article as a capital to begin with, no full stop to end with", () => {
    expect(
      breaking(/^(A|An|The|How|Where|What|Whether|Who|Which|When|Names?|Copies|Days|Its) /),
    ).to.deep.equal([]);
    expect(breaking(/\.$/)).to.deep.equal([]);
  });
});
