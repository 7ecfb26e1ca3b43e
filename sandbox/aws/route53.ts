import type { route53 } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import type { AccountView, Stored } from "../model.ts";
import { at, hexOf, list, text } from "../values.ts";
import type { AnyBehaviour, Context } from "./behaviour.ts";
import { behaviour } from "./behaviour.ts";
import { toVpc } from "./ec2/references.ts";
import { faultIn } from "./route53-values.ts";

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

/** A VPC asks one private zone for a name: https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html#API_CreateHostedZone_Errors */
function refuseSecondIn(
  vpcs: readonly unknown[],
  name: string,
  { account, region }: Pick<Context<unknown>, "account" | "region">,
): void {
  if (vpcs.length === 0) return;
  const others = account.all(zoneToken).filter(({ state }) => plainName(text(state.name)) === name);
  for (const vpc of vpcs) {
    const vpcId = at(vpc, "vpcId");
    const other = others.find(({ state }) => list(state.vpcs).some((one) => at(one, "vpcId") === vpcId));
    if (other === undefined) continue;
    throw new Refusal(
      "ConflictingDomainExists",
      `The VPC ${String(vpcId)} in region ${text(at(vpc, "vpcRegion")) ?? region} has already been associated with the hosted zone ${other.id} with the same domain name.`,
    );
  }
}

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_CreateHostedZone.html */
const zone = behaviour<route53.ZoneArgs, route53.ZoneState>(zoneToken, {
  scope: "global",
  autoname: { property: "name", max: 255, lower: true },
  references: {
    // Each says by `vpcRegion` where it is.
    "vpcs[].vpcId": {
      ...toVpc,
      missing: { code: "InvalidVPCId", message: "The VPC ID is invalid." },
      anyRegion: true,
    },
  },
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
  refuses: ({ inputs, account, region }, before) => {
    const name = plainName(inputs.name);
    if (before === undefined) refuseSecondIn(list(inputs.vpcs), name, { account, region });
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
  readonly multivalueAnswerRoutingPolicy?: boolean | undefined;
  readonly records?: readonly string[] | undefined;
  readonly aliases?: readonly unknown[] | undefined;
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
  if (type !== "CNAME" && others.some(({ state }) => state.type === "CNAME")) {
    throw invalid(
      `RRSet of type ${type} with DNS name ${name}. is not permitted because a conflicting RRSet of type CNAME with the same DNS name already exists in zone ${within}.`,
    );
  }
  if (type === "CNAME" && others.some(({ state }) => state.type !== "CNAME")) {
    throw invalid(
      `RRSet of type ${type} with DNS name ${name}. is not permitted as it conflicts with other records with the same DNS name in zone ${within}.`,
    );
  }
}

/** https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy-multivalue.html */
function refuseMixture({ inputs }: Named, name: string, others: readonly Stored[]): void {
  const { type, setIdentifier, multivalueAnswerRoutingPolicy } = inputs;
  const simple = others.some(({ state }) => state.type === type && state.setIdentifier === undefined);
  if (multivalueAnswerRoutingPolicy !== true || !simple) return;
  throw invalid(
    `RRSet with DNS name ${name}., type ${type}, SetIdentifier ${setIdentifier ?? ""} cannot be created because a non multivalue answer rrset exists with the same name and type.`,
  );
}

/**
 * Within a zone an alias leads to a record that is there. That of a load balancer is in a zone of AWS's own, which is easily mistaken:
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resource-record-sets-values-alias-common.html
 */
function refuseAlias(alias: unknown, type: string, account: AccountView): void {
  const zoneId = text(at(alias, "zoneId")) ?? "";
  const target = account.find(zoneToken, zoneId);
  if (target === undefined) return;
  const name = plainName(text(at(alias, "name")));
  const within = plainName(text(target.state.name));
  const there = account
    .all(recordToken)
    .some(({ state }) => state.zoneId === zoneId && state.fqdn === name && state.type === type);
  if (there) return;
  const tried = `Tried to create an alias that targets ${name}., type ${type} in zone ${zoneId}`;
  const isWithin = name === within || name.endsWith(`.${within}`);
  throw invalid(
    `${isWithin ? "" : `${tried}, but the alias target name does not lie within the target zone, `}${tried}, but that target was not found`,
  );
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
  refuseMixture(context, name, others);
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
    const { inputs, account } = context;
    refuseRecord(context, before);
    const fault = faultIn(inputs.type, list(inputs.records));
    if (fault !== undefined) throw invalid(fault);
    for (const alias of list(inputs.aliases)) refuseAlias(alias, inputs.type, account);
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
