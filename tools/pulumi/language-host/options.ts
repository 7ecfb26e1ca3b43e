import type { ProgramInfo } from "@pulumi/pulumi/proto/language_pb.js";

/** What `runtime.options` of Pulumi.yaml or PulumiPolicy.yaml may say. */
export interface RuntimeOptions {
  /** Lets the SDK compile TypeScript with ts-node. @default true, as with Pulumi's own host */
  readonly typescript: boolean;
  /** Path of the tsconfig.json for ts-node. */
  readonly tsconfig: string | undefined;
  /** Arguments for Node itself. */
  readonly nodeArgs: readonly string[];
}

const readers = {
  string: (value: unknown): value is string => typeof value === "string",
  boolean: (value: unknown): value is boolean => typeof value === "boolean",
} as const;

function read<T>(
  options: Options,
  key: string,
  kind: "string" | "boolean",
  is: (value: unknown) => value is T,
): T | undefined {
  const value = options[key];
  if (value === undefined || is(value)) return value;
  throw new Error(`runtime.options.${key} must be a ${kind}, got ${JSON.stringify(value)}`);
}

type Options = Readonly<Record<string, unknown>>;

/** Splits a command line as a shell would, as far as quotes go. */
export function splitArguments(line: string): readonly string[] {
  const words = line.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

/** Reads the options, refusing those of the wrong kind. */
export function runtimeOptions(info: ProgramInfo | undefined): RuntimeOptions {
  const options: Options = info?.getOptions()?.toJavaScript() ?? {};
  return {
    typescript: read(options, "typescript", "boolean", readers.boolean) ?? true,
    tsconfig: read(options, "tsconfig", "string", readers.string),
    nodeArgs: splitArguments(read(options, "nodeargs", "string", readers.string) ?? ""),
  };
}

/** What the SDK's runners read from the environment. */
export function optionsEnvironment({
  typescript,
  tsconfig,
}: RuntimeOptions): Readonly<Record<string, string>> {
  return {
    ...(typescript ? { PULUMI_NODEJS_TYPESCRIPT: "true" } : {}),
    ...(tsconfig === undefined ? {} : { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
  };
}
