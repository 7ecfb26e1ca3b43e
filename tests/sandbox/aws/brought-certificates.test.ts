import type { KeyObject } from "node:crypto";
import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { mock } from "node:test";
import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { issue } from "../../../sandbox/utilities/tls/certificates.ts";
import type { Issuer } from "../../../sandbox/utilities/tls/certificates.ts";
import { nameOf, writeName } from "../../../sandbox/utilities/tls/names.ts";
import { World, refusalOf } from "./world.ts";

const acm = "aws:acm/certificate:Certificate";
const iam = "aws:iam/serverCertificate:ServerCertificate";

const key = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey;
const other = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
const edwards = generateKeyPairSync("ed25519").privateKey;

function pem(privateKey: KeyObject): string {
  return String(privateKey.export({ type: "pkcs8", format: "pem" }));
}

const root = { key: other, name: writeName(nameOf({ commonName: "Root" })) };

function certificate(own: KeyObject, issuer: Issuer = { key: own }, commonName = "shop.example.com"): string {
  const template = {
    subject: nameOf({ commonName }),
    dnsNames: ["shop.example.com", "www.example.com"],
    ...{ ipAddresses: [], uris: [], allowedUses: ["digital_signature", "server_auth"] },
    ...{
      publicKey: createPublicKey(own),
      validityPeriodHours: 24,
      isCaCertificate: commonName === "Root",
      setSubjectKeyId: false,
    },
  };
  return issue(template, issuer).certPem;
}

const body = certificate(key);
const rootBody = certificate(other, { key: other }, "Root");
const signed = certificate(key, root);
const privateKey = pem(key);

let world: World;
beforeEach(() => {
  world = new World();
});

describe("a certificate that is brought to ACM", () => {
  const bring = (inputs: Properties = {}): Settled =>
    world.make(acm, "web", { certificateBody: body, privateKey, ...inputs });
  const refused = (inputs: Properties): string => refusalOf(() => bring(inputs));

  it("is there at once, with what it says itself", () => {
    const { state } = bring();
    expect(state).to.deep.include({
      status: "ISSUED",
      type: "IMPORTED",
      domainName: "shop.example.com",
      subjectAlternativeNames: ["shop.example.com", "www.example.com"],
      keyAlgorithm: "EC_prime256v1",
    });
    const [from, to] = [state.notBefore, state.notAfter].map((when) => Date.parse(String(when)));
    expect((to ?? 0) - (from ?? 0)).to.equal(24 * 3_600_000);
    expect(state.notAfter).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it("may be signed by another, whose certificate comes with it", () => {
    expect(bring({ certificateBody: signed, certificateChain: rootBody }).state.type).to.equal("IMPORTED");
  });

  it("refuses what is no certificate", () => {
    expect(refused({ certificateBody: "hello" })).to.equal(
      "ValidationException: Unable to parse certificate. Please ensure the certificate is in PEM format.",
    );
    expect(refused({ certificateBody: privateKey })).to.match(/^ValidationException: Unable to parse/);
  });

  it("refuses more than one certificate in the place of one", () => {
    expect(refused({ certificateBody: `${signed}${rootBody}` })).to.equal(
      "ValidationException: The certificate field contains more than one certificate. You can specify only one certificate in this field.",
    );
  });

  it("refuses the key of another certificate, and what is no key", () => {
    const message = "ValidationException: The private key does not belong to the certificate.";
    expect(refused({ privateKey: pem(other) })).to.equal(message);
    expect(refused({ privateKey: "hello" })).to.equal(message);
  });

  it("refuses an algorithm that ACM does not know", () => {
    const inputs = { certificateBody: certificate(edwards), privateKey: pem(edwards) };
    expect(refused(inputs)).to.equal("ValidationException: The private key is not supported.");
  });

  it("refuses one whose time is over", () => {
    const template = {
      subject: nameOf({ commonName: "old" }),
      ...{ dnsNames: [], ipAddresses: [], uris: [], allowedUses: [], publicKey: createPublicKey(key) },
      ...{ validityPeriodHours: 1, isCaCertificate: false, setSubjectKeyId: false },
    };
    const old = issue(template, { key }, new Date("2020-01-01")).certPem;
    expect(refused({ certificateBody: old })).to.equal(
      "ValidationException: The certificate is no longer valid.",
    );
  });

  it("may be tagged when its time is over", () => {
    const made = bring();
    const inputs = { certificateBody: body, privateKey, tags: { team: "shop" } };
    mock.timers.enable({ apis: ["Date"], now: Date.now() + 48 * 3_600_000 });
    try {
      expect(world.change(acm, "web", made, inputs).state.tags).to.deep.equal({ team: "shop" });
    } finally {
      mock.timers.reset();
    }
  });

  it("refuses one that another has signed, without that other's certificate, or with a third's", () => {
    expect(refused({ certificateBody: signed })).to.equal(
      "ValidationException: Provided certificate is not a valid self signed. Please provide either a valid self-signed certificate or certificate chain.",
    );
    const renamed = certificate(other, { key: other }, "Another");
    for (const certificateChain of [body, renamed]) {
      expect(refused({ certificateBody: signed, certificateChain })).to.equal(
        "ValidationException: Unable to validate certificate chain. The certificate chain must start with the immediate signing certificate, followed by any intermediaries in order. The index within the chain of the invalid certificate is: -1",
      );
    }
  });
});

describe("a server certificate of IAM", () => {
  const bring = (inputs: Properties = {}, name = "web"): Settled =>
    world.make(iam, name, { name: "web", certificateBody: body, privateKey, ...inputs });
  const refused = (inputs: Properties): string => refusalOf(() => bring(inputs));

  it("has an ARN with its path, and ends when the certificate does", () => {
    const { id, state } = bring({ path: "/cloudfront/" });
    expect(id).to.match(/^ASCA[0-9A-F]{17}$/);
    expect(state.arn).to.equal("arn:aws:iam::123456789012:server-certificate/cloudfront/web");
    expect(state.expiration).to.equal(bringToAcm().state.notAfter);
  });

  const bringToAcm = (): Settled => world.make(acm, "web", { certificateBody: body, privateKey });

  it("refuses a name that is taken", () => {
    bring();
    expect(refusalOf(() => bring({}, "twin"))).to.equal(
      "EntityAlreadyExists: The Server Certificate with name web already exists.",
    );
  });

  it("refuses what is no certificate, a key of another, and a chain that did not sign it", () => {
    expect(refused({ certificateBody: "hello" })).to.equal(
      "MalformedCertificate: Unable to parse certificate. Please ensure the certificate is in PEM format.",
    );
    expect(refused({ privateKey: pem(other) })).to.equal(
      "KeyPairMismatch: The public key certificate and the private key do not match.",
    );
    expect(refused({ certificateBody: signed, certificateChain: body })).to.match(
      /^MalformedCertificate: Unable to validate certificate chain\. /,
    );
    expect(bring({ certificateBody: signed, certificateChain: rootBody }).state.name).to.equal("web");
  });
});
