import type { Definition } from "../../kernel/definition.ts";
import { backupCoversStateful } from "./backup-covers-stateful.ts";
import { backupVaultLocked } from "./backup-vault-locked.ts";
import { statefulProtected } from "./stateful-protected.ts";

/** The policies on backups, and on what must not be lost. */
export const backup: readonly Definition[] = [backupCoversStateful, backupVaultLocked, statefulProtected];
