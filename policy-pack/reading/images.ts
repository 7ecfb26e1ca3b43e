import { text } from "../kernel/read.ts";

/** The parts of an image's name. */
export interface Image {
  /** Registry and repository, such as `docker.io/library/nginx`. */
  readonly repository: string;
  /** @default "latest", as container runtimes take it */
  readonly tag: string;
  readonly digest: string | undefined;
}

/** Takes an image's name apart, with what a short name leaves out (Kubernetes documentation, "Images", Image names). */
export function parseImage(name: string): Image {
  const [tagged = "", digest] = text(name).split("@");
  const tag = /:([^/:]+)$/.exec(tagged)?.[1];
  const path = tag === undefined ? tagged : tagged.slice(0, -tag.length - 1);
  const hasRegistry = /^(?:localhost|[^/]*[.:][^/]*)\//.test(path);
  const short = path.includes("/") ? path : `library/${path}`;
  return { repository: hasRegistry ? path : `docker.io/${short}`, tag: tag ?? "latest", digest };
}
