import { X509Certificate, createPublicKey, generateKeyPairSync } from "node:crypto";
import { expect } from "chai";
import { issue } from "../../../../sandbox/utilities/tls/certificates.ts";
import { addressBytes } from "../../../../sandbox/utilities/tls/extensions.ts";
import { nameOf } from "../../../../sandbox/utilities/tls/names.ts";
import { refusalOf } from "../maker.ts";
import { described, fieldsOf, other, otherPem, own, read, selfSigned } from "./certified.ts";
import * as go from "./made-by-go.ts";

describe("a certificate", () => {
  it("is what Go makes of the same description, byte for byte but for its serial number", () => {
    const from = new Date("2026-01-02T03:04:05Z");
    const hours = (Date.parse("2051-01-02T03:04:05Z") - from.getTime()) / 3_600_000;
    const template = {
      ...described,
      subject: nameOf(described.subject),
      ipAddresses: described.ipAddresses.map(addressBytes),
      publicKey: new X509Certificate(go.certificate).publicKey,
      validityPeriodHours: hours,
      allowedUses: [
        ...["decipher_only", "server_auth", "cert_signing", "key_encipherment", "digital_signature"],
        "microsoft_kernel_code_signing",
      ],
      ...{ isCaCertificate: true, maxPathLength: 2, setSubjectKeyId: false, setAuthorityKeyId: true },
    };
    const { id, certPem } = issue(template, { key: other }, from);
    const [version, serial, ...rest] = fieldsOf(certPem);
    const [goVersion, , ...goRest] = fieldsOf(go.certificate);
    expect([version, ...rest]).to.deep.equal([goVersion, ...goRest]);
    expect(BigInt(`0x${serial?.slice(4) ?? ""}`)).to.equal(BigInt(id));
  });

  for (const [kind, options] of [
    ["ec", { namedCurve: "P-224" }],
    ["ec", { namedCurve: "P-384" }],
    ["ec", { namedCurve: "P-521" }],
  ] as const) {
    it(`is signed by a key on the curve ${options.namedCurve}`, async () => {
      const { privateKey: key, publicKey } = generateKeyPairSync(kind, options);
      const made = await selfSigned().make({
        ...own,
        privateKeyPem: key.export({ type: "sec1", format: "pem" }),
      });
      expect(read(made).verify(publicKey)).to.equal(true);
    });
  }

  it("is signed by an RSA key, and by one on Edwards' curve", async () => {
    const { privateKey: key, publicKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
    const made = await selfSigned().make({
      ...own,
      privateKeyPem: key.export({ type: "pkcs1", format: "pem" }),
    });
    expect([read(made).verify(publicKey), made.state.keyAlgorithm]).to.deep.equal([true, "RSA"]);
    const edwards = await selfSigned().make({ ...own, privateKeyPem: otherPem });
    expect([read(edwards).verify(createPublicKey(other)), edwards.state.keyAlgorithm]).to.deep.equal([
      true,
      "ED25519",
    ]);
  });

  it("refuses a name that is no ASCII", async () => {
    expect(await refusalOf(selfSigned().make({ ...own, dnsNames: ["café.example.com"] }))).to.equal(
      'Failed to create certificate: x509: "café.example.com" cannot be encoded as an IA5String',
    );
  });
});
