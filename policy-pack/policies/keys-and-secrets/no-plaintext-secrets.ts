import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { attempt, json, property, UNKNOWN } from "../../kernel/read.ts";
import { exposures, leaves } from "../../reading/credentials.ts";
import type { Leaf } from "../../reading/credentials.ts";

/** Inputs that end in plain sight: in consoles, logs, instance metadata or the stored values of a release. */
const carriers = ["userData", "environment", "parameters", "values", "tags", "description"];

/** Inputs of that kind which are given in base 64. */
const encoded = ["userDataBase64", "userData"];

/** Inputs of that kind which are JSON in a text. */
const documents = ["containerDefinitions"];

function textsOf(props: object, key: string): readonly Leaf[] {
  const value = attempt(() => property(props, key));
  return value === UNKNOWN ? [{ path: key, key, text: UNKNOWN }] : leaves(value, key);
}

function decoded(leaf: Leaf): Leaf {
  return leaf.text === UNKNOWN
    ? leaf
    : { ...leaf, text: Buffer.from(leaf.text, "base64").toString("latin1") };
}

function parsed(leaf: Leaf): readonly Leaf[] {
  return leaf.text === UNKNOWN ? [leaf] : leaves(json(leaf.text), leaf.path);
}

function judge(props: object): Findings {
  const found = [
    ...carriers.flatMap((key) => textsOf(props, key)),
    ...encoded.flatMap((key) => textsOf(props, key)).map(decoded),
    ...documents.flatMap((key) => textsOf(props, key)).flatMap(parsed),
  ];
  return exposures(found, "keep it in Secrets Manager and give its name");
}

export const noPlaintextSecrets = define({
  name: "no-plaintext-secrets",
  description: "No input that others can read holds a credential.",
  severity: "critical",
  controls: { "cis-eks": ["4.4.1"], ckv: ["CKV_AWS_46"] },
  remediation: "Keep the credential in Secrets Manager, and give its name or an existingSecret instead.",
  checks: { "*": [judge] },
});
