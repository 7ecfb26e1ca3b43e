/** What does not run on a class: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html */
interface Exclusion {
  readonly classes: RegExp;
  readonly engines: RegExp;
  /** Major version from which on. @default all */
  readonly from?: number;
}

const exclusions: readonly Exclusion[] = [
  // AWS's own processors, which have a `g` after their generation.
  { classes: /^db\.[a-z]+\d+g/, engines: /^sqlserver-/ },
  { classes: /^db\.t2\./, engines: /^postgres$/, from: 13 },
  { classes: /^db\.t2\./, engines: /^mysql$/, from: 8 },
  { classes: /^db\.t1\./, engines: /./ },
];

/** Whether an engine in a version runs on a class, as far as is known here. */
export function runsOn(instanceClass: string, engine: string, version: string): boolean {
  return !exclusions.some(
    ({ classes, engines, from = 0 }) =>
      classes.test(instanceClass) && engines.test(engine) && Number.parseInt(version, 10) >= from,
  );
}

/** RDS's words for what has no such class. */
export function complainOfClass(
  instanceClass: string,
  engine: string,
  version: string,
  license: string,
): string {
  return `RDS does not support creating a DB instance with the following combination: DBInstanceClass=${instanceClass}, Engine=${engine}, EngineVersion=${version}, LicenseModel=${license}. For supported combinations of instance class and database engine version, see the documentation.`;
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html#Overview.Encryption.Availability */
export function canEncrypt(instanceClass: string): boolean {
  return !/^db\.(?:m1|m2|t1)\.|^db\.t2\.micro$/.test(instanceClass);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PerfInsights.Overview.Engines.html */
export function canBeWatched(instanceClass: string, engine: string): boolean {
  return !(/^(?:mariadb|mysql)$/.test(engine) && /^db\.t(?:2|3|4g)\.(?:micro|small)$/.test(instanceClass));
}
