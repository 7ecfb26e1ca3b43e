/** Values of the request's condition keys, in lower case; a key that the request does not have is absent. */
export type RequestContext = ReadonlyMap<string, readonly string[]>;

/** A pattern of a document with its variables filled in for one request; `undefined` where one has no value. */
export type Reading = (pattern: string) => string | undefined;

/** `${aws:PrincipalAccount}`, or `${aws:RequestTag/team, 'nobody'}` with what counts where the request has no value. */
const variable = /\$\{([^*?$}][^},]*)(?:,\s*'([^']*)'\s*)?\}/g;

/** The keys that the variables of a pattern stand for. */
export function variablesIn(pattern: string): readonly string[] {
  return [...pattern.matchAll(variable)].map(([, key = ""]) => key);
}

/** Documents of earlier versions know no variables: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_version.html */
export function hasVariables({ Version }: { readonly Version?: unknown }): boolean {
  return Version === "2012-10-17";
}

/**
 * How the patterns of a document read in one request. A variable without a value makes nothing equal or like it:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-no-value
 */
export function readingOf(document: { readonly Version?: unknown }, context: RequestContext): Reading {
  return hasVariables(document)
    ? (pattern) => filled(pattern, context)
    : (pattern) => pattern.replaceAll("${", "${$}{");
}

function filled(pattern: string, context: RequestContext): string | undefined {
  const valueOf = (key = "", otherwise?: string): string | undefined =>
    context.get(key.toLowerCase())?.[0] ?? otherwise;
  const values = [...pattern.matchAll(variable)].map(([, key, otherwise]) => valueOf(key, otherwise));
  if (values.includes(undefined)) return undefined;
  // What is filled in stands for itself.
  return pattern.replaceAll(variable, (_, key: string, otherwise: string | undefined) =>
    (valueOf(key, otherwise) ?? "").replaceAll(/[*?$]/g, "${$&}"),
  );
}

/** What a pattern that has been read stands for where it has no wildcards. */
export function literally(pattern: string): string {
  return pattern.replaceAll(/\$\{([*?$])\}/g, "$1");
}
