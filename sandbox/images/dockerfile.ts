/** https://docs.docker.com/reference/dockerfile/ */
const instructions: ReadonlySet<string> = new Set([
  ...[
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
  ],
  ...["ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"],
]);

/** One instruction, and the line that it begins in. */
interface Instruction {
  readonly word: string;
  /** The same in capitals. */
  readonly keyword: string;
  readonly line: number;
}

/** What BuildKit says of a Dockerfile before it builds: nothing for one that it can read, or that another frontend reads. */
export function complaintAbout(content: string): string | undefined {
  const [, syntax] = /^#\s*syntax\s*=\s*(\S+)/i.exec(content) ?? [];
  const isOther = syntax !== undefined && !/^(?:docker\.io\/)?docker\/dockerfile:1(?:[.-]|$)/.test(syntax);
  return isOther ? undefined : complaintAmong(instructionsIn(content));
}

function complaintAmong(read: readonly Instruction[]): string | undefined {
  const unknown = read.find(({ keyword }) => !instructions.has(keyword));
  const stage = read.find(({ keyword }) => keyword !== "ARG") ?? read[0];
  if (stage === undefined) return "file with no instructions";
  if (unknown !== undefined)
    return `dockerfile parse error on line ${unknown.line}: unknown instruction: ${unknown.word}`;
  return stage.keyword === "FROM"
    ? undefined
    : `dockerfile parse error on line ${stage.line}: no build stage in current context`;
}

/** Comments, continued lines and here-documents are no instructions. */
function instructionsIn(content: string): readonly Instruction[] {
  const found: Instruction[] = [];
  const escape = /^#\s*escape\s*=\s*`/im.test(content) ? "`" : "\\";
  let ends: string[] = [];
  let isContinued = false;
  for (const [index, line] of content.split(/\r?\n/).entries()) {
    if (ends.length > 0) {
      if (line.trim() === ends[0]) ends = ends.slice(1);
      continue;
    }
    if (/^\s*(?:#|$)/.test(line)) continue;
    const [word = ""] = line.trim().split(/\s+/);
    if (!isContinued) found.push({ word, keyword: word.toUpperCase(), line: index + 1 });
    isContinued = line.trimEnd().endsWith(escape);
    ends = [...line.matchAll(/(?:^|\s)\d*<<-?["']?([A-Za-z_]\w*)["']?(?=\s|$)/g)].map(([, end = ""]) => end);
  }
  return found;
}
