import { expect } from "chai";
import { plainSecrets } from "../support/plain-secrets.ts";
import { Sandbox } from "./sandbox.ts";

/** What holds for every stack as it is: it is deployed, settles, and tells nobody a secret. `more` is asked of the deployed stack. */
export function describeDeployment(stack: string, more?: (sandbox: Sandbox) => void): void {
  describe(`the ${stack} stack in the sandbox`, function () {
    this.timeout(300_000);
    const sandbox = new Sandbox(stack);
    let told = "";
    after(() => {
      sandbox.remove();
    });

    it("is deployed by the real engine, passes every mandatory policy, and does not change when deployed again", async () => {
      const first = await sandbox.engine("up");
      expect(first.code, first.output).to.equal(0);
      const again = await sandbox.engine("up", { flags: ["--expect-no-changes", "--skip-preview"] });
      expect(again.code, again.output).to.equal(0);
      expect(again.output).to.contain("Changes    nothing changed");
      told = first.output + again.output;
    });

    it("has no plain secret in its state, its outputs, its account or its log", async () => {
      const things = sandbox.account((account) => [...account.everything()]);
      expect(plainSecrets(await sandbox.resources())).to.deep.equal([]);
      expect(plainSecrets(things)).to.deep.equal([]);
      expect(plainSecrets(told)).to.deep.equal([]);
    });

    more?.(sandbox);
  });
}
