import { X509Certificate, createPublicKey } from "node:crypto";
import { expect } from "chai";
import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { tlsProvider } from "../../../../sandbox/utilities/packages.ts";
import { Maker, refusalOf } from "../maker.ts";
import {
  authority,
  described,
  fieldsOf,
  otherPem,
  privateKey,
  privateKeyPem,
  read,
  selfSigned,
  terms,
} from "./certified.ts";
import * as go from "./made-by-go.ts";

const locallySigned = (): Maker => new Maker(tlsProvider, "tls:index/locallySignedCert:LocallySignedCert");
const requests = (): Maker => new Maker(tlsProvider, "tls:index/certRequest:CertRequest");

describe("a certificate request", () => {
  it("is what Go makes of the same description, but for its key", async () => {
    const { state } = await requests().make({ ...described, privateKeyPem });
    const [version, subject, , attributes] = fieldsOf(String(state.certRequestPem));
    const [goVersion, goSubject, , goAttributes] = fieldsOf(go.request);
    expect([version, subject, attributes]).to.deep.equal([goVersion, goSubject, goAttributes]);
    expect(state.keyAlgorithm).to.equal("ECDSA");
  });

  it("may ask for nothing", async () => {
    const { state } = await requests().make({ privateKeyPem });
    const [, subject, , attributes] = fieldsOf(String(state.certRequestPem));
    expect([subject, attributes]).to.deep.equal(["3000", "a000"]);
  });

  it("refuses a name that is no ASCII", async () => {
    expect(await refusalOf(requests().make({ privateKeyPem, dnsNames: ["café.example.com"] }))).to.equal(
      'Error creating certificate request: x509: "café.example.com" cannot be encoded as an IA5String',
    );
  });
});

describe("a locally signed certificate", () => {
  const root = async (inputs: Properties = {}): Promise<Settled> =>
    selfSigned().make({ ...authority, ...inputs });
  const inputs = async (made?: Settled): Promise<Properties> => ({
    ...terms,
    certRequestPem: go.request,
    caCertPem: (made ?? (await root())).state.certPem,
    caPrivateKeyPem: privateKeyPem,
  });

  it("is for whom the request says, by the authority's key", async () => {
    const above = await root();
    const made = await locallySigned().make(await inputs(above));
    const certificate = read(made);
    expect(certificate.checkIssued(read(above))).to.equal(true);
    expect(certificate.verify(createPublicKey(privateKey))).to.equal(true);
    expect(certificate.publicKey.equals(new X509Certificate(go.certificate).publicKey)).to.equal(true);
    expect(certificate.checkHost("any.example.com")).to.equal("*.example.com");
    expect(certificate.checkIP("10.0.0.1")).to.equal("10.0.0.1");
    expect(certificate.subjectAltName).to.include("URI:spiffe://example.com/web");
    expect(made.state.caKeyAlgorithm).to.equal("ECDSA");
  });

  it("says by what its authority's key is known there", async () => {
    const idIn = ({ state }: Settled, head: string): string | undefined =>
      new RegExp(`${head}([0-9a-f]{40})`).exec(fieldsOf(String(state.certPem)).at(-1) ?? "")?.[1];
    const above = await root();
    const own = idIn(above, "0603551d0e04160414");
    expect(own).to.match(/^.{40}$/);
    expect(idIn(await locallySigned().make(await inputs(above)), "0603551d23041830168014")).to.equal(own);
  });

  it("leaves out of the subject what Go does not know", async () => {
    const made = await locallySigned().make(await inputs());
    expect(read(made).subject).to.include("CN=shop.example.com").and.not.to.include("ops@example.com");
  });

  it("refuses the key of another than the authority", async () => {
    expect(
      await refusalOf(locallySigned().make({ ...(await inputs()), caPrivateKeyPem: otherPem })),
    ).to.equal("Failed to create certificate: x509: provided PrivateKey doesn't match parent's PublicKey");
  });

  it("refuses what is no request, and what is no certificate", async () => {
    const given = await inputs();
    const refused = (more: Properties): Promise<string> =>
      refusalOf(locallySigned().make({ ...given, ...more }));
    expect(await refused({ certRequestPem: "hello" })).to.equal(
      'Failed to parse certificate request PEM: failed to decode PEM of expected type "CERTIFICATE REQUEST" from bytes',
    );
    expect(await refused({ caCertPem: go.request })).to.equal(
      'Failed to parse CA certificate PEM: invalid PEM type - expected "CERTIFICATE", got "CERTIFICATE REQUEST"',
    );
    const torn = go.request.replace(/\n.{64}\n/, "\n");
    expect(await refused({ certRequestPem: torn })).to.match(
      /^Failed to parse certificate request PEM: failed to parse certificate request: /,
    );
  });
});
