import type { Properties, Stored } from "../../model.ts";
import type { Order } from "../../operations.ts";
import { isRecord, text } from "../../values.ts";
import { schemaOf } from "../schema/facts.ts";
import { actionOf, arnPattern } from "./actions.ts";
import { actionsOf, prefixOf, taggingOf } from "./actions-of-types.ts";
import { verbOf } from "./authorization-api-gateway.ts";
import type { RequestContext } from "./authorization-variables.ts";
import { passedRoles } from "./passing.ts";

/** One call to AWS, as IAM looks at it. */
export interface Call {
  /** Such as `s3:CreateBucket`. */
  readonly action: string;
  /** ARNs of what it is done to; `*` stands for what AWS has not named yet, and alone for no resource in particular. */
  readonly resources: readonly string[];
  readonly context: RequestContext;
}

function thingOf({ session, subject, id }: Order): Stored | undefined {
  if (id === undefined) return undefined;
  return session.account.named(id).find(({ token, urn }) => token === subject.token && urn === subject.urn);
}

/** What is in no region is asked of us-east-1: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion */
function requestedRegion(order: Order, thing: Stored | undefined): string {
  return schemaOf(order.subject.token).children.has("region") ? regionOf(order, thing) : "us-east-1";
}

function regionOf({ session, inputs }: Order, thing: Stored | undefined): string {
  return text(inputs.region) ?? text(thing?.state.region) ?? text(session.settings.region) ?? "us-east-1";
}

/** The role that deploys, as IAM names it in its refusals. */
export function deployer(accountId: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/deploy/pulumi`;
}

function tagsOf(properties: Properties | undefined): Readonly<Record<string, string>> {
  const tags = properties?.tagsAll ?? properties?.tags;
  if (!isRecord(tags)) return {};
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => (text(value) === undefined ? [] : [[key, String(value)]])),
  );
}

/** What is the same for every call of an operation. */
function surroundingsOf(order: Order, thing: Stored | undefined): RequestContext {
  const { accountId } = order.session.account;
  return new Map<string, readonly string[]>([
    ["aws:requestedregion", [requestedRegion(order, thing)]],
    ["aws:principalaccount", [accountId]],
    ["aws:resourceaccount", [accountId]],
    ["aws:principalarn", [`arn:aws:iam::${accountId}:role/deploy`]],
    ["aws:principaltype", ["AssumedRole"]],
    ["aws:principalisawsservice", ["false"]],
    ["aws:securetransport", ["true"]],
    ["aws:viaawsservice", ["false"]],
  ]);
}

/** The tags that are asked for, and those of the thing that it is done to. */
function tagContextOf({ inputs }: Order, thing: Stored | undefined): RequestContext {
  const requested = Object.entries(tagsOf(inputs));
  return new Map<string, readonly string[]>([
    ...(requested.length === 0 ? [] : [["aws:tagkeys", requested.map(([key]) => key)] as const]),
    ...requested.map(([key, value]) => [`aws:requesttag/${key}`.toLowerCase(), [value]] as const),
    ...Object.entries(tagsOf(thing?.state)).map(
      ([key, value]) => [`aws:resourcetag/${key}`.toLowerCase(), [value]] as const,
    ),
  ]);
}

/** `${VpcId}` is the property `vpcId`. The name of what is made has other names in the provider, and its id does not exist yet. */
function placeholder(name: string, properties: Properties, last: boolean): string {
  const property = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  const own =
    last && !name.endsWith("Id") ? [property.replace(/Name(?:WithPath)?$/, ""), "name", "identifier"] : [];
  const found = [property, ...own].map((key) => text(properties[key])).find((value) => value !== undefined);
  return found ?? "*";
}

/** The ARN of a resource type in this request, as far as AWS knows it then. */
function fill(pattern: string, order: Order, region: string, main: boolean): string {
  const fixed: Readonly<Record<string, string>> = {
    Partition: "aws",
    Region: region,
    Account: order.session.account.accountId,
  };
  const names = [...pattern.matchAll(/\$\{(\w+)\}/g)].map(([, name = ""]) => name);
  return pattern.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    return fixed[name] ?? placeholder(name, order.inputs, main && name === names.at(-1));
  });
}

function resourcesOf(order: Order, action: string, thing: Stored | undefined): readonly string[] {
  const [prefix = "", name = ""] = action.split(":");
  const types = actionOf(prefix, name)?.resources ?? [];
  const own = text(thing?.state.arn);
  const type = order.subject.token.toLowerCase();
  const arns = types.flatMap((resource) => {
    const pattern = arnPattern(prefix, resource);
    if (pattern === undefined) return [];
    const main = types.length === 1 || type.endsWith(resource.replaceAll("-", "").toLowerCase());
    const known = main ? own : undefined;
    return [known ?? fill(pattern, order, regionOf(order, thing), main)];
  });
  return arns.length === 0 ? ["*"] : [...new Set(arns)];
}

type Done = Pick<Call, "action" | "resources">;

/** What is done to the thing itself. */
function doneBy(order: Order, thing: Stored | undefined): readonly Done[] | undefined {
  const verb = verbOf(order, thing);
  if (verb === undefined) {
    return actionsBy(order)?.map((one) => ({ action: one, resources: resourcesOf(order, one, thing) }));
  }
  const { action, path } = verb;
  return [{ action, resources: [`arn:aws:apigateway:${regionOf(order, thing)}::${path}`] }];
}

function actionsBy({ kind, subject, inputs }: Order): readonly string[] | undefined {
  const actions = actionsOf(subject.token, kind);
  const tagged = kind === "create" && Object.keys(tagsOf(inputs)).length > 0;
  const tagging = tagged
    ? taggingOf(prefixOf(subject.token), subject.token.split(":").at(-1) ?? "")
    : undefined;
  return actions && [...new Set([...actions, ...(tagging === undefined ? [] : [tagging])])];
}

/** The calls to AWS that an operation makes, without what the provider only reads; `undefined` where that is not known. */
export function callsOf(order: Order): readonly Call[] | undefined {
  const thing = thingOf(order);
  const done = doneBy(order, thing);
  if (done === undefined) return undefined;
  const surroundings = surroundingsOf(order, thing);
  const context = new Map([...surroundings, ...tagContextOf(order, thing)]);
  return [
    ...done.map((call) => ({ ...call, context })),
    ...passedRoles(order).map(({ arn, service }) => ({
      action: "iam:PassRole",
      resources: [arn],
      context: new Map([...surroundings, ["iam:passedtoservice", [service]]]),
    })),
  ];
}
