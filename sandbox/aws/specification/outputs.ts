import type { Properties } from "../../model.ts";
import { list, text } from "../../values.ts";
import type { Existing } from "../behaviour.ts";
import { ABSENT } from "../behaviour.ts";
import { vpcOf } from "../ec2/references.ts";
import { factsOf } from "../schema/facts.ts";
import { zonesOf } from "../zones.ts";
import { arnOf } from "./arns.ts";
import { documentedDefault } from "./documentation.ts";
import { ownName, partsOf } from "./ids.ts";
import { argumentsOf } from "./inputs.ts";
import { choicesFor, typeNameOf } from "./properties.ts";
import type { SdkType } from "./sdk.ts";
import { fieldsOf } from "./sdk.ts";

/** What an answer is made of. */
interface Asked {
  readonly type: SdkType;
  readonly context: Existing<Properties>;
  /** `readerEndpoint` */
  readonly property: string;
}

type Answer = (asked: Asked) => unknown;

/**
 * Strings by what their property is called; the first that fits. What fits none is text that says nothing, where the SDK declares that
 * there always is one: a program may take it apart, or hand it to what requires it. Otherwise it is absent.
 */
const strings: readonly (readonly [RegExp, Answer])[] = [
  [/^arn$/, ownArn],
  [
    /(?:Reason|Message|[eE]ngineVersion\w*|error\w*|pending\w*|^expir\w*|^deleted?\w*|^end(?:ed|ing|Date|Time)\w*)$/i,
    () => ABSENT,
  ],
  [
    /^(?:owner|accountId|ownerId|ownerAccountId|registryId|customerAwsId|resourceOwner|\w*AccountId)$/,
    ({ context }) => context.accountId,
  ],
  [/^region$/, ({ context }) => context.region],
  [/^vpcId$/, vpcOfIt],
  [/^(?:status|state|\w+Status|\w+State)$/, ready],
  [
    /^(?:\w*(?:create|creation|update|modif|launch|start)\w*|date[A-Z]\w*|\w+(?:At|Date|Time|Timestamp))$/i,
    ({ context }) => context.created,
  ],
  [/^(?:hostedZoneId|zoneId)$/i, ({ context }) => `Z${context.hex(13, "zone").toUpperCase()}`],
  [/^networkInterfaceId$/, ({ context }) => `eni-${context.hex(17, "interface")}`],
  [/^availabilityZone$/, ({ context }) => zonesOf(context.region)[0]?.name],
  [
    /^(?:etag|fingerprint|checksum|\w*(?:Hash|Sha256|Token))$/i,
    ({ context, property }) => context.hex(32, property),
  ],
  [/^(?:\w*[vV]ersion|revision)$/, () => "1"],
  [/(?:^url|^uri|Url|Uri)$/, ({ type, context }) => `https://${hostOf(type, context)}`],
  [/^public\w*Ip\w*$/, ({ context }) => `203.0.113.${Number.parseInt(context.hex(2, "ip"), 16)}`],
  [/(?:ipAddress|[pP]rivateIp)$/, ({ context }) => `10.0.0.${Number.parseInt(context.hex(2, "ip"), 16)}`],
  [
    /(?:[eE]ndpoint|[aA]ddress|[dD]ns|[dD]nsName|[dD]omain|[dD]omainName|Host)$/,
    ({ type, context, property }) => hostOf(type, context, property),
  ],
  [
    /^arnSuffix$/,
    (asked) =>
      ownArn(asked)
        .split(":")
        .at(-1)
        ?.replace(/^loadbalancer\//, ""),
  ],
  [/Arn$/, otherArn],
  [/^(?:name|id|identifier)$/, ({ type, context }) => ownName(type, context)],
  [/Name$/, ownNameOnly],
  [/(?:Id|Identifier|^uuid)$/, otherId],
];

/**
 * Every output-only property of a type of which only the specifications are known, in a form that fits its name and type; those that
 * have none are absent.
 */
export function outputsBySpecification(
  type: SdkType,
  context: Existing<Properties>,
): Readonly<Record<string, unknown>> {
  const outputs = [...type.outputs].filter((property) => property !== "tagsAll");
  return Object.fromEntries(
    outputs.map((property) => [
      property,
      answer({ type, context, property }, type.properties.get(property) ?? ""),
    ]),
  );
}

/**
 * Inputs that were left to the service, as far as it can be told what it chooses: the resource's own name or id, its place, and what the
 * documentation says it is otherwise.
 */
export function answersFilled(
  type: SdkType,
  context: Existing<Properties>,
): Readonly<Record<string, unknown>> {
  const left = [...(factsOf(type.token)?.values() ?? [])].filter(
    ({ kind, path }) => kind === "filled" && !/[.[]/.test(path),
  );
  const parts = partsOf(type);
  const inputs = new Map(argumentsOf(type.token).map((input) => [input.name, input.documentation]));
  const answers = left.map(({ path: property, type: of }): readonly [string, unknown] => {
    if (parts.length === 1 && parts.includes(property)) return [property, context.id];
    const written = of === "string" ? of : "string[]";
    if (place.test(property)) return [property, answer({ type, context, property }, written)];
    return [property, documentedDefault({ type: of, documentation: inputs.get(property) ?? "" }) ?? ABSENT];
  });
  return present(answers);
}

const place = /^(?:vpcId|availabilityZone|availabilityZones|name|accountId|ownerId)$/;

function present(answers: readonly (readonly [string, unknown])[]): Properties {
  return Object.fromEntries(answers.filter(([, value]) => value !== ABSENT));
}

function answer(asked: Asked, written: string): unknown {
  const of = written.replace(/ \| undefined$/, "");
  if (of === "boolean") return false;
  if (of === "number") return numberOf(asked);
  if (of.startsWith("{")) return {};
  if (of.endsWith("[]")) return listOf(asked, of.slice(0, -2));
  return of.startsWith("outputs.") ? objectOf(asked, of) : textOf(asked, written);
}

function textOf(asked: Asked, written: string): unknown {
  const { context, property } = asked;
  const found = strings.find(([shape]) => shape.test(property));
  const something = found === undefined && written === "string" ? context.hex(32, property) : ABSENT;
  return found?.[1](asked) ?? something;
}

/** The services' own endpoints speak TLS. */
function numberOf({ property }: Asked): unknown {
  if (/port$/i.test(property)) return 443;
  return /version|revision|count|capacity/i.test(property) ? 1 : 0;
}

function listOf({ type, context, property }: Asked, element: string): unknown {
  if (property === "availabilityZones") return zonesOf(context.region).map(({ name }) => name);
  if (element.startsWith("outputs.")) return [objectOf({ type, context, property }, element)];
  // https://docs.aws.amazon.com/ses/latest/APIReference/API_VerifyDomainDkim.html
  if (property === "dkimTokens") return [1, 2, 3].map((serial) => context.hex(32, `${property}${serial}`));
  return /dns|nameServers|endpoint|address/i.test(property) && element === "string"
    ? [hostOf(type, context, property)]
    : [];
}

/** One level deep: what is inside an object that is inside another is absent. */
function objectOf({ type, context }: Asked, written: string): Properties {
  const fields = [...fieldsOf(written)].filter(([, of]) => !of.includes("outputs."));
  return present(fields.map(([field, of]) => [field, answer({ type, context, property: field }, of)]));
}

/** The resource's own name at the end of its ARN: its id, or the last part of one that is joined. */
function ownArn({ type, context }: Asked): string {
  const { id } = context;
  return id.startsWith("arn:") ? id : arnOf(type, context, id.split(/[,|:/]/).at(-1) ?? id);
}

/** `functionArn` of a function is its own; other ARNs are those of what an input names. */
function otherArn(asked: Asked): unknown {
  const { type, context, property } = asked;
  if (isOwn(type, property, "Arn") || property === "resourceArn") return ownArn(asked);
  const given =
    context.inputs[property.replace(/Arn$/, "Id")] ?? context.inputs[property.replace(/Arn$/, "Name")];
  const found = text(given) === undefined ? [] : context.account.named(text(given) ?? "");
  return found.map(({ state }) => text(state.arn)).find((arn) => arn !== undefined);
}

function ownNameOnly({ type, context, property }: Asked): unknown {
  return isOwn(type, property, "Name") ? ownName(type, context) : undefined;
}

function otherId({ type, context, property }: Asked): unknown {
  const own = isOwn(type, property, "Id") && !context.id.startsWith("arn:");
  return own ? context.id.split(/[,|:/]/).at(-1) : context.hex(12, property);
}

/** `clusterArn` of a `ServerlessCluster`, `dbClusterSnapshotArn` of a `ClusterSnapshot`. */
function isOwn({ token }: SdkType, property: string, ending: string): boolean {
  const [owner, type] = [property.slice(0, -ending.length).toLowerCase(), typeNameOf(token).toLowerCase()];
  return owner !== "" && (type.endsWith(owner) || owner.endsWith(type));
}

/** The VPC of the subnets or security groups that the inputs name, at the top or inside an object. */
function vpcOfIt({ context }: Asked): unknown {
  const values = Object.values(context.inputs).flatMap((value) => [value, ...list(value)]);
  const named = values.flatMap((value) => text(value) ?? []);
  return named.map((id) => vpcOf(context.account, id)).find((vpc) => vpc !== undefined);
}

/** Of the states that AWS's specification lists, the one that a resource is in once it has been made. */
function ready({ type, property }: Asked): string {
  const choices = choicesFor(property, type.token);
  const usual = /^(?:active|available|enabled|ready|created|running|completed?|in_?service|deployed|ok)$/i;
  const ec2 = /^aws:(?:ec2|vpc|verifiedaccess)/.test(type.token) ? "available" : "ACTIVE";
  return choices.find((choice) => usual.test(choice)) ?? ec2;
}

function hostOf({ token }: SdkType, { hex, region }: Existing<Properties>, property = "host"): string {
  const service = token.split(":")[1]?.split("/")[0] ?? "";
  return `${hex(12, property)}.${service}.${region}.amazonaws.com`;
}
