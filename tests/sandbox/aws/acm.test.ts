import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { at, text } from "../../../sandbox/values.ts";
import { refusalOf, World } from "./world.ts";

const certificateToken = "aws:acm/certificate:Certificate";

let world: World;

function certificate(inputs: Properties = {}, name = "certificate"): Settled {
  return world.make(certificateToken, name, {
    domainName: "shop.example.com",
    subjectAlternativeNames: ["*.shop.example.com"],
    validationMethod: "DNS",
    ...inputs,
  });
}

function proof({ state }: Settled, part: "Name" | "Value", index = 0): string {
  return text(at(state, `domainValidationOptions[${index}].resourceRecord${part}`)) ?? "";
}

/** Puts the record that a certificate asks for into a zone of its domain. */
function prove(made: Settled, value = proof(made, "Value")): Settled {
  const zone = world.make("aws:route53/zone:Zone", "zone", { name: "shop.example.com" });
  return world.make("aws:route53/record:Record", "proof", {
    zoneId: zone.id,
    name: proof(made, "Name"),
    type: "CNAME",
    ttl: 300,
    records: [value],
  });
}

function validate(made: Settled, inputs: Properties = {}): Settled {
  return world.make("aws:acm/certificateValidation:CertificateValidation", "validation", {
    certificateArn: made.id,
    ...inputs,
  });
}

describe("a simulated certificate", () => {
  beforeEach(() => {
    world = new World();
  });

  it("refuses an eleventh name", () => {
    const names = (count: number): Properties => ({
      subjectAlternativeNames: Array.from({ length: count }, (_, index) => `n${String(index)}.example.com`),
    });
    expect(refusalOf(() => certificate(names(10)))).to.equal(
      "LimitExceededException: Certificate has too many domains.",
    );
    expect(certificate(names(9)).state.status).to.equal("PENDING_VALIDATION");
  });

  it("has AWS's id, and asks for one record for a domain and its wildcard", () => {
    const made = certificate();
    expect(made.id).to.match(/^arn:aws:acm:eu-west-1:123456789012:certificate\/[0-9a-f-]{36}$/);
    expect(made.state).to.include({ status: "PENDING_VALIDATION", type: "AMAZON_ISSUED" });
    expect(proof(made, "Name")).to.match(/^_[0-9a-f]{32}\.shop\.example\.com\.$/);
    expect(proof(made, "Value")).to.match(/^_[0-9a-f]{32}\.[0-9a-f]{10}\.acm-validations\.aws\.$/);
    expect(proof(made, "Name", 1)).to.equal(proof(made, "Name"));
    expect(at(made.state, "domainValidationOptions[1].domainName")).to.equal("*.shop.example.com");
  });

  it("asks for the same record in another region", () => {
    const edge = certificate({ region: "us-east-1" }, "edge");
    expect(edge.id).to.match(/^arn:aws:acm:us-east-1:/);
    expect(proof(edge, "Name")).to.equal(proof(certificate(), "Name"));
  });
});

describe("a simulated validation", () => {
  beforeEach(() => {
    world = new World();
  });

  const timeout = (made: Settled): string =>
    `Timeout: waiting for ACM Certificate (${made.id}) to be issued: timeout while waiting for state to become 'ISSUED' (last state: 'PENDING_VALIDATION', timeout: 1h15m0s)`;

  it("waits in vain for a record that is not there", () => {
    const made = certificate();
    expect(refusalOf(() => validate(made))).to.equal(timeout(made));
  });

  it("waits in vain while the record says something else", () => {
    const made = certificate();
    prove(made, "elsewhere.acm-validations.aws");
    expect(refusalOf(() => validate(made))).to.equal(timeout(made));
  });

  it("ends once the record is there", () => {
    const made = certificate();
    const { state } = prove(made);
    expect(validate(made, { validationRecordFqdns: [state.fqdn] }).state.certificateArn).to.equal(made.id);
  });

  it("insists on being told of the right record", () => {
    const made = certificate();
    const { state } = prove(made);
    expect(refusalOf(() => validate(made, { validationRecordFqdns: ["www.shop.example.com"] }))).to.equal(
      `InvalidParameter: Certificate needs [${String(state.fqdn)}] to be set but only [www.shop.example.com] was passed to validation_record_fqdns`,
    );
  });

  it("refuses a certificate that does not exist", () => {
    expect(refusalOf(() => validate({ ...certificate(), id: "arn:aws:acm:eu-west-1:1:none" }))).to.equal(
      "ResourceNotFoundException: Could not find certificate arn:aws:acm:eu-west-1:1:none.",
    );
  });

  it("does not keep the certificate from being deleted", () => {
    const made = certificate();
    prove(made);
    validate(made);
    expect(world.remove(certificateToken, "certificate", made)).to.equal(2);
  });
});
