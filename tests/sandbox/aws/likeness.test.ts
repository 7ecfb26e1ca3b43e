import { expect } from "chai";
import { diffOf, factsOf, failuresOf, observedTypes } from "../../../sandbox/aws/facts.ts";
import { isAlike, isSameDocument } from "../../../sandbox/aws/schema/likeness.ts";
import { examplesOf } from "../../../sandbox/aws/specification/inputs.ts";
import { specifiedProperties } from "../../../sandbox/aws/specification/properties.ts";
import type { Properties } from "../../../sandbox/model.ts";

const changed = (token: string, before: Properties, after: Properties): readonly string[] =>
  diffOf(token, before, after).map(({ path }) => path);

describe("what is written in two ways", () => {
  it("is a name in small and in capital letters, where the provider says so", () => {
    const window = (maintenanceWindow: string): Properties => ({ maintenanceWindow });
    const token = "aws:rds/instance:Instance";
    expect(changed(token, window("Mon:03:00-Mon:04:00"), window("mon:03:00-mon:04:00"))).to.deep.equal([]);
    expect(changed(token, window("Mon:03:00-Mon:04:00"), window("tue:03:00-tue:04:00"))).to.deep.equal([
      "maintenanceWindow",
    ]);
    expect(changed(token, { dbName: "Shop" }, { dbName: "shop" })).to.deep.equal(["dbName"]);
  });

  it("is a domain name with its dot and without", () => {
    const token = "aws:route53/record:Record";
    expect(changed(token, { name: "Api.example.com." }, { name: "api.example.com" })).to.deep.equal([]);
    expect(changed(token, { name: "api.example.com" }, { name: "www.example.com" })).to.deep.equal(["name"]);
    const alias = (name: string): Properties => ({
      aliases: [{ name, zoneId: "Z1", evaluateTargetHealth: true }],
    });
    expect(changed(token, alias("Lb.amazonaws.com"), alias("lb.amazonaws.com."))).to.deep.equal([]);
  });

  it("is a protocol by its number and by its name", () => {
    const token = "aws:ec2/securityGroup:SecurityGroup";
    const rules = (protocol: string): Properties => ({ ingress: [{ protocol, fromPort: 80, toPort: 80 }] });
    expect(changed(token, rules("6"), rules("TCP"))).to.deep.equal([]);
    expect(changed(token, rules("all"), rules("-1"))).to.deep.equal([]);
    expect(changed(token, rules("tcp"), rules("udp"))).to.deep.equal(["ingress[0].protocol"]);
  });

  it("is an IPv6 block, whatever its zeros and letters", () => {
    const token = "aws:ec2/route:Route";
    const to = (destinationIpv6CidrBlock: string): Properties => ({ destinationIpv6CidrBlock });
    expect(changed(token, to("2001:DB8:0:0::/56"), to("2001:db8::/56"))).to.deep.equal([]);
    expect(changed(token, to("2001:db8::/56"), to("2001:db8::/57"))).to.deep.equal([
      "destinationIpv6CidrBlock",
    ]);
  });

  it("is a key by its ARN and by its id", () => {
    const arn = "arn:aws:kms:eu-west-1:123456789012:key/8f0a6c2e";
    expect(isAlike("keyId", arn, "8f0a6c2e")).to.equal(true);
    expect(isAlike("keyId", arn, "8f0a6c2f")).to.equal(false);
  });
});

describe("two documents", () => {
  const policy = (...statements: readonly unknown[]): string =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: statements.length === 1 ? statements[0] : statements,
    });
  const read = { Effect: "Allow", Action: "s3:GetObject", Resource: "*" };
  const write = { Effect: "Allow", Action: ["s3:PutObject", "s3:DeleteObject"], Resource: "*" };

  it("are the same policy in whatever order, and with lists of one", () => {
    const lists = { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] };
    const turned = { Resource: "*", Effect: "Allow", Action: ["s3:DeleteObject", "s3:PutObject"] };
    expect(isSameDocument(policy(read, write), policy(turned, lists))).to.equal(true);
    expect(isSameDocument(policy(read), policy([read]))).to.equal(true);
    expect(isSameDocument(policy(read), policy({ ...read, Effect: "Deny" }))).to.equal(false);
    expect(isSameDocument(policy(read, write), policy(read))).to.equal(false);
  });

  it("differ in the order of a list where they are no policies", () => {
    expect(isSameDocument('{"a": [1, 2], "b": 1}', '{"b":1,"a":[1,2]}')).to.equal(true);
    expect(isSameDocument('{"a": [1, 2]}', '{"a": [2, 1]}')).to.equal(false);
    expect(isSameDocument("{", "{ ")).to.equal(false);
  });
});

