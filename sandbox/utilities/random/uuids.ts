import { randomBytes, randomUUID } from "node:crypto";
import type { RandomUuidArgs, RandomUuidState } from "@pulumi/random";
import type { AnyUtility } from "../model.ts";
import { utility } from "../model.ts";
import { keepers, unexpected } from "./arguments.ts";

/** `aabbccdd-eeff-0011-2233-445566778899` */
function dashed(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/** Milliseconds since 1970, the parts of one, and chance: https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7 */
function uuid7(): string {
  const now = performance.timeOrigin + performance.now();
  const bytes = randomBytes(16);
  bytes.writeUIntBE(Math.floor(now), 0, 6);
  bytes.writeUInt16BE(0x7000 | Math.floor((now % 1) * 0x1000), 6);
  bytes.writeUInt8(0x80 | ((bytes[8] ?? 0) & 0x3f), 8);
  return dashed(bytes.toString("hex"));
}

/** A type whose id is its result. All three have the same arguments and outputs. */
function uuid(name: string, make: () => string): AnyUtility {
  return utility<RandomUuidArgs, RandomUuidState>(`random:index/random${name}:Random${name}`, {
    inputs: { keepers },
    outputs: { result: "plain" },
    makes: () => asId(make()),
    imports: (id) => {
      if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return asId(id.toLowerCase());
      const sentence = "There was an error during the parsing of the UUID.";
      throw unexpected("Import Random UUID Error", sentence, "uuid is improperly formatted");
    },
  });
}

function asId(result: string) {
  return { id: result, outputs: { result } };
}

/**
 * https://registry.terraform.io/providers/hashicorp/random/latest/docs/resources/uuid: the first is written like one, but says nothing of
 * a version.
 */
export const uuids: readonly AnyUtility[] = [
  uuid("Uuid", () => dashed(randomBytes(16).toString("hex"))),
  uuid("Uuid4", randomUUID),
  uuid("Uuid7", uuid7),
];
