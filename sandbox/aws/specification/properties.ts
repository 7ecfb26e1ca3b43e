import type { PropertyFacts } from "../schema/model.ts";
import { specificationOf } from "./names.ts";
import type { SdkType } from "./sdk.ts";
import { sdkTypeOf } from "./sdk.ts";

/** `VPCId`, `vpc_id` and `vpcId` are one name. */
export function normalised(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}

/**
 * Properties at the top of a type of which the provider's schema is not among our facts: required and output ones by the SDK's class,
 * which replace by AWS's specification. `undefined` for a type that the SDK does not have.
 */
export function specifiedProperties(token: string): readonly PropertyFacts[] | undefined {
  const type = sdkTypeOf(token);
  if (type === undefined) return undefined;
  const replaces = replacing(token);
  return [...type.properties].map(([path, written]) => {
    const [kind, of] = [kindOf(type, path, written), valueOf(written)];
    const settable = { path, kind, type: of };
    return {
      ...settable,
      // The SDK tells sets and lists alike.
      set: false,
      replaces: kind !== "output" && replaces(settable),
      when: [],
      rules: [],
      secret: type.secrets.has(path),
    };
  });
}

/**
 * A settable property that a program can always read, though nobody must give it, is one that the service decides; except for objects,
 * which the SDK always writes so, and names, which the provider makes up.
 */
function kindOf({ outputs, required }: SdkType, name: string, written: string): PropertyFacts["kind"] {
  if (outputs.has(name)) return "output";
  if (required.has(name)) return "required";
  const left = written.endsWith("| undefined") || written.startsWith("outputs.") || name === "name";
  return left ? "optional" : "filled";
}

/** The TypeScript type in the words of the facts. */
export function valueOf(written: string): string {
  const type = written.replace(/ \| undefined$/, "");
  if (type.endsWith("[]")) return `list(${valueOf(type.slice(0, -2))})`;
  if (type.startsWith("{ [key: string]:")) return "map(string)";
  if (type.startsWith("outputs.")) return "object";
  return type === "number" || type === "boolean" ? type : "string";
}

type Settable = Pick<PropertyFacts, "path" | "kind" | "type">;

/**
 * Which properties make a new resource. AWS's specification says so for those that it knows. What it does not know (the provider often
 * has several types where CloudFormation has one) follows what nearly all types do: a change of what something is called or belongs to
 * makes another one, a change of what it says does not.
 */
function replacing(token: string): (property: Settable) => boolean {
  const typeName = typeNameOf(token);
  const specified = (specificationOf(token)?.properties ?? []).filter(({ path }) => !path.includes("."));
  const verdicts = specified.flatMap(({ path, replaces }) =>
    aliasesOf(path, typeName).map((alias) => [alias, replaces] as const),
  );
  const byName = new Map(verdicts.reverse());
  return (property) => {
    const { path } = property;
    if (path === "region" || path === "namePrefix") return true;
    return byName.get(normalised(path)) ?? identifies(property, byName.size === 0);
  };
}

const saysSomething = /(?:polic(?:y|ies)|document|status|state|schedule|data|definition|description|value)$/i;

function identifies({ path, kind, type }: Settable, alone: boolean): boolean {
  if (path === "name") return true;
  if (kind !== "required" || type !== "string") return false;
  return /(?:Id|Arn|Name|Identifier)$/.test(path) || (alone && !saysSomething.test(path));
}

/** `Cluster` of `aws:msk/cluster:Cluster`. */
export function typeNameOf(token: string): string {
  return token.split(":")[2] ?? "";
}

/** Other names of a property: CloudFormation's `ClusterName` of a `Cluster` may be `name` in Pulumi, and its `RestApiId` `restApi`. */
export function aliasesOf(property: string, typeName: string): readonly string[] {
  const [own, type] = [normalised(property), normalised(typeName)];
  const shorter = own.startsWith(type) && own !== type ? [own.slice(type.length)] : [];
  return [own, ...shorter, own.replace(/(?:id|arn|name)s?$/, "")].filter((name) => name !== "");
}
