import type { KeyObject } from "node:crypto";
import { createHash, createPrivateKey, createPublicKey } from "node:crypto";
import * as sdk from "@pulumi/tls";
import { expect } from "chai";
import type { Properties } from "../../../../sandbox/model.ts";
import { tlsProvider } from "../../../../sandbox/utilities/packages.ts";
import { tls } from "../../../../sandbox/utilities/tls/index.ts";
import { Maker, refusalOf, tokensOf } from "../maker.ts";

const keys = (): Maker => new Maker(tlsProvider, "tls:index/privateKey:PrivateKey");

function readPublicKey(args: Properties): Properties {
  return tls.functions["tls:index/getPublicKey:getPublicKey"]?.(args) ?? {};
}

/** The public key as each of the three private forms has it. */
function publicKeysOf(state: Properties): readonly KeyObject[] {
  const [pem, pkcs8] = [state.privateKeyPem, state.privateKeyPemPkcs8].map(String);
  return [
    createPublicKey(pem ?? ""),
    createPublicKey(pkcs8 ?? ""),
    createPublicKey(String(state.publicKeyPem)),
  ];
}

const kinds = [
  { inputs: { algorithm: "RSA", rsaBits: 1024 }, pem: "RSA PRIVATE KEY", ssh: "ssh-rsa" },
  { inputs: { algorithm: "ECDSA", ecdsaCurve: "P256" }, pem: "EC PRIVATE KEY", ssh: "ecdsa-sha2-nistp256" },
  { inputs: { algorithm: "ECDSA", ecdsaCurve: "P384" }, pem: "EC PRIVATE KEY", ssh: "ecdsa-sha2-nistp384" },
  { inputs: { algorithm: "ECDSA", ecdsaCurve: "P521" }, pem: "EC PRIVATE KEY", ssh: "ecdsa-sha2-nistp521" },
  { inputs: { algorithm: "ED25519" }, pem: "PRIVATE KEY", ssh: "ssh-ed25519" },
];

