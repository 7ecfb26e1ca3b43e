import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { World, refusalOf } from "./world.ts";

const blob =
  "AAAAB3NzaC1yc2EAAAADAQABAAAAgQDn6mnbQG/tAoZ6ibk6201q7O44q14480SZJQTeeDQC94SSUZt10p8ivfMAPWHkP5OrDTczodJVyijW11WFSFKeAAo+6lsTHSe7HEXjF0jKouqADBs5sPyXiv3aYWB5IaZuBdq3tHPJrQNXvffplxCHpTKi41y1Lrmw0Fhl3lZYEQ==";
const der =
  "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDn6mnbQG/tAoZ6ibk6201q7O44q14480SZJQTeeDQC94SSUZt10p8ivfMAPWHkP5OrDTczodJVyijW11WFSFKeAAo+6lsTHSe7HEXjF0jKouqADBs5sPyXiv3aYWB5IaZuBdq3tHPJrQNXvffplxCHpTKi41y1Lrmw0Fhl3lZYEQIDAQAB";

/** The same key in every form that EC2 reads. */
const rsa = {
  "a line for SSH": `ssh-rsa ${blob} me@example.com\n`,
  "a file for SSH": `---- BEGIN SSH2 PUBLIC KEY ----\nComment: "mine"\n${blob.replaceAll(/.{70}/g, "$&\n")}\n---- END SSH2 PUBLIC KEY ----\n`,
  "a file for SSH with the line ends of Windows": `---- BEGIN SSH2 PUBLIC KEY ----\r\nComment: "mine"\r\n${blob.replaceAll(/.{70}/g, "$&\r\n")}\r\n---- END SSH2 PUBLIC KEY ----\r\n`,
  "DER in base64": der,
  PEM: `-----BEGIN PUBLIC KEY-----\n${der.replaceAll(/.{64}/g, "$&\n")}\n-----END PUBLIC KEY-----\n`,
};

const edwards = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJq0h2mYBzT0sX0rXlyaJxRrQ8pMhQHbJ5nYxkq0tU3R";

function imported(publicKey: string): Properties {
  return new World().make("aws:ec2/keyPair:KeyPair", "me", { publicKey }).state;
}

describe("an imported key pair", () => {
  for (const [form, publicKey] of Object.entries(rsa)) {
    it(`has the fingerprint that \`openssl md5 -c\` has of an RSA key: ${form}`, () => {
      expect(imported(publicKey)).to.include({
        keyType: "rsa",
        fingerprint: "60:5d:35:a4:ea:d4:b8:45:31:51:71:a4:14:14:63:a2",
      });
    });
  }

  it("has the fingerprint that `ssh-keygen -l` has of a key on Edwards' curve, with its padding", () => {
    expect(imported(`${edwards} me`)).to.include({
      keyType: "ed25519",
      fingerprint: "sYghJbWFsRKW2UVC3jD/CVXcBo3JeMcLYx6cdzSsWVw=",
    });
  });

  const unreadable: Readonly<Record<string, string>> = {
    "a key that is cut off": edwards.slice(0, -8),
    "a key of another kind":
      "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBCwkJ0OGPmHI4vFuN9MKAbSjVgTAvUp2MC5RIoTLvTbX9Ov0YTlsfCMf0NRGrTkLrKSJHkSIuyLIAjHwUKf0Ydo=",
    "what is no base64": "ssh-rsa <key>",
    "an empty text": "",
  };
  for (const [what, publicKey] of Object.entries(unreadable)) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => imported(publicKey))).to.equal(
        "InvalidKey.Format: Key is not in valid OpenSSH public key format",
      );
    });
  }
});
