import { define } from "../../kernel/define.ts";
import { covers, isBroad, isLimiting } from "../../reading/iam.ts";
import type { Condition } from "../../reading/iam.ts";
import { onGrants } from "../../reading/identity-documents.ts";

const actions = ["kms:decrypt", "kms:reencryptfrom"];

/** Condition keys that hold a decryption to a service, a key or what was encrypted (AWS KMS Developer Guide, "Condition keys"). */
const keys = /^(?:kms:(?:viaservice|requestalias|resourcealiases|encryptioncontext:.+)|aws:resourcetag\/.+)$/;

function limits(condition: Condition): boolean {
  return keys.test(condition.key) && isLimiting(condition);
}

export const iamNoDecryptAllKeys = define({
  name: "iam-no-decrypt-all-keys",
  description: "Nobody may decrypt with every key.",
  severity: "high",
  controls: { fsbp: ["KMS.1", "KMS.2"] },
  remediation: "Name the keys; where they cannot be named, add kms:ViaService or kms:ResourceAliases.",
  checks: onGrants((statement) => {
    const found = actions.filter((action) => covers(statement, action));
    return (
      found.length > 0 &&
      isBroad(statement) &&
      !statement.conditions.some(limits) &&
      `policy allows ${found.join(", ")} with every key: name the keys, or add kms:ViaService.`
    );
  }),
});
