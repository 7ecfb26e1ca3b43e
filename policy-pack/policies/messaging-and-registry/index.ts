import type { Definition } from "../../kernel/definition.ts";
import { ecrLifecycle } from "./ecr-lifecycle.ts";
import { ecrRepositoryHardened } from "./ecr-repository-hardened.ts";
import { messagingEncrypted } from "./messaging-encrypted.ts";
import { messagingPolicyNotPublic } from "./messaging-policy-not-public.ts";
import { sqsDlq } from "./sqs-dlq.ts";

/** The policies on messaging and registry. */
export const messagingAndRegistry: readonly Definition[] = [
  ecrLifecycle,
  ecrRepositoryHardened,
  messagingEncrypted,
  messagingPolicyNotPublic,
  sqsDlq,
];
