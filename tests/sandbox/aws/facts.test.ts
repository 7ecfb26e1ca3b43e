import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";
import { defaultsOf, factsOf, failuresOf, outputsOf, withDefaults } from "../../../sandbox/aws/facts.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { isRecord } from "../../../sandbox/values.ts";

const subnet = "aws:ec2/subnet:Subnet";

describe("facts", () => {
  it("know nothing of a type that the provider does not have", () => {
    expect(factsOf("aws:ec2/submarine:Submarine")).to.equal(undefined);
    expect(failuresOf("aws:ec2/submarine:Submarine", { depth: 1 })).to.deep.equal([]);
  });

  it("name what is unknown in a preview", () => {
    expect(outputsOf(subnet)).to.deep.equal([
      "arn",
      "availabilityZone",
      "availabilityZoneId",
      "ipv6CidrBlockAssociationId",
      "ownerId",
      "privateDnsHostnameTypeOnLaunch",
      "region",
      "tagsAll",
    ]);
  });

  it("have patterns that JavaScript can read", () => {
    const folder = new URL("../../../sandbox/aws/facts/", import.meta.url);
    const tokens = readdirSync(folder).flatMap((file) => {
      const parsed: unknown = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
      return isRecord(parsed) ? Object.keys(parsed) : [];
    });
    expect(tokens.length).to.be.greaterThan(350);
    for (const token of tokens) expect(() => failuresOf(token, sample(token)), token).not.to.throw();
  });
});

/** A value for every property of a type, so that each of its rules is applied. */
function sample(token: string): Properties {
  const values: Record<string, unknown> = {};
  for (const { path, type, kind } of factsOf(token)?.values() ?? []) {
    if (kind === "output" || /[.[]/.test(path)) continue;
    values[path] = type.startsWith("map")
      ? { key: "value" }
      : /^(?:set|list)/.test(type)
        ? ["value"]
        : "value";
  }
  return values;
}

describe("withDefaults", () => {
  it("fills in what the provider fills in", () => {
    expect(defaultsOf("aws:ec2/vpc:Vpc")).to.deep.equal({
      enableDnsSupport: true,
      instanceTenancy: "default",
    });
  });

  it("fills in nested defaults where their parent is given", () => {
    const token = "aws:cloudfront/distribution:Distribution";
    const nested = [...(factsOf(token)?.values() ?? [])].find(
      ({ path, default: value }) => /^[a-zA-Z]+\.[a-zA-Z]+$/.test(path) && value !== undefined,
    );
    const [parent = "", child = ""] = nested?.path.split(".") ?? [];
    expect(withDefaults(token, { [parent]: {} })[parent]).to.have.property(child, nested?.default);
    expect(withDefaults(token, {})).not.to.have.property(parent);
  });

  it("leaves alone what is given, also when it is false", () => {
    expect(withDefaults("aws:ec2/vpc:Vpc", { enableDnsSupport: false }).enableDnsSupport).to.equal(false);
  });
});
