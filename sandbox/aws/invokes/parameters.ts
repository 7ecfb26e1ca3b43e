import type { ssm } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import { words } from "./asking.ts";
import { imageIdOf, images } from "./image-catalogue.ts";
import type { Invoke, InvokeContext } from "./model.ts";
import { invoke } from "./model.ts";

/** One that AWS publishes, such as the id of its newest image: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-public-parameters.html */
function published(name: string, { region }: InvokeContext): Parameter | undefined {
  const image = images.find(({ parameters }) => parameters.includes(name));
  return image && { owner: "", type: "String", value: imageIdOf(image, region), version: 1 };
}

/** One of the account. */
function own(name: string, { account, region }: InvokeContext): Parameter | undefined {
  const state = account.find("aws:ssm/parameter:Parameter", name, region)?.state;
  if (state === undefined) return undefined;
  const { accountId: owner } = account;
  return { owner, type: words(state.type), value: words(state.value), version: Number(state.version ?? 1) };
}

interface Parameter {
  readonly owner: string;
  readonly type: string;
  readonly value: string;
  readonly version: number;
}

const getParameter = invoke<ssm.GetParameterResult>((context, args) => {
  const name = words(args.name);
  const found = published(name, context) ?? own(name, context);
  if (found === undefined)
    throw new Refusal("ParameterNotFound", `couldn't find resource: SSM Parameter (${name})`);
  const { owner, type, value, version } = found;
  return {
    arn: `arn:aws:ssm:${context.region}:${owner}:parameter/${name.replace(/^\//, "")}`,
    id: name,
    insecureValue: type === "SecureString" ? "" : value,
    name,
    region: context.region,
    type,
    value,
    version,
  };
});

/** Questions to Systems Manager. */
export const parameterInvokes: Readonly<Record<string, Invoke>> = {
  "aws:ssm/getParameter:getParameter": getParameter,
};
