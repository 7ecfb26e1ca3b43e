import { define } from "../../kernel/define.ts";

export const efsEncrypted = define({
  name: "efs-encrypted",
  description: "File systems are encrypted.",
  severity: "high",
  controls: { fsbp: ["EFS.1"], cis: ["2.4.1"], ckv: ["CKV_AWS_42"] },
  remediation: "Set encrypted; a file system cannot be encrypted later, only copied.",
  checks: {
    "aws:efs/fileSystem:FileSystem": [
      ({ encrypted }) => encrypted !== true && "encrypted is not true: set it.",
    ],
  },
});
