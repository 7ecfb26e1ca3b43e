import type { CloudFormationType } from "./cloudformation.ts";
import { cloudFormationTypes } from "./cloudformation.ts";
import { sdkTokens } from "./sdk.ts";
import type { Space } from "./services.ts";
import { exceptions, spaces } from "./services.ts";

const byToken = new Map<string, CloudFormationType | undefined>();

/** What AWS's specification says about a Pulumi type; `undefined` for a type that CloudFormation does not have. */
export function specificationOf(token: string): CloudFormationType | undefined {
  if (!byToken.has(token)) byToken.set(token, search(token));
  return byToken.get(token);
}

function search(token: string): CloudFormationType | undefined {
  const [, path = "", name = ""] = token.split(":");
  const module = path.split("/")[0] ?? "";
  const candidates = [
    ...(token in exceptions ? [exceptions[token] ?? ""] : []),
    ...(spaces[module] ?? [{ service: module }]).flatMap((space) => candidateIn(space, name)),
  ];
  const types = cloudFormationTypes();
  return candidates.map((candidate) => types.get(candidate.toLowerCase())).find((type) => type !== undefined);
}

function candidateIn({ service, prefix = "", without = "" }: Space, name: string): readonly string[] {
  return name.startsWith(without) ? [`AWS::${service}::${prefix}${name.slice(without.length)}`] : [];
}

let tokens: ReadonlyMap<string, readonly string[]> | undefined;

/** Pulumi types of a CloudFormation type: `aws:lb/…` and `aws:alb/…` are the same load balancers. */
export function tokensOf(cloudFormationType: string): readonly string[] {
  tokens ??= new Map(
    [...Map.groupBy(sdkTokens(), (token) => specificationOf(token)?.name ?? "")].filter(
      ([type]) => type !== "",
    ),
  );
  return tokens.get(cloudFormationType) ?? [];
}
