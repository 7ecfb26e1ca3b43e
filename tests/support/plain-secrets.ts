import { isRecord } from "../../sandbox/values.ts";

const signature = "4dabf18193072939515e22adb298388d";

/** Property names whose value would be a secret, not the name or place of one. */
const carriers =
  /(password|passphrase|authtoken|accesstoken|apikey|secretaccesskey|secretstring|secretbinary|privatekey|clientsecret)$/i;
const formats = [
  /\bAKIA[0-9A-Z]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\beyJ[\w-]{10,}\.[\w-]{10,}\.[\w-]{10,}/,
];

/**
 * Paths of everything in plain values that is, or looks like, a secret; a template that somebody fills in later (`{{ .x }}`, `${x}`) is
 * none. The values themselves are not told.
 */
export function plainSecrets(value: unknown, path = ""): readonly string[] {
  if (typeof value === "string") return looksSecret(path, value) ? [path] : [];
  if (Array.isArray(value))
    return value.flatMap((item, index) => plainSecrets(item, `${path}[${String(index)}]`));
  if (!isRecord(value) || signature in value) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    plainSecrets(item, path === "" ? key : `${path}.${key}`),
  );
}

/** Words that say how a secret comes to be, in properties that are named after it. */
const modes = new Set(["managed", "generated"]);

function looksSecret(path: string, value: string): boolean {
  if (value === "" || modes.has(value) || /\{\{|\$\{/.test(value)) return false;
  const name = path.split(/[.[]/).at(-1) ?? "";
  return carriers.test(name) || formats.some((format) => format.test(value));
}
