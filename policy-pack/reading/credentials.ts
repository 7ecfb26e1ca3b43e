import { Undecided } from "../kernel/findings.ts";
import { attempt, property, UNKNOWN } from "../kernel/read.ts";

/** Texts that are credentials by their form; the sources are the issuers' own descriptions of their formats. */
const forms: Readonly<Record<string, RegExp>> = {
  "an AWS access key": /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  "a private key": /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/,
  "a GitHub token": /\bgh[pousr]_[A-Za-z0-9]{36,}\b/,
  "a Slack token": /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/,
  "a JSON web token": /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\./,
  "a password in a URL": /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]+:[^\s/:@$]{3,}@/i,
};

/** Names of settings that hold a credential, not the name of one (`existingSecret`, `passwordKey`, `secretName`). */
const names =
  /(?:^|[a-z0-9_.-])(?:password|passwd|passphrase|secret_?access_?key|api_?key|client_?secret|auth_?token|private_?key)$/i;

/** A text that only names where the value comes from: `${env:PASSWORD}`, `$(PASSWORD)`, `{{ .Values.password }}`. */
const reference = /^(?:[$#%]?\{.*\}|\$\(.*\)|\$\w+)$/;

/** What kind of credential a text is, if it looks like one. */
function credentialIn(text: string): string | undefined {
  return Object.entries(forms).find(([, form]) => form.test(text))?.[0];
}

/** Whether a setting of this name holds a credential itself. */
function namesCredential(name: string): boolean {
  return names.test(name);
}

/** A text inside a value, by its path; UNKNOWN where it is not known yet. */
export interface Leaf {
  readonly path: string;
  readonly key: string;
  readonly text: string | typeof UNKNOWN;
}

/** Every text inside a value, however deep. */
export function leaves(value: unknown, path: string, key = path): readonly Leaf[] {
  if (typeof value === "string") return [{ path, key, text: value }];
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((name) => {
    const at = Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`;
    const child = attempt(() => property(value, name));
    return child === UNKNOWN
      ? [{ path: at, key: name, text: UNKNOWN }]
      : leaves(child, at, Array.isArray(value) ? key : name);
  });
}

/** What is wrong with texts, without ever repeating one. Undecided if nothing is, and some are not known yet. */
export function exposures(found: readonly Leaf[], remedy: string): readonly string[] {
  const findings = new Set(found.map(exposure).filter((finding) => finding !== undefined));
  const open = found.find(({ text }) => text === UNKNOWN);
  if (findings.size === 0 && open !== undefined) throw new Undecided(open.path);
  return [...findings].map((finding) => `${finding}: ${remedy}.`);
}

function exposure({ path, key, text }: Leaf): string | undefined {
  if (text === UNKNOWN || text === "") return undefined;
  const kind =
    credentialIn(text) ??
    (namesCredential(key) && !reference.test(text) ? "a credential, by its name" : undefined);
  return kind && `${path} holds ${kind}`;
}
