import { expect } from "chai";

import { Domain } from "../../../components/domain/domain.ts";
import { all, only, run } from "../../support/run.ts";

const certificateType = "aws:acm/certificate:Certificate";
const recordType = "aws:route53/record:Record";

function build(zone: string, protect = false) {
  return run(() => new Domain("domain", { zone, protect }));
}

describe("Domain", () => {
  it("makes nothing without a zone, and binds nothing", async () => {
    const { resources, value } = await build("none");
    expect(resources.filter(({ custom }) => custom)).to.deep.equal([]);
    expect([value.zoneName, value.zoneId, value.certificateArn, value.edgeCertificateArn]).to.deep.equal(
      Array(4).fill(undefined),
    );
  });

  it("has one certificate in its own region and one where CloudFront looks for it", async () => {
    const { resources } = await build("staging.example.com");
    const certificates = all(resources, certificateType);
    expect(certificates.map(({ name, inputs }) => [name, inputs.region])).to.have.deep.members([
      ["domain-certificate", undefined],
      ["domain-edge-certificate", "us-east-1"],
    ]);
    for (const { inputs } of certificates) {
      expect(inputs).to.deep.include({
        domainName: "staging.example.com",
        subjectAlternativeNames: ["*.staging.example.com"],
        validationMethod: "DNS",
      });
    }
  });

  it("proves both certificates by one record in its zone", async () => {
    const { resources } = await build("staging.example.com");
    const proof = only(resources, recordType, "domain-proof");
    expect(proof.inputs).to.include({ zoneId: only(resources, "aws:route53/zone:Zone").id, type: "CNAME" });
    for (const { inputs } of all(resources, "aws:acm/certificateValidation:CertificateValidation")) {
      expect(inputs.validationRecordFqdns).to.deep.equal([proof.state.fqdn]);
    }
  });

  it("hands out certificates only once they are valid", async () => {
    const { resources } = await build("staging.example.com");
    const { outputs } = only(resources, "platform:index:Domain");
    const validationType = "aws:acm/certificateValidation:CertificateValidation";
    expect(outputs).to.include({
      zoneName: "staging.example.com",
      certificateArn: only(resources, validationType, "domain-certificate").state.certificateArn,
      edgeCertificateArn: only(resources, validationType, "domain-edge-certificate").state.certificateArn,
    });
  });

  it("keeps its zone from being deleted when told so", async () => {
    for (const protect of [true, false]) {
      const { resources } = await build("staging.example.com", protect);
      expect(only(resources, "aws:route53/zone:Zone").protect).to.equal(protect);
    }
  });

  it("lets nobody but Amazon issue certificates below it", async () => {
    const { resources } = await build("staging.example.com");
    expect(only(resources, recordType, "domain-issuers").inputs).to.deep.include({
      name: "staging.example.com",
      type: "CAA",
      records: ['0 issue "amazon.com"'],
    });
  });
});
