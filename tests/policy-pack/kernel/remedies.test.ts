import { expect } from "chai";

import { define } from "../../../policy-pack/kernel/define.ts";
import type { Definition } from "../../../policy-pack/kernel/definition.ts";
import type { Exemption } from "../../../policy-pack/kernel/exemptions.ts";
import { Pack } from "../../../policy-pack/kernel/pack.ts";
import type { Setup } from "../../../policy-pack/kernel/pack.ts";
import { policies } from "../../../policy-pack/policies.ts";
import { resourceOf } from "../fixtures/compliant.ts";
import { password, secret, UNKNOWN } from "../fixtures/values.ts";
import { analyze, mended } from "../support/engine.ts";
import type { GraphResource } from "../support/engine.ts";

const type = "aws:lb/loadBalancer:LoadBalancer";
const metadata = { description: "It works.", severity: "medium", remediation: "Mend it." } as const;
const dropping = define({
  ...{ ...metadata, name: "lb-drops" },
  checks: {
    [type]: [({ dropInvalidHeaderFields }) => dropInvalidHeaderFields !== true && "it does not drop."],
  },
  remediations: {
    [type]: ({ dropInvalidHeaderFields }) =>
      dropInvalidHeaderFields === true ? undefined : { dropInvalidHeaderFields: true },
  },
});
const naming = define({
  ...{ ...metadata, name: "lb-named" },
  checks: { [type]: [({ tags }) => tags?.Owner === undefined && "nobody owns it."] },
  remediations: { [type]: () => ({ tags: { Owner: "platform" } }) },
});
const onTheRun = policies.filter(({ kind }) => kind === "run");

function packOf(definitions: readonly Definition[], situation: Partial<Setup> = {}): Pack {
  const levels = Object.fromEntries(definitions.map(({ name }) => [name, "remediate"]));
  const setup = { stack: "dev", levels, exemptions: [], today: "2026-11-21", ...situation };
  return new Pack([...definitions, ...onTheRun], setup);
}

async function lines(pack: Pack, resource: GraphResource): Promise<readonly string[]> {
  return (await analyze(pack, [resource])).map(
    ({ policy, level, message }) => `${level} ${policy}: ${message}`,
  );
}

const balancer = (props: Readonly<Record<string, unknown>>): GraphResource =>
  resourceOf(type, props, { stack: "dev" });

describe("a remedy", () => {
  it("sets what the policy asks for, and says so", async () => {
    const resource = balancer({ internal: true, note: secret(password), dropInvalidHeaderFields: false });
    const pack = packOf([dropping]);
    expect(mended(pack, resource)).to.deep.equal({
      ...{ internal: true, note: secret(password), dropInvalidHeaderFields: true },
    });
    expect(await lines(packOf([dropping]), resource)).to.deep.equal([
      "mandatory remediations-made: 1 resource mended: subject (lb-drops: dropInvalidHeaderFields).",
    ]);
  });

  it("builds on the one before it", () => {
    expect(mended(packOf([dropping, naming]), balancer({ tags: {}, tagsAll: {} }))).to.deep.equal({
      ...{ dropInvalidHeaderFields: true, tags: { Owner: "platform" }, tagsAll: { Owner: "platform" } },
    });
  });

  it("changes nothing where nothing is wrong, at another level, or for another type", () => {
    expect(mended(packOf([dropping]), balancer({ dropInvalidHeaderFields: true }))).to.equal(undefined);
    const mandatory = packOf([dropping], { levels: { "lb-drops": "mandatory" } });
    expect(mended(mandatory, balancer({}))).to.equal(undefined);
    expect(mended(packOf([dropping]), resourceOf("aws:s3/bucket:Bucket", {}))).to.equal(undefined);
  });

  it("leaves an exempted resource alone", async () => {
    const exemption: Exemption = {
      ...{ policy: "lb-drops", stack: "dev", resource: `${type}::*`, reason: "a test" },
      ...{ owner: "team", ticket: "OPS-2", expires: "2027-01-01" },
    };
    const pack = packOf([dropping], { exemptions: [exemption] });
    expect(mended(pack, balancer({}))).to.equal(undefined);
    expect(await lines(pack, balancer({}))).to.deep.equal([
      "mandatory exemptions-used: 1 exemption used: OPS-2 lb-drops x1 until 2027-01-01.",
    ]);
  });

  it("waits with the check for a value that is not known yet", async () => {
    const resource = balancer({ dropInvalidHeaderFields: UNKNOWN });
    expect(mended(packOf([dropping]), resource)).to.equal(undefined);
    expect(await lines(packOf([dropping]), resource)).to.deep.equal([
      "mandatory checks-deferred: 1 check deferred until the update: lb-drops 1.",
    ]);
  });

  it("that crashes becomes a mandatory finding", async () => {
    const fragile = define({
      ...{ ...metadata, name: "fragile" },
      checks: { [type]: [() => undefined] },
      remediations: {
        [type]: () => {
          throw new RangeError(password);
        },
      },
    });
    const [found = ""] = await lines(packOf([fragile]), balancer({}));
    expect(found).to.match(/^mandatory fragile: the policy crashed \(RangeError at test\.ts:\d+\)/);
    expect(found).not.to.include(password);
  });

  it("is not enough where it leaves something wrong: that is mandatory", async () => {
    const helpless = define({
      ...{ ...metadata, name: "helpless" },
      checks: { [type]: [() => "still wrong."] },
      remediations: { [type]: () => ({ dropInvalidHeaderFields: true }) },
    });
    expect(await lines(packOf([helpless]), balancer({}))).to.deep.equal([
      "mandatory helpless: still wrong.",
      "mandatory remediations-made: 1 resource mended: subject (helpless: dropInvalidHeaderFields).",
    ]);
  });
});
