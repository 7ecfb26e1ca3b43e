import { posix } from "node:path";

/** One line of a `.dockerignore`. */
export interface IgnoreRule {
  readonly pattern: RegExp;
  /** True for an exception (`!`). */
  readonly keeps: boolean;
}

/** Reads a `.dockerignore`: https://docs.docker.com/build/concepts/context/#dockerignore-files */
export function parseIgnoreFile(content: string): readonly IgnoreRule[] {
  const lines = content.split(/\r?\n/).filter((line) => !line.startsWith("#"));
  return lines.flatMap((line) => {
    const keeps = line.trim().startsWith("!");
    const pattern = line
      .trim()
      .slice(keeps ? 1 : 0)
      .trim();
    if (pattern === "") return [];
    return [{ pattern: expressionOf(posix.normalize(pattern).replace(/^\/|\/$/g, "")), keeps }];
  });
}

/** `**` stands for any number of folders; what a pattern names goes with all below it. */
function expressionOf(pattern: string): RegExp {
  const source = pattern.replaceAll(/\*\*\/?|\*|\?|\[[^\]]*\]|\\?[^*?[]/g, (token) => {
    if (token.startsWith("**")) return token === "**/" ? "(?:.*/)?" : ".*";
    if (token === "*") return "[^/]*";
    if (token === "?") return "[^/]";
    if (token.startsWith("[")) return token;
    return token.at(-1)?.replace(/[.+^${}()|[\]\\]/, "\\$&") ?? "";
  });
  return new RegExp(`^${source}(?:/.*)?$`);
}

/** Whether a file is left out: the last rule that fits decides. */
export function isIgnored(path: string, rules: readonly IgnoreRule[]): boolean {
  const last = rules.findLast(({ pattern }) => pattern.test(path));
  return last !== undefined && !last.keeps;
}
