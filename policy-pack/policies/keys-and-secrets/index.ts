import type { Definition } from "../../kernel/definition.ts";
import { kmsLifecycle } from "./kms-lifecycle.ts";
import { kmsNoPublicKeyPolicy } from "./kms-no-public-key-policy.ts";
import { noPlaintextSecrets } from "./no-plaintext-secrets.ts";
import { secretCmkAndRecovery } from "./secret-cmk-and-recovery.ts";
import { secretRotation } from "./secret-rotation.ts";

/** The policies on keys and secrets. */
export const keysAndSecrets: readonly Definition[] = [
  kmsLifecycle,
  kmsNoPublicKeyPolicy,
  noPlaintextSecrets,
  secretCmkAndRecovery,
  secretRotation,
];
