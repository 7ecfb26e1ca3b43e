import { X509Certificate } from "node:crypto";
import { expect } from "chai";
import type { Properties } from "../../../../sandbox/model.ts";
import { tls } from "../../../../sandbox/utilities/tls/index.ts";
import { refusalOf } from "../maker.ts";
import { own, selfSigned } from "./certified.ts";
import * as go from "./made-by-go.ts";

function getCertificate(args: Properties): Properties {
  return tls.functions["tls:index/getCertificate:getCertificate"]?.(args) ?? {};
}

describe("getCertificate", () => {
  it("tells what Go reads in a certificate", () => {
    const { certificates, id } = getCertificate({ content: go.certificate });
    expect(certificates).to.deep.equal([
      {
        certPem: go.certificate,
        isCa: true,
        issuer: `${subject},1.2.840.113549.1.9.1=#0c0f6f7073406578616d706c652e636f6d`,
        maxPathLength: 2,
        notAfter: "2051-01-02T03:04:05Z",
        notBefore: "2026-01-02T03:04:05Z",
        publicKeyAlgorithm: "Ed25519",
        serialNumber: "9843086184167632639",
        sha1Fingerprint: new X509Certificate(go.certificate).fingerprint.replaceAll(":", "").toLowerCase(),
        signatureAlgorithm: "Ed25519",
        subject: `${subject},1.2.840.113549.1.9.1=#0c0f6f7073406578616d706c652e636f6d`,
        version: 3,
      },
    ]);
    expect(id).to.match(/^[0-9a-f]{40}$/);
  });

  const subject = String.raw`SERIALNUMBER=7,CN=shop.example.com,OU=Ops,O=Café\, Inc,POSTALCODE=0150,STREET=1 Main St+STREET=2 Main St,L=Oslo,ST=Oslo,C=NO`;

  it("says of one that signs no others that there is no limit to how many may follow", async () => {
    const { state } = await selfSigned().make(own);
    const { certificates } = getCertificate({ content: state.certPem });
    expect(Array.isArray(certificates) && certificates[0]).to.include({ isCa: false, maxPathLength: -1 });
  });

  it("does not connect to anybody", async () => {
    const asked = Promise.resolve().then(() => getCertificate({ url: "https://example.com" }));
    expect(await refusalOf(asked)).to.equal(
      "UnsupportedInvoke: the sandbox does not connect to https://example.com, whose certificates are asked for: give one as content",
    );
  });

  it("refuses what is no certificate", async () => {
    const refused = (content: string): Promise<string> =>
      refusalOf(Promise.resolve().then(() => getCertificate({ content })));
    expect(await refused("hello")).to.equal(
      "Failed to decoded PEM: Value is not a valid PEM encoding of a certificate",
    );
    expect(await refused(go.request)).to.equal(
      'Unexpected PEM preamble: Certificate PEM should be "CERTIFICATE", got "CERTIFICATE REQUEST"',
    );
  });
});
