import { expect } from "chai";

import { Pack } from "../../policy-pack/kernel/pack.ts";
import { levelsFor } from "../../policy-pack/levels/levels.ts";
import { policies } from "../../policy-pack/policies.ts";
import { compliant, resourceOf } from "./fixtures/compliant.ts";
import { password, secret } from "./fixtures/values.ts";
import { changed, pathsOf } from "./support/mutants.ts";
import type { Inputs } from "./support/mutants.ts";

/** What the whole pack says of a resource, alone and as the whole stack; everything is asked of one pack, as in a run. */
const pack = new Pack(policies, {
  ...{ stack: "prod", levels: levelsFor("prod"), exemptions: [], today: "2026-11-21" },
});

function messages(type: string, wire: Inputs): readonly string[] {
  const resource = resourceOf(type, pack.reveal(wire));
  const { urn, name, provider, protect = false } = resource;
  const options = {
    ...{ protect, ignoreChanges: [], aliases: [], additionalSecretOutputs: [] },
    customTimeouts: { createSeconds: 0, updateSeconds: 0, deleteSeconds: 0 },
  };
  const alone = pack.judge({
    type,
    name,
    urn,
    props: resource.props,
    options,
    ...(provider && { provider }),
  });
  const together = pack.judgeStack([{ urn, type, name, outputs: resource.props, sources: {} }]);
  return [...alone, ...together].map(({ ruling, message }) => `${ruling.definition.name}: ${message}`);
}

const subjects = Object.entries<Inputs>(compliant);

describe("a value of another type than its input has", () => {
  const others: readonly unknown[] = [true, 7, "text", [], {}, [{}], ["text"], [[]], { key: [7] }];

  for (const other of others) {
    it(`crashes no policy, wherever in the inputs ${JSON.stringify(other)} stands`, () => {
      const crashes = subjects.flatMap(([type, props]) =>
        pathsOf(props).flatMap((path) =>
          messages(type, changed(props, path, other))
            .filter((message) => message.includes("crashed"))
            .map((message) => `${type} ${path.join(".")} ${message}`),
        ),
      );
      expect(crashes).to.deep.equal([]);
    }).timeout(20_000);
  }
});

describe("null", () => {
  it("is as if the input were not there, wherever it stands", () => {
    for (const [type, props] of subjects) {
      for (const path of pathsOf(props)) {
        const without = messages(type, changed(props, path, undefined));
        expect(messages(type, changed(props, path, null)), `${type} ${path.join(".")}`).to.deep.equal(
          without,
        );
      }
    }
  }).timeout(20_000);
});

describe("a secret", () => {
  it("is in no message, wherever it stands", () => {
    const told = subjects.flatMap(([type, props]) =>
      pathsOf(props).flatMap((path) => messages(type, changed(props, path, secret(password)))),
    );
    expect(told).not.to.deep.equal([]);
    expect(told.filter((message) => message.includes(password))).to.deep.equal([]);
  }).timeout(20_000);
});
