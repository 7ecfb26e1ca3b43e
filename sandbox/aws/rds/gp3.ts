/** What gp3 volumes of an engine do. */
export interface Gp3 {
  /** GiB from which it has four volumes, whose speed can be chosen. */
  readonly stripedGb: number;
  /** Least IOPS that can be chosen then, which it has without a choice too. */
  readonly leastIops: number;
  /** MiB/s that it has without a choice then. */
  readonly throughput: number;
}

const usual: Gp3 = { stripedGb: 400, leastIops: 12_000, throughput: 500 };

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html#gp3-storage: SQL Server has a single volume, of any size. */
export function gp3Of(engine: string): Gp3 {
  if (engine.startsWith("sqlserver-")) return { stripedGb: 0, leastIops: 3000, throughput: 125 };
  return engine.startsWith("oracle-") ? { ...usual, stripedGb: 200 } : usual;
}
