/**
 * A text in which braces stand for something: `{name}` for the input of that name, `{id}` for the id, `{region}`, `{account}`, `{uuid}`,
 * `{digits:12}`, `{hex:12}` and `{HEX:12}` for digits of its own, `{byte}` for a number below 256, `{seconds}` for when it was made. `{hex:12:salt}` are
 * other digits than `{hex:12}`; `{identifier|hex:26}` is the first of them that there is.
 */
export type Form = string | number | boolean | readonly Form[] | { readonly [property: string]: Form };

/** Outputs by name, and the id. */
export interface Forms {
  /** @default as the provider documents the import */
  readonly id?: string;
  readonly [output: string]: Form | undefined;
}
