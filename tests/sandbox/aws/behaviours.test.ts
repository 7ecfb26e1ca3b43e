import { expect } from "chai";
import { behaviours } from "../../../sandbox/aws/index.ts";
import { factsOf, outputsOf, withDefaults } from "../../../sandbox/aws/facts.ts";
import type { Context } from "../../../sandbox/aws/behaviour.ts";
import { Account } from "../../../sandbox/account.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { hexOf } from "../../../sandbox/values.ts";

/** Inputs that have a value of the right kind for everything required. */
function least(token: string): Properties {
  const required = [...(factsOf(token)?.values() ?? [])].filter(
    ({ kind, path }) => kind === "required" && !/[.[]/.test(path),
  );
  const samples: Readonly<Record<string, unknown>> = { number: 1, boolean: true, object: {} };
  return withDefaults(
    token,
    Object.fromEntries(
      required.map(({ path, type }) => [path, /^(?:list|set)/.test(type) ? [] : (samples[type] ?? "value")]),
    ),
  );
}

describe("behaviours", () => {
  for (const [token, behaviour] of behaviours) {
    it(`of ${token} have facts, and answer every output`, () => {
      expect(factsOf(token), "facts").not.to.equal(undefined);
      const inputs = { name: "name", ...least(token) };
      const account = new Account();
      const context: Context<Properties> & { serial: number } = {
        inputs,
        name: "name",
        accountId: "111111111111",
        region: "eu-west-1",
        account,
        created: "2026-01-01T00:00:00.000Z",
        serial: 1,
        hex: (length: number, salt = "") => hexOf(`${token}${salt}`, length),
      };
      const id = behaviour.id(context);
      const answered = Object.keys(behaviour.outputs({ ...context, id, before: undefined }));
      const outputs = outputsOf(token).filter(
        (name) => factsOf(token)?.get(name)?.kind === "output" && name !== "tagsAll",
      );
      expect(answered).to.include.members(outputs);
      expect(id).to.match(/^\S+$/);
      account.close();
    });

    it(`of ${token} take the time that they do on AWS`, () => {
      const { create = 2, update = 2, delete: remove = 2 } = behaviour.seconds ?? {};
      const changes = Object.values(behaviour.secondsToChange ?? {}).map(Number);
      expect(Math.min(create, update, remove, ...changes)).to.be.at.least(0);
      expect(Math.max(create, ...changes)).to.be.lessThan(3600);
    });
  }
});
