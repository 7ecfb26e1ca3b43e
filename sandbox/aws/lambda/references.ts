import type { Reference } from "../behaviour.ts";

/** Tokens of what functions are made of. */
export const functionToken = "aws:lambda/function:Function";
export const aliasToken = "aws:lambda/alias:Alias";
export const layerToken = "aws:lambda/layerVersion:LayerVersion";

/**
 * An ARN without its beginning, as Lambda takes it too: `hello:live`, `123456789012:function:hello:live`.
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
export function shortNamesOf(arn: string): readonly string[] {
  const parts = arn.split(":");
  return [parts.slice(6), parts.slice(4)].map((rest) => rest.join(":"));
}

/** A function by name, ARN or alias. Code: https://docs.aws.amazon.com/lambda/latest/api/CommonErrors.html */
export const toFunction: Reference = {
  to: [functionToken, aliasToken],
  missing: { code: "ResourceNotFoundException", message: "Function not found: {value}" },
  holds: false,
};
