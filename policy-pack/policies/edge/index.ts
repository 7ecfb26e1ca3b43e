import type { Definition } from "../../kernel/definition.ts";
import { albHardened } from "./alb-hardened.ts";
import { albPublicHasWaf } from "./alb-public-has-waf.ts";
import { albTlsListeners } from "./alb-tls-listeners.ts";
import { cloudfrontHeadersAndRoot } from "./cloudfront-headers-and-root.ts";
import { cloudfrontOriginSecure } from "./cloudfront-origin-secure.ts";
import { cloudfrontViewerTls } from "./cloudfront-viewer-tls.ts";
import { cloudfrontWafAttached } from "./cloudfront-waf-attached.ts";
import { edgeAccessLogs } from "./edge-access-logs.ts";
import { wafCoreRules } from "./waf-core-rules.ts";

/** The policies on the edge: what the world reaches first. */
export const edge: readonly Definition[] = [
  albHardened,
  albPublicHasWaf,
  albTlsListeners,
  cloudfrontHeadersAndRoot,
  cloudfrontOriginSecure,
  cloudfrontViewerTls,
  cloudfrontWafAttached,
  edgeAccessLogs,
  wafCoreRules,
];
