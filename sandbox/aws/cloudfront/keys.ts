import type { cloudfront } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { refined, taken } from "../specification/refined.ts";
import { uuidOf } from "../uuid.ts";
import { capitals, etagOf } from "./ids.ts";

const keyToken = "aws:cloudfront/publicKey:PublicKey";
const groupToken = "aws:cloudfront/keyGroup:KeyGroup";

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreatePublicKey.html */
const publicKey = refined<cloudfront.PublicKeyArgs, cloudfront.PublicKeyState>(keyToken, {
  scope: "global",
  autoname: { property: "name", max: 128 },
  id: ({ hex }) => `K${capitals(hex, 13)}`,
  outputs: ({ accountId, hex, inputs, id }) => ({
    arn: `arn:aws:cloudfront::${accountId}:public-key/${id}`,
    callerReference: uuidOf(hex(32, "caller")),
    etag: etagOf(hex, inputs),
  }),
  rules: [
    taken(keyToken, ({ name }) => name, {
      code: "PublicKeyAlreadyExists",
      says: "The public key already exists.",
    }),
    {
      when: ({ inputs }) =>
        !/^-----BEGIN PUBLIC KEY-----\n[\s\S]+\n-----END PUBLIC KEY-----\n?$/.test(inputs.encodedKey),
      code: "InvalidArgument",
      says: "Your request contains empty/invalid/out of limits RSA Encoded Key",
    },
  ],
  keeps: (_, holders) => {
    if (holders.length > 0) throw new Refusal("PublicKeyInUse", "The specified public key is in use.");
  },
  seconds: { create: 2, update: 2, delete: 2 },
});

/** Whose signatures a distribution takes: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateKeyGroup.html */
const keyGroup = refined<cloudfront.KeyGroupArgs, cloudfront.KeyGroupState>(groupToken, {
  scope: "global",
  autoname: { property: "name", max: 128 },
  references: {
    "items[]": {
      to: keyToken,
      missing: { code: "InvalidArgument", message: "Public key {value} does not exist." },
    },
  },
  id: ({ hex }) => uuidOf(hex(32)),
  outputs: ({ hex, inputs }) => ({ etag: etagOf(hex, inputs) }),
  rules: [
    taken(groupToken, ({ name }) => name, {
      code: "KeyGroupAlreadyExists",
      says: "A key group with this name already exists.",
    }),
  ],
  settles: ["etag"],
  seconds: { create: 2, update: 2, delete: 2 },
});

/** Keys by which URLs and cookies are signed. */
export const signingKeys: readonly AnyBehaviour[] = [publicKey, keyGroup];
