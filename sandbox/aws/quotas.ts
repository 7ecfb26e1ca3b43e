import type { servicequotas } from "@pulumi/aws";
import type { AccountStore, AccountView } from "../model.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { refined } from "./specification/refined.ts";

const quotaToken = "aws:servicequotas/serviceQuota:ServiceQuota";

/** How much of something an account may have in a region until AWS is asked for more. */
interface Quota {
  /** As Service Quotas names it. */
  readonly code: string;
  readonly limit: number;
}

/**
 * Quotas that can be raised, by the code of the service and a name. Figures and codes:
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html,
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html#using-instance-addressing-limit,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html,
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html and
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/CHAP_Limits.html.
 */
const quotas = {
  "ec2/elastic-ips": { code: "L-0263D0A3", limit: 5 },
  "elasticloadbalancing/application-load-balancers": { code: "L-53DA6B97", limit: 50 },
  "iam/managed-policies-per-role": { code: "L-0DA4ABF3", limit: 10 },
  "lambda/concurrent-executions": { code: "L-B99A9384", limit: 1000 },
  "rds/clusters": { code: "L-952B80B8", limit: 40 },
  "vpc/internet-gateways": { code: "L-A4707A72", limit: 5 },
  "vpc/nat-gateways-per-zone": { code: "L-FE5A380F", limit: 5 },
  "vpc/rules-per-security-group": { code: "L-0EA8095F", limit: 60 },
  "vpc/vpcs": { code: "L-F678F1CE", limit: 5 },
} as const satisfies Readonly<Record<string, Quota>>;

/** A quota that is simulated, such as `vpc/vpcs`. */
export type QuotaName = keyof typeof quotas;

/** Whether a quota of this name is simulated. */
function isQuota(name: string): name is QuotaName {
  return Object.hasOwn(quotas, name);
}

/** What Service Quotas and the provider know it by: `vpc/L-F678F1CE`. */
function idOf(name: QuotaName): string {
  return `${name.split("/")[0] ?? ""}/${quotas[name].code}`;
}

/** How many of something the account may have in a region, by now. */
export function quotaOf(account: AccountView, region: string, name: QuotaName): number {
  const raised = [region, "global"].map((scope) => account.find(quotaToken, idOf(name), scope)?.state.value);
  return Math.max(quotas[name].limit, ...raised.filter((value) => typeof value === "number"));
}

/** A quota that has been raised in all regions, as `vpc/vpcs=20` says. */
export interface Raise {
  readonly name: QuotaName;
  readonly value: number;
}

/**
 * Reads `ec2/elastic-ips=20`.
 * @throws Error naming the quotas there are.
 */
export function parseRaises(texts: readonly string[] = []): readonly Raise[] {
  return texts.map(parseRaise);
}

function parseRaise(text: string): Raise {
  const [name = "", value = ""] = text.split("=");
  if (!isQuota(name) || !/^[1-9]\d*$/.test(value)) {
    throw new Error(
      `--quota takes name=number, got ${text}; the names are ${Object.keys(quotas).join(", ")}`,
    );
  }
  return { name, value: Number(value) };
}

/** Puts into the account what AWS has granted it before. */
export function raiseQuotas(account: AccountStore, raises: readonly Raise[]): void {
  for (const { name, value } of raises) {
    const [serviceCode, quotaCode] = idOf(name).split("/");
    account.put({
      ...{ scope: "global", token: quotaToken, id: idOf(name), urn: "", inputs: {}, keys: [] },
      state: { serviceCode, quotaCode, value },
    });
  }
}

/** A request for more, which is granted at once: at AWS that takes from minutes to days. It stays granted when it is deleted. */
const serviceQuota = refined<servicequotas.ServiceQuotaArgs, servicequotas.ServiceQuotaState>(quotaToken, {
  id: ({ inputs }) => `${inputs.serviceCode}/${inputs.quotaCode}`,
  outputs: ({ id, inputs, accountId, region }) => ({
    adjustable: true,
    arn: `arn:aws:servicequotas:${region}:${accountId}:${id}`,
    defaultValue: Object.values(quotas).find(({ code }) => code === inputs.quotaCode)?.limit ?? inputs.value,
  }),
  keys: (state) => [state.arn],
  leaves: ({ id, state }) => [{ token: quotaToken, id, state }],
});

/** What an account may have. */
export const serviceQuotas: readonly AnyBehaviour[] = [serviceQuota];
