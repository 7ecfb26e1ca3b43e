import type { route53 } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import type { Stored } from "../model.ts";
import { hexOf, text } from "../values.ts";
import type { AnyBehaviour, Context } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { toVpc } from "./ec2/references.ts";

const zoneToken = "aws:route53/zone:Zone";
const recordToken = "aws:route53/record:Record";

function plainName(name: string | undefined): string {
  return (name ?? "").toLowerCase().replace(/\.$/, "");
}

/** Four servers under four top-level domains: https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/GetInfoAboutHostedZone.html */
function nameServersOf(seed: string): string[] {
  return ["com", "net", "org", "co.uk"].map((domain, index) => {
    const number = Number.parseInt(hexOf(`${seed}/${index}`, 6), 16);
    const host = (number % 512) + index * 512;
    return `ns-${host}.awsdns-${String(number % 64).padStart(2, "0")}.${domain}`;
  });
}

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html */
const zone = behaviour<route53.ZoneArgs, route53.ZoneState>(zoneToken, {
  scope: "global",
  autoname: { property: "name", max: 255, lower: true },
  references: { "vpcs[].vpcId": toVpc },
  id: ({ hex }) => `Z${hex(20).toUpperCase()}`,
  outputs: ({ id, inputs }) => {
    const nameServers = nameServersOf(id);
    return {
      arn: `arn:aws:route53:::hostedzone/${id}`,
      name: plainName(inputs.name),
      nameServers,
      primaryNameServer: nameServers[0] ?? "",
      zoneId: id,
    };
  },
  keys: (state) => [state.arn],
  refuses: ({ inputs }) => {
    const name = plainName(inputs.name);
    const labels = name.split(".");
    if (labels.every((label) => /^[a-z0-9_*-]{1,63}$/.test(label)) && name.length <= 255) return;
    throw new Refusal("InvalidDomainName", `${name} is not a valid domain name`);
  },
  keeps: ({ state }, holders) => {
    if (holders.length === 0 || state.forceDestroy === true) return;
    throw new Refusal(
      "HostedZoneNotEmpty",
      "The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
    );
  },
  seconds: { create: 40, update: 35, delete: 35 },
});

type Named = Context<{
  readonly name: string;
  readonly type: string;
  readonly zoneId: string;
  readonly setIdentifier?: string | undefined;
  readonly allowOverwrite?: boolean | undefined;
}>;

function zoneNameOf({ inputs, account }: Pick<Named, "inputs" | "account">): string {
  return text(account.find(zoneToken, inputs.zoneId)?.state.name) ?? "";
}

/** The provider reads a name that does not end with the zone's as one within the zone. */
function fullNameOf({ inputs, account }: Named): string {
  const name = plainName(inputs.name);
  const within = zoneNameOf({ inputs, account });
  if (name.endsWith(within)) return name;
  return name === "" ? within : `${name}.${within}`;
}

function invalid(message: string): Refusal {
  return new Refusal("InvalidChangeBatch", `[${message}]`);
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/ResourceRecordTypes.html#CNAMEFormat: an alias stands alone. */
function refuseBeside(name: string, within: string, type: string, others: readonly Stored[]): void {
  if (type === "CNAME" && name === within) {
    throw invalid(`RRSet of type CNAME with DNS name ${name}. is not permitted at apex in zone ${within}.`);
  }
  if (others.some(({ state }) => (state.type === "CNAME") !== (type === "CNAME"))) {
    throw invalid(
      `RRSet of type ${type} with DNS name ${name}. is not permitted as it conflicts with other records with the same DNS name in zone ${within}.`,
    );
  }
}

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html */
function refuseRecord(context: Named, before: Stored | undefined): void {
  const { inputs, account } = context;
  const { type, zoneId, setIdentifier } = inputs;
  const overwrites = before !== undefined || inputs.allowOverwrite === true;
  const name = fullNameOf(context);
  const within = zoneNameOf(context);
  if (name !== within && !name.endsWith(`.${within}`)) {
    throw invalid(`RRSet with DNS name ${name}. is not permitted in zone ${within}.`);
  }
  const others = account
    .all(recordToken)
    .filter(({ id, state }) => id !== before?.id && state.zoneId === zoneId && state.fqdn === name);
  refuseBeside(name, within, type, others);
  const own = name === within && /^(?:NS|SOA)$/.test(type);
  const twin = others.some(({ state }) => state.type === type && state.setIdentifier === setIdentifier);
  if (!overwrites && (own || twin)) {
    throw invalid(
      `Tried to create resource record set [name='${name}.', type='${type}'] but it already exists`,
    );
  }
}

const record = behaviour<route53.RecordArgs, route53.RecordState>(recordToken, {
  scope: "global",
  references: {
    zoneId: {
      to: zoneToken,
      missing: { code: "NoSuchHostedZone", message: "No hosted zone found with ID: {value}" },
    },
  },
  id: (context) => {
    const { zoneId, type, setIdentifier } = context.inputs;
    const parts = [zoneId, fullNameOf(context), type];
    return [...parts, ...(setIdentifier === undefined ? [] : [setIdentifier])].join("_");
  },
  outputs: (context) => ({ fqdn: fullNameOf(context) }),
  keys: () => [],
  refuses: (context, before) => {
    refuseRecord(context, before);
  },
  // The provider waits until all name servers know it.
  seconds: { create: 35, update: 35, delete: 35 },
});

/** What the domain name system answers for the account. */
export const dns: readonly AnyBehaviour[] = [zone, record];

/** True where the account's zones answer `value` to a question for `name`, with or without its final dot. */
export function answers(
  { account }: Pick<Context<unknown>, "account">,
  name: string,
  value: string,
): boolean {
  return account
    .all(recordToken)
    .filter(({ state }) => state.fqdn === plainName(name))
    .some(({ state }) => {
      const values: readonly unknown[] = Array.isArray(state.records) ? state.records : [];
      return values.some((one) => plainName(text(one)) === plainName(value));
    });
}
