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
  /(?:^|[a-z0-9_.-])(?:password|passwd|passphrase|secret[_-]?(?:access[_-]?)?key|api[_-]?key|client[_-]?secret|(?:auth|access|bearer)[_-]?token|private[_-]?key)$/i;

/** Names of environment variables that hold one; in other places such a name as often says where it is. */
const variables =
  /^(?:[A-Z0-9_]+_)?(?:TOKEN|PASS|PWD|(?:JWT|SESSION|COOKIE|SIGNING|WEBHOOK)_SECRET|SECRET_KEY_BASE|ENCRYPTION_KEY)$/;

/** A text that only names where the value comes from: `${env:PASSWORD}`, `$(PASSWORD)`, `{{ .Values.password }}`, a secret's ARN. */
const reference = /^(?:[$#%]?\{.*\}|\$\(.*\)|\$[A-Z_]+|arn:aws[\w-]*:secretsmanager:.*)$/;

/** What kind of credential a text is, if it looks like one. */
function credentialIn(text: string): string | undefined {
  return Object.entries(forms).find(([, form]) => form.test(text))?.[0];
}

/** Whether a setting of this name holds a credential itself. */
function namesCredential(name: string): boolean {
  return names.test(name) || variables.test(name);
}

/** A text inside a value, by its path; UNKNOWN where it is not known yet. */
export interface Leaf {
  readonly path: string;
  readonly key: string;
  readonly text: string | typeof UNKNOWN;
}

/** Every text inside a value, however deep. An entry `{ name, value }` of a list of variables goes by its name. */
export function leaves(value: unknown, path: string, key = path): readonly Leaf[] {
  if (typeof value === "string") return [{ path, key, text: value }];
  if (typeof value !== "object" || value === null) return [];
  const variable = attempt(() => property(value, "name"));
  return Object.keys(value).flatMap((step) => {
    const at = Array.isArray(value) ? `${path}[${step}]` : `${path}.${step}`;
    const child = attempt(() => property(value, step));
    if (child === UNKNOWN) return [{ path: at, key: step, text: UNKNOWN }];
    if (step === "value" && typeof variable === "string") return leaves(child, at, variable);
    return leaves(child, at, Array.isArray(value) ? key : step);
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
