import { expect } from "chai";
import { isRecord } from "../../sandbox/values.ts";
import { Sandbox } from "./sandbox.ts";

/** Every secret string in a state that was exported with its secrets open. */
function openSecrets(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(openSecrets);
  if (!isRecord(value)) return [];
  const { plaintext } = value;
  if (typeof plaintext === "string") {
    const secret: unknown = JSON.parse(plaintext);
    return typeof secret === "string" ? [secret] : [];
  }
  return Object.values(value).flatMap(openSecrets);
}

describe("a secret that passes through the program", function () {
  this.timeout(300_000);

  it("stands open neither in the state, nor in the account, nor in what is printed or kept of a run", async () => {
    const sandbox = new Sandbox("dev");
    const exporting = ["pulumi", "stack", "export", "--stack", "dev"];
    // Only this setting makes one, and the policy pack would stop it.
    const up = [
      "env",
      "-u",
      "PULUMI_OPTION_POLICY_PACK",
      "pulumi",
      "up",
      "--yes",
      "--skip-preview",
      "--stack",
      "dev",
    ];
    const { code, output } = await sandbox.runWith(["database.masterPassword=generated"], ...up);
    expect(code, output).to.equal(0);
    const events = sandbox.events();

    const secrets = openSecrets(JSON.parse((await sandbox.run(...exporting, "--show-secrets")).output));
    expect(secrets.some((secret) => secret.includes('"password"'))).to.equal(true);
    const account = sandbox.account((opened) => JSON.stringify([...opened.everything()]));
    const state = (await sandbox.run(...exporting)).output;
    for (const secret of secrets) {
      const quoted = JSON.stringify(secret).slice(1, -1);
      for (const place of [output, events, account, state]) {
        expect(place.includes(secret) || place.includes(quoted)).to.equal(false);
      }
    }
    sandbox.remove();
  });
});
