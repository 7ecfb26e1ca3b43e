/**
 * Versions that can be bought, and the family that a parameter group for them is of. A version is given by its major and minor
 * numbers: https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html
 */
const versions: Readonly<Record<string, Readonly<Record<string, { full: string; family: string }>>>> = {
  redis: {
    "5.0.6": { full: "5.0.6", family: "redis5.0" },
    "6.0": { full: "6.0.5", family: "redis6.x" },
    "6.2": { full: "6.2.6", family: "redis6.x" },
    "7.0": { full: "7.0.7", family: "redis7" },
    "7.1": { full: "7.1.0", family: "redis7" },
  },
  valkey: {
    "7.2": { full: "7.2.6", family: "valkey7" },
    "8.0": { full: "8.0.1", family: "valkey8" },
    "8.1": { full: "8.1.0", family: "valkey8" },
  },
};

/** What a cache runs. */
export interface Release {
  readonly version: string;
  /** With its patch: `8.1.0`. */
  readonly full: string;
  readonly family: string;
}

/** Every parameter group family there is for these engines. */
export const families: ReadonlySet<string> = new Set(
  Object.values(versions).flatMap((known) => Object.values(known).map(({ family }) => family)),
);

/** The release of a version, or of the newest one; `undefined` where there is no such version. */
export function releaseOf(engine: string, version: string | undefined): Release | undefined {
  const known = versions[engine] ?? {};
  const asked = version ?? Object.keys(known).at(-1) ?? "";
  const found = known[asked];
  return found === undefined ? undefined : { version: asked, ...found };
}
