import { randomBytes } from "node:crypto";
import type { RandomBytesArgs, RandomBytesState, RandomIdArgs, RandomIdState } from "@pulumi/random";
import type { AnyUtility } from "../model.ts";
import { utility } from "../model.ts";
import { atLeast } from "../rules.ts";
import { keepers, unexpected } from "./arguments.ts";

/** The bytes of a text in base64 of one of its two alphabets. @throws Refusal where it is none */
function decoded(given: string, alphabet: "base64" | "base64url", title: string, sentence: string): Buffer {
  const bytes = Buffer.from(given, alphabet);
  if (bytes.toString(alphabet) === given) return bytes;
  throw unexpected(title, sentence, "illegal base64 data");
}

/** https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/bytes */
const secretBytes = utility<RandomBytesArgs, RandomBytesState>("random:index/randomBytes:RandomBytes", {
  inputs: { keepers: {}, length: { required: true, rules: [atLeast(1)] } },
  outputs: { base64: "secret", hex: "secret" },
  // Its id is the secret itself, as with the real provider, which cannot do otherwise: an id cannot be encrypted.
  makes: ({ length }) => inBothForms(randomBytes(length)),
  imports: (id) => {
    const sentence = "There was an error during the parsing of the base64 string.";
    const bytes = decoded(id, "base64", "Import Random bytes Error", sentence);
    const { outputs } = inBothForms(bytes);
    return { id, outputs: { ...outputs, length: bytes.length } };
  },
});

function inBothForms(bytes: Buffer) {
  const base64 = bytes.toString("base64");
  return { id: base64, outputs: { base64, hex: bytes.toString("hex") } };
}

/** https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/id */
const id = utility<RandomIdArgs, RandomIdState>("random:index/randomId:RandomId", {
  inputs: { byteLength: { required: true }, keepers, prefix: {} },
  outputs: { b64Std: "plain", b64Url: "plain", dec: "plain", hex: "plain" },
  makes: ({ byteLength, prefix }) => inAllForms(randomBytes(byteLength), prefix),
  imports: (given) => {
    const comma = given.lastIndexOf(",");
    const prefix = given.slice(0, Math.max(comma, 0));
    const sentence = "While attempting to import a random id there was a decoding error.";
    const bytes = decoded(given.slice(comma + 1), "base64url", "Import Random ID Error", sentence);
    const { id: own, outputs } = inAllForms(bytes, prefix);
    const written = { byteLength: bytes.length, ...(prefix === "" ? {} : { prefix }) };
    return { id: own, outputs: { ...outputs, ...written } };
  },
});

/** The id has no prefix, all else has. */
function inAllForms(bytes: Buffer, prefix = "") {
  const url = bytes.toString("base64url");
  return {
    id: url,
    outputs: {
      b64Std: prefix + bytes.toString("base64"),
      b64Url: prefix + url,
      dec: prefix + BigInt(`0x0${bytes.toString("hex")}`).toString(),
      hex: prefix + bytes.toString("hex"),
    },
  };
}

/** Random bytes, as a secret or as part of a name. */
export const bytes: readonly AnyUtility[] = [secretBytes, id];
