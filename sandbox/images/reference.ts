/** An image's name, taken apart: https://github.com/distribution/reference/blob/main/reference.go */
export interface ImageReference {
  /** The registry. */
  readonly domain: string;
  readonly path: string;
  /** @default unset */
  readonly tag?: string;
  /** With its algorithm. @default unset */
  readonly digest?: string;
}

const label = "(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])";
const domain = `${label}(?:\\.${label})*(?::[0-9]+)?`;
const part = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const grammar = new RegExp(
  `^(?:(?<domain>${domain})/)?(?<path>${part}(?:/${part})*)(?::(?<tag>\\w[\\w.-]{0,127}))?(?:@(?<digest>[a-z0-9]+:[0-9a-f]{32,}))?$`,
);

/** @throws Error in the words of Docker's library for what is no name of an image. */
export function parseReference(name: string): ImageReference {
  const groups = grammar.exec(name)?.groups;
  if (groups !== undefined) return qualified(groups);
  const isLoud = grammar.test(name.toLowerCase());
  throw new Error(
    `invalid reference format${isLoud ? `: repository name (${name.split(/[:@]/)[0] ?? name}) must be lowercase` : ""}`,
  );
}

type Groups = Partial<Record<string, string>>;

/** What names no registry is Docker Hub's, where official images lie in `library`. */
function qualified({ domain: first, path = "", tag, digest }: Groups): ImageReference {
  const version = { ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
  if (first !== undefined && /[.:]|^localhost$/.test(first)) return { domain: first, path, ...version };
  const within = first === undefined ? path : `${first}/${path}`;
  return {
    domain: "docker.io",
    path: within.includes("/") ? within : `library/${within}`,
    ...version,
  };
}

/** The name without tag and digest. */
export function repositoryOf({ domain: registry, path }: ImageReference): string {
  return `${registry}/${path}`;
}

/** The name with its tag and a digest; `undefined` where it does not name its registry. */
export function withDigest(name: string, digest: string): string | undefined {
  const parsed = parseReference(name);
  const repository = repositoryOf(parsed);
  return name.startsWith(repository) ? `${repository}:${parsed.tag ?? "latest"}@${digest}` : undefined;
}