describe("a private key", () => {
  for (const { inputs, pem, ssh } of kinds) {
    it(`is the same key in all its forms: ${Object.values(inputs).join(" ")}`, async () => {
      const { id, state } = await keys().make(inputs);
      const [one, ...others] = publicKeysOf(state);
      expect(others.every((other) => one?.equals(other))).to.equal(true);
      expect(state.privateKeyPem).to.match(
        new RegExp(`^-----BEGIN ${pem}-----\n[^]+\n-----END ${pem}-----\n$`),
      );
      expect(state.privateKeyPemPkcs8).to.match(/^-----BEGIN PRIVATE KEY-----\n/);
      expect(state.publicKeyOpenssh).to.match(new RegExp(`^${ssh} [A-Za-z0-9+/=]+\n$`));
      expect(readPublicKey({ privateKeyOpenssh: state.privateKeyOpenssh })).to.include({
        id,
        algorithm: inputs.algorithm,
        publicKeyPem: state.publicKeyPem,
      });
    });
  }

  it("has the fingerprints of its line for SSH, and the digest of its public key as its id", async () => {
    const { id, state } = await keys().make({ algorithm: "ED25519" });
    const blob = Buffer.from(String(state.publicKeyOpenssh).split(" ")[1] ?? "", "base64");
    const md5 = createHash("md5").update(blob).digest("hex").match(/../g)?.join(":");
    const sha256 = createHash("sha256").update(blob).digest("base64").replace(/=+$/, "");
    expect(state.publicKeyFingerprintMd5).to.equal(md5);
    expect(state.publicKeyFingerprintSha256).to.equal(`SHA256:${sha256}`);
    const spki = createPublicKey(String(state.publicKeyPem)).export({ type: "spki", format: "der" });
    expect(id).to.equal(createHash("sha1").update(spki).digest("hex"));
  });

  it("has two thousand and forty-eight bits, and SSH has no name for the curve that is taken by default", async () => {
    const { state: rsa } = await keys().make({ algorithm: "RSA" });
    expect(createPrivateKey(String(rsa.privateKeyPem)).asymmetricKeyDetails?.modulusLength).to.equal(2048);
    const { state } = await keys().make({ algorithm: "ECDSA" });
    expect(createPrivateKey(String(state.privateKeyPem)).asymmetricKeyDetails?.namedCurve).to.equal(
      "secp224r1",
    );
    expect(state).to.include({
      ecdsaCurve: "P224",
      privateKeyOpenssh: "",
      publicKeyOpenssh: "",
      publicKeyFingerprintMd5: "",
      publicKeyFingerprintSha256: "",
    });
  });

  it("is a secret in all its private forms, and in no other", async () => {
    const maker = keys();
    const { state } = await maker.make({ algorithm: "RSA", rsaBits: 1024 });
    const secret = [state.privateKeyOpenssh, state.privateKeyPem, state.privateKeyPemPkcs8];
    expect([...maker.secrets]).to.have.members(secret);
    expect([...maker.account.everything()]).to.deep.equal([]);
  });

  it("is replaced by any change", async () => {
    const { state } = await keys().make({ algorithm: "ED25519" });
    expect(await keys().differences(state, { algorithm: "ED25519", rsaBits: 2048 })).to.deep.equal([]);
    expect(await keys().differences(state, { algorithm: "RSA", rsaBits: 4096 })).to.deep.equal([
      "update algorithm!",
      "update rsaBits!",
    ]);
  });

  it("refuses an algorithm, and a curve, that the provider does not know", async () => {
    expect(await keys().mistakes({ algorithm: "DSA", ecdsaCurve: "P192" })).to.deep.equal([
      `Invalid Attribute Value Match. Attribute algorithm value must be one of: ["RSA" "ECDSA" "ED25519"], got: "DSA". Examine values at 'one.algorithm'.`,
      `Invalid Attribute Value Match. Attribute ecdsa_curve value must be one of: ["P224" "P256" "P384" "P521"], got: "P192". Examine values at 'one.ecdsaCurve'.`,
    ]);
  });

  it("refuses an RSA key that Go calls insecure", async () => {
    expect(await refusalOf(keys().make({ algorithm: "RSA", rsaBits: 512 }))).to.equal(
      "Unable to generate Key from configuration: crypto/rsa: 512-bit keys are insecure (see https://go.dev/pkg/crypto/rsa#hdr-Minimum_key_size)",
    );
  });

  it("cannot be imported", async () => {
    expect(await refusalOf(keys().take("some"))).to.match(/^Resource Import Not Implemented: /);
  });
});

describe("the package tls", () => {
  it("has every resource and every function of the SDK", () => {
    expect(tls.resources.map(({ token }) => token)).to.have.members(tokensOf(sdk));
    const functions = Object.keys(sdk).filter((name) => /^get(?!.*Output$)/.test(name));
    expect(Object.keys(tls.functions)).to.have.members(functions.map((name) => `tls:index/${name}:${name}`));
  });
});

describe("getPublicKey", () => {
  const refused = (args: Properties): Promise<string> =>
    refusalOf(Promise.resolve().then(() => readPublicKey(args)));

  it("insists on one private key, in one form", async () => {
    expect(await refused({})).to.equal(
      "Invalid Attribute Combination: No attribute specified when one (and only one) of [private_key_pem,private_key_openssh] is required",
    );
    expect(await refused({ privateKeyPem: "a", privateKeyOpenssh: "b" })).to.equal(
      "Invalid Attribute Combination: 2 attributes specified when one (and only one) of [private_key_pem,private_key_openssh] is required",
    );
  });

  it("refuses what is no private key", async () => {
    expect(await refused({ privateKeyPem: "hello" })).to.equal(
      "Unable to parse private key: failed to decode PEM block: decoded bytes 0, undecoded 5",
    );
    expect(await refused({ privateKeyOpenssh: "hello" })).to.equal(
      "Unable to parse private key: ssh: no key found",
    );
    const { state } = await keys().make({ algorithm: "ED25519" });
    expect(await refused({ privateKeyPem: state.publicKeyPem })).to.equal(
      "Unable to parse private key: unable to determine parser for PEM preamble: PUBLIC KEY",
    );
    expect(await refused({ privateKeyPem: state.privateKeyOpenssh })).to.equal(
      "Unable to parse private key: unsupported PEM preamble/type: OPENSSH PRIVATE KEY",
    );
  });
});