describe("values that the provider judges in words of its own", () => {
  const told = (token: string, path: string, value: unknown): readonly string[] =>
    failuresOf(token, { [path]: value })
      .filter(({ property }) => property === path)
      .map(({ reason }) => reason);

  it("are blocks of a size", () => {
    const token = "aws:ec2/vpc:Vpc";
    expect(told(token, "cidrBlock", "10.0.0.0/16")).to.deep.equal([]);
    expect(told(token, "cidrBlock", "10.0.0.0/28")).to.deep.equal([]);
    expect(told(token, "cidrBlock", "10.0.0.0/15")).to.deep.equal([
      'expected "cidrBlock" to contain a network Value with between 16 and 28 significant bits, got: 15',
    ]);
    expect(told(token, "cidrBlock", "10.0.0.1/16")).to.deep.equal([
      '"10.0.0.1/16" is not a valid CIDR block; did you mean "10.0.0.0/16"?',
    ]);
  });

  it("are names that the service keeps for itself", () => {
    expect(told("aws:kms/alias:Alias", "name", "alias/aws/s3")).to.deep.equal([
      'invalid value for name (cannot begin with reserved AWS CMK prefix "alias/aws/")',
    ]);
    expect(told("aws:ec2/securityGroup:SecurityGroup", "name", "sg-web")).to.deep.equal([
      "invalid value for name (cannot begin with sg-)",
    ]);
  });

  it("are choices in small letters too, where the provider takes them so", () => {
    const token = "aws:lb/targetGroup:TargetGroup";
    expect(told(token, "protocolVersion", "grpc")).to.deep.equal([]);
    expect(told(token, "protocol", "http")).to.have.length(1);
    expect(changed(token, { protocolVersion: "GRPC" }, { protocolVersion: "grpc" })).to.deep.equal([]);
  });

  it("are the actions of an alarm: an ARN, or what EC2 does by itself", () => {
    const token = "aws:cloudwatch/metricAlarm:MetricAlarm";
    expect(told(token, "alarmActions", ["arn:aws:automate:eu-west-1:ec2:recover"])).to.deep.equal([]);
    expect(told(token, "alarmActions", ["arn:aws:automate:eu-west-1:ec2:paint"])).to.have.length(1);
  });
});

describe("the choices of the types that were observed", () => {
  it("have all that the SDK's documentation and AWS's specification have come to list since", () => {
    const documented = observedTypes().flatMap((token) => {
      const specified = new Map(specifiedProperties(token)?.map((facts) => [facts.path, facts]));
      return [...(factsOf(token)?.values() ?? [])].flatMap(({ path, rules }) => {
        const known = rules.find((rule) => rule.is === "enum")?.values.map(String);
        const listed = specified.get(path)?.rules.find((rule) => rule.is === "enum")?.values ?? [];
        const examples = examplesOf(token).get(path.split(".").at(-1) ?? "") ?? [];
        const missing = listed.filter(
          (value) => known?.includes(String(value)) === false && !examples.includes(String(value)),
        );
        return missing
          .filter((value) => !isSpelling(String(value), known ?? []))
          .map((value) => `${token} ${path}: ${value}`);
      });
    });
    expect(documented).to.deep.equal([]);
  });
});

/** The documentation's `phoneNumber`, or the reading of it as `phone_number`, beside the value that there is. */
function isSpelling(value: string, known: readonly string[]): boolean {
  const letters = (one: string): string => one.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return known.some((one) => letters(one) === letters(value));
}
