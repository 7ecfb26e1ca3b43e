import type { Properties } from "../../model.ts";
import { text } from "../../values.ts";
import type { Context } from "../behaviour.ts";
import { specificationOf } from "./names.ts";
import { aliasesOf, normalised, typeNameOf } from "./properties.ts";
import type { SdkType } from "./sdk.ts";

/** What `${...}` in AWS's ARN templates may stand for that is no property of the resource. */
const surroundings: Readonly<Record<string, (context: Context<Properties>) => string>> = {
  partition: () => "aws",
  region: ({ region }) => region,
  account: ({ accountId }) => accountId,
  accountid: ({ accountId }) => accountId,
};

/**
 * The ARN of a resource: by AWS's template for the type, else in the form of the example with which the provider documents the import,
 * else by the module's and the type's name. `own` is what the resource itself goes by.
 */
export function arnOf(type: SdkType, context: Context<Properties>, own: string): string {
  const template = templateOf(type);
  const typeName = typeNameOf(type.token);
  const last = /\$\{(\w+)\}[^$]*$/.exec(template)?.[1];
  return template.replaceAll(/\$\{(\w+)\}/g, (_, placeholder: string) => {
    const around = surroundings[normalised(placeholder)];
    const found = around?.(context) ?? given(context.inputs, aliasesOf(placeholder, typeName));
    return found ?? (placeholder === last ? own : context.hex(12, placeholder));
  });
}

function templateOf({ token, imported }: SdkType): string {
  const specified = specificationOf(token)?.arnTemplate;
  if (specified !== undefined) return specified;
  const usual = `arn:\${Partition}:${/^aws:(\w+)/.exec(token)?.[1] ?? ""}:\${Region}:\${Account}`;
  return exampleTemplate(imported?.example ?? "") ?? `${usual}:${typeNameOf(token).toLowerCase()}/\${Id}`;
}

/** `arn:aws:kafka:us-west-2:123456789012:cluster/example/279c0212` says what comes before the resource's own name. */
function exampleTemplate(example: string): string | undefined {
  const form =
    /^arn:aws[\w-]*:(?<service>[\w-]+):(?<region>[\w-]*):(?<account>\d*):(?<kind>[a-z][\w-]*[/:])?[^,|]+$/;
  const { service, region, account, kind = "" } = form.exec(example)?.groups ?? {};
  if (service === undefined) return undefined;
  const place = `${region === "" ? "" : "${Region}"}:${account === "" ? "" : "${Account}"}`;
  return `arn:\${Partition}:${service}:${place}:${kind}\${Id}`;
}

/** The input that goes by one of the names; of an ARN only its last part, since it goes into another. */
function given(inputs: Properties, names: readonly string[]): string | undefined {
  const [, value] = Object.entries(inputs).find(([name]) => names.includes(normalised(name))) ?? [];
  const written = text(value);
  return written?.startsWith("arn:") === true ? written.split(/[:/]/).at(-1) : written;
}
