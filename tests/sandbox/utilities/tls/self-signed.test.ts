import { X509Certificate } from "node:crypto";
import { expect } from "chai";
import type { Properties } from "../../../../sandbox/model.ts";
import { allowedUses } from "../../../../sandbox/utilities/tls/extensions.ts";
import { refusalOf } from "../maker.ts";
import {
  authority,
  described,
  fieldsOf,
  otherPem,
  own,
  privateKey,
  privateKeyPem,
  read,
  selfSigned,
  terms,
} from "./certified.ts";

describe("a self-signed certificate", () => {
  it("is of its own key, for its names, for its time", async () => {
    const made = await selfSigned().make({ ...own, ...described });
    const certificate = read(made);
    expect(certificate.checkPrivateKey(privateKey)).to.equal(true);
    expect(certificate.checkIssued(certificate)).to.equal(true);
    expect(certificate.checkHost("any.example.com")).to.equal("*.example.com");
    expect(certificate.checkIP("2001:db8::1")).to.equal("2001:db8::1");
    expect(certificate.ca).to.equal(false);
    expect(BigInt(`0x${certificate.serialNumber}`)).to.equal(BigInt(made.id));
    expect(Date.parse(String(made.state.validityEndTime)) - Date.parse(certificate.validFrom)).to.be.within(
      24 * 3_600_000,
      24 * 3_600_000 + 999,
    );
    expect(made.state).to.include({ keyAlgorithm: "ECDSA", readyForRenewal: false, earlyRenewalHours: 0 });
    expect(made.state).not.to.have.property("maxPathLength");
  });

  it("has an address of four bytes also where that is written as one of sixteen", async () => {
    const made = await selfSigned().make({ ...own, ipAddresses: ["::ffff:10.0.0.1", "::1"] });
    expect(read(made).subjectAltName).to.equal("IP Address:10.0.0.1, IP Address:0:0:0:0:0:0:0:1");
  });

  it("begins and ends on a full second, also after the year 2049", async () => {
    const made = await selfSigned().make({ ...own, validityPeriodHours: 30 * 365 * 24 });
    const [, , , , validity] = fieldsOf(String(made.state.certPem));
    expect(Buffer.from(validity ?? "", "hex").toString("latin1")).to.match(
      /^0\x20\x17\x0d\d{12}Z\x18\x0f\d{14}Z$/,
    );
  });

  it("keeps its key as a secret, and a key that is only lent not at all", async () => {
    const maker = selfSigned();
    expect((await maker.make(own)).state.privateKeyPem).to.equal(privateKeyPem);
    expect([...maker.secrets]).to.deep.equal([privateKeyPem]);
    const { privateKeyPem: _, ...rest } = own;
    const lent = { ...rest, privateKeyPemWo: privateKeyPem, privateKeyPemWoVersion: 1 };
    const { state } = await selfSigned().make(lent);
    expect(new X509Certificate(String(state.certPem)).checkPrivateKey(privateKey)).to.equal(true);
    expect(state).to.include({ privateKeyPemWoVersion: 1 }).and.not.to.have.property("privateKeyPemWo");
    expect(await selfSigned().differences(state, { ...lent, privateKeyPemWo: otherPem })).to.deep.equal([]);
    expect(await selfSigned().differences(state, { ...lent, privateKeyPemWoVersion: 2 })).to.deep.equal([
      "update privateKeyPemWoVersion!",
    ]);
  });

  it("is renewed early in place, and replaced for all else", async () => {
    const made = await selfSigned().make(own);
    expect(await selfSigned().differences(made.state, { ...own, earlyRenewalHours: 2 })).to.deep.equal([
      "update earlyRenewalHours",
    ]);
    expect(await selfSigned().change(made, { ...own, earlyRenewalHours: 2 })).to.deep.equal({
      ...made.state,
      earlyRenewalHours: 2,
    });
    const news = { ...own, subject: { commonName: "www.example.com", country: "NO" }, dnsNames: ["a"] };
    expect(await selfSigned().differences(made.state, news)).to.deep.equal([
      "add dnsNames!",
      "update subject.commonName!",
      "add subject.country!",
    ]);
  });

  it("keeps the length of its path where that is no longer said", async () => {
    const made = await selfSigned().make({ ...authority, maxPathLength: 1 });
    expect(await selfSigned().differences(made.state, authority)).to.deep.equal([]);
  });

  it("is replaced, and says so, once the time for its renewal has come", async () => {
    const made = await selfSigned().make(own);
    const over = { ...made.state, validityEndTime: new Date(Date.now() + 3_600_000).toISOString() };
    expect(await selfSigned().differences(over, own)).to.deep.equal([]);
    const early = { ...own, earlyRenewalHours: 2 };
    expect(await selfSigned().differences({ ...over, earlyRenewalHours: 2 }, early)).to.deep.equal([
      "update readyForRenewal!",
    ]);
    const settled = { ...made, state: { ...over, earlyRenewalHours: 2 } };
    expect((await selfSigned().refresh(settled, early))?.state.readyForRenewal).to.equal(true);
    expect((await selfSigned().refresh({ ...made, state: over }, own))?.state.readyForRenewal).to.equal(
      false,
    );
  });

  it("is ready for renewal from the beginning where it is to be renewed before it is made", async () => {
    expect((await selfSigned().make({ ...own, earlyRenewalHours: 24 })).state.readyForRenewal).to.equal(true);
    expect((await selfSigned().make({ ...own, validityPeriodHours: 0 })).state.readyForRenewal).to.equal(
      true,
    );
  });

  it("refuses values that the provider does not take", async () => {
    const wrong = { ...own, validityPeriodHours: -1, allowedUses: ["server_auth", "all"], ipAddresses: [""] };
    const uses = allowedUses.map((use) => `"${use}"`).join(" ");
    expect(await selfSigned().mistakes(wrong)).to.have.members([
      "Invalid Attribute Value Length. Attribute ip_addresses[0] string length must be at least 1, got: 0. Examine values at 'one.ipAddresses[0]'.",
      `Invalid Attribute Value Match. Attribute allowed_uses[1] value must be one of: [${uses}], got: "all". Examine values at 'one.allowedUses[1]'.`,
      "Invalid Attribute Value. Attribute validity_period_hours value must be at least 0, got: -1. Examine values at 'one.validityPeriodHours'.",
    ]);
    expect(allowedUses)
      .to.include.members(["any_extended", "timestamping", "crl_signing"])
      .and.have.length(23);
  });

  it("insists on one key, and on a version for one that is only lent", async () => {
    expect(await selfSigned().mistakes(terms)).to.deep.equal([
      "Invalid Attribute Combination. No attribute specified when one (and only one) of [private_key_pem,private_key_pem_wo] is required. Examine values at 'one.privateKeyPem'.",
    ]);
    expect(await selfSigned().mistakes({ ...terms, privateKeyPemWo: privateKeyPem })).to.deep.equal([
      `Invalid Attribute Combination. Attribute "private_key_pem_wo_version" must be specified when "private_key_pem_wo" is specified. Examine values at 'one.privateKeyPemWo'.`,
    ]);
  });

  it("refuses what is no private key, no address, and an authority without a name", async () => {
    const refused = (inputs: Properties): Promise<string> =>
      refusalOf(selfSigned().make({ ...own, ...inputs }));
    expect(await refused({ privateKeyPem: "hello" })).to.equal(
      "Failed to parse private key PEM: failed to decode PEM block: decoded bytes 0, undecoded 5",
    );
    expect(await refused({ ipAddresses: ["10.0.0.256"] })).to.equal(
      'Invalid IP address: Failed to parse "10.0.0.256"',
    );
    expect(await refused({ ipAddresses: ["fe80::1%eth0"] })).to.equal(
      'Invalid IP address: Failed to parse "fe80::1%eth0"',
    );
    expect(await refused({ isCaCertificate: true, subject: undefined })).to.equal(
      "Invalid Certificate Subject: Must contain at least one Distinguished Name when creating Certificate Authority (CA)",
    );
    expect(await refused({ setAuthorityKeyId: true })).to.equal(
      "Invalid Certificate Authority: Could not determine Authority Key Identifier",
    );
    expect(await refused({ maxPathLength: 1 })).to.equal(
      "Failed to create certificate: x509: only CAs are allowed to specify MaxPathLen",
    );
  });
});
