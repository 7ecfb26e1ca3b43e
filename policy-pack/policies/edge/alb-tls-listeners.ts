import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { items } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";

type Listener = Props<"aws:lb/listener:Listener">;

/** Policies with TLS 1.2 and 1.3 and no old ciphers: those with Ext in their names have some (ELB user guide, "Security policies"). */
const modern = /^ELBSecurityPolicy-TLS13-1-[23](?:-Res)?(?:-FIPS)?(?:-PQ)?-\d{4}-\d{2}$/;

function redirects({ defaultActions }: Listener): boolean {
  const actions = items(defaultActions);
  return (
    actions.length > 0 &&
    actions.every(({ type, redirect }) => type === "redirect" && redirect?.protocol === "HTTPS")
  );
}

/** Without a protocol a listener is one for HTTP; one without a port as well belongs to a gateway, which looks into nothing. */
function protocolOf(listener: Listener): string {
  return listener.protocol ?? (listener.port === undefined ? "GENEVE" : "HTTP");
}

function plain(listener: Listener): Findings {
  return (
    protocolOf(listener) === "HTTP" &&
    !redirects(listener) &&
    "protocol is HTTP and not all it does is redirect to HTTPS: let it redirect only."
  );
}

function outdated(listener: Listener): Findings {
  if (!["HTTPS", "TLS"].includes(protocolOf(listener))) return undefined;
  const policy = listener.sslPolicy ?? "not set, which is ELBSecurityPolicy-2016-08";
  return (
    !modern.test(policy) &&
    `sslPolicy is ${policy}: use ELBSecurityPolicy-TLS13-1-2-2021-06 or a stricter one.`
  );
}

export const albTlsListeners = define({
  name: "alb-tls-listeners",
  description: "Load balancers speak modern TLS, and send plain HTTP there.",
  severity: "high",
  controls: {
    fsbp: ["ELB.1", "ELB.17", "ELB.18"],
    ckv: ["CKV_AWS_2", "CKV_AWS_103", "CKV2_AWS_20", "CKV2_AWS_74"],
  },
  remediation: "Let port 80 redirect to HTTPS, and set the sslPolicy of port 443.",
  checks: { "aws:lb/listener:Listener": [plain, outdated], "aws:alb/listener:Listener": [plain, outdated] },
});
