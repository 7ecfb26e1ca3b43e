import { define } from "../../kernel/define.ts";
import { has } from "../../kernel/read.ts";

export const dynamodbEncrypted = define({
  name: "dynamodb-encrypted",
  description: "Tables are encrypted with a key of the account.",
  severity: "medium",
  controls: { ckv: ["CKV_AWS_119"] },
  remediation:
    "Set serverSideEncryption with enabled and kmsKeyArn; without it AWS encrypts with a key that it owns.",
  checks: {
    "aws:dynamodb/table:Table": [
      ({ serverSideEncryption }) =>
        serverSideEncryption?.enabled !== true && "serverSideEncryption.enabled is not true: set it.",
      ({ serverSideEncryption }) =>
        !has(serverSideEncryption, "kmsKeyArn") &&
        "serverSideEncryption.kmsKeyArn is not set: name a key of the account.",
    ],
  },
});
