import type { Definition } from "../../kernel/definition.ts";
import { eksAccessApiMode } from "./eks-access-api-mode.ts";
import { eksAddonsPinned } from "./eks-addons-pinned.ts";
import { eksAdminAllowList } from "./eks-admin-allow-list.ts";
import { eksControlPlaneLogs } from "./eks-control-plane-logs.ts";
import { eksEndpointRestricted } from "./eks-endpoint-restricted.ts";
import { eksNodeImdsv2 } from "./eks-node-imdsv2.ts";
import { eksNodeNoSshModernAmi } from "./eks-node-no-ssh-modern-ami.ts";
import { eksPrivateNodes } from "./eks-private-nodes.ts";
import { eksSecretsEncrypted } from "./eks-secrets-encrypted.ts";
import { eksSupportedVersion } from "./eks-supported-version.ts";

/** The policies on cluster. */
export const cluster: readonly Definition[] = [
  eksAccessApiMode,
  eksAddonsPinned,
  eksAdminAllowList,
  eksControlPlaneLogs,
  eksEndpointRestricted,
  eksNodeImdsv2,
  eksNodeNoSshModernAmi,
  eksPrivateNodes,
  eksSecretsEncrypted,
  eksSupportedVersion,
];
