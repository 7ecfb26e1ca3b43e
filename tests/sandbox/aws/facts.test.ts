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

  it("know load balancers under both names that the provider has for them", () => {
    const [old, today] = ["aws:alb/listener:Listener", "aws:lb/listener:Listener"].map(factsOf);
    expect(today?.get("port")?.rules).to.have.length(1);
    expect(old).to.deep.equal(today);
  });

  it("tell of a type that was not observed what the SDK and AWS's specification tell", () => {
    const facts = factsOf("aws:dax/cluster:Cluster");
    expect(facts?.get("clusterName")).to.include({ kind: "required", type: "string", replaces: true });
    expect(facts?.get("description")).to.include({ kind: "optional", replaces: false });
    expect(facts?.get("securityGroupIds")).to.include({ kind: "filled", type: "list(string)" });
    expect(facts?.get("nodes")).to.include({ kind: "output", type: "list(object)" });
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

  it("fills in nothing that may not stand beside what is given, whichever of the two says so", () => {
    const instance = "aws:ec2/instance:Instance";
    expect(defaultsOf(instance)).to.have.property("sourceDestCheck", true);
    const given = { networkInterfaces: [{ deviceIndex: 0, networkInterfaceId: "eni-1" }] };
    expect(withDefaults(instance, given)).not.to.have.property("sourceDestCheck");
  });

  it("leaves alone what is given, also when it is false", () => {
    expect(withDefaults("aws:ec2/vpc:Vpc", { enableDnsSupport: false }).enableDnsSupport).to.equal(false);
  });
});
