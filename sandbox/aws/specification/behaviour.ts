import type { Properties, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { same, text } from "../../values.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { factsOf, schemaOf } from "../schema/facts.ts";
import { formedOutputs } from "./forms.ts";
import { idOf, nameOf } from "./ids.ts";
import { specificationOf } from "./names.ts";
import { answersFilled, outputsBySpecification } from "./outputs.ts";
import { aliasesOf, normalised, typeNameOf } from "./properties.ts";
import { referencesOf } from "./references.ts";
import type { SdkType } from "./sdk.ts";
import { sdkTypeOf } from "./sdk.ts";
import { secondsOf } from "./seconds.ts";

const made = new Map<string, AnyBehaviour | undefined>();

/**
 * How a type behaves that has no entry here, by the specifications alone: the provider's schema, AWS's specification of the type and the
 * SDK's class. `undefined` for a type that the SDK does not have.
 */
export function specifiedBehaviour(token: string): AnyBehaviour | undefined {
  if (!made.has(token)) {
    const type = sdkTypeOf(token);
    made.set(token, type && behaviourBySpecification(type));
  }
  return made.get(token);
}

function behaviourBySpecification(type: SdkType): AnyBehaviour {
  const { token } = type;
  const named = autonamed(token);
  return {
    token,
    ...(named === undefined ? {} : { autoname: { property: named, max: longestName } }),
    scope: schemaOf(token).children.has("region") ? "region" : "global",
    references: referencesOf(token),
    id: (context) => idOf(type, context),
    outputs: (existing) => ({
      ...answersFilled(type, existing),
      ...outputsBySpecification(type, existing),
      ...formedOutputs(token, existing),
    }),
    keys: (state) => keysOf(token, state),
    refuses: (context, before) => {
      if (before === undefined) refuseTakenName(type, context);
    },
    seconds: secondsOf(token),
  };
}

/** What the provider's bridge gives every `name`: https://github.com/pulumi/pulumi-terraform-bridge/blob/main/pkg/tfbridge/info/autonaming.go */
const longestName = 255;

/** Types whose name has another property, which a program may leave out although the provider insists on it. */
const otherwiseNamed: Readonly<Record<string, string>> = {
  "aws:eks/fargateProfile:FargateProfile": "fargateProfileName",
  "aws:elasticache/cluster:Cluster": "clusterId",
  "aws:mq/broker:Broker": "brokerName",
  "aws:msk/cluster:Cluster": "clusterName",
  "aws:msk/serverlessCluster:ServerlessCluster": "clusterName",
};

/** The provider makes up every `name` that a program may leave out: https://www.pulumi.com/docs/iac/concepts/resources/names/#autonaming */
function autonamed(token: string): string | undefined {
  const { kind, type } = factsOf(token)?.get("name") ?? {};
  return type === "string" && (kind === "optional" || kind === "filled") ? "name" : otherwiseNamed[token];
}

function keysOf(token: string, state: Properties): readonly unknown[] {
  const { identifier = [] } = specificationOf(token) ?? {};
  const wanted = new Set(identifier.length === 1 ? aliasesOf(identifier[0] ?? "", typeNameOf(token)) : []);
  const identifying = Object.keys(state).filter((name) => wanted.has(normalised(name)));
  return [state.arn, state.name, ...identifying.map((name) => state[name])];
}

/** A thing that is known by its name alone cannot be there twice in one place: what it must say beside its name and cannot change. */
function refuseTakenName(type: SdkType, context: Context<Properties>): void {
  const name = nameOf(type, context.inputs);
  if (name === undefined || idOf(type, context) !== name || !isItsOwn(type, context, name)) return;
  const scope = schemaOf(type.token).children.has("region") ? context.region : "global";
  const others = context.account.named(name).filter((one) => one.token === type.token && one.scope === scope);
  const place = placeOf(type.token).filter((property) => context.inputs[property] !== name);
  const isTwin = (one: Stored): boolean =>
    one.id === name && place.every((property) => same(one.state[property], context.inputs[property]));
  if (!others.some(isTwin)) return;
  throw new Refusal("ResourceAlreadyExistsException", `${typeNameOf(type.token)} ${name} already exists`);
}

function placeOf(token: string): readonly string[] {
  const facts = [...(factsOf(token)?.values() ?? [])];
  return facts
    .filter(({ kind, type, replaces }) => kind === "required" && type === "string" && replaces)
    .map(({ path }) => path);
}

/** A policy for something else carries that other thing's name. */
function isItsOwn({ token }: SdkType, { inputs }: Context<Properties>, name: string): boolean {
  return text(inputs.name) === name || text(inputs[autonamed(token) ?? ""]) === name;
}
