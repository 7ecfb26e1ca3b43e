/** GiB of memory of the burstable classes (Amazon RDS user guide, "Hardware specifications for DB instance classes"). */
const burstable: Readonly<Record<string, number>> = {
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
};

/** GiB of memory of a `large` class by family letter; each doubling of the size doubles it (same source). */
const gibPerLarge: Readonly<Record<string, number>> = { m: 8, r: 16, x: 32 };

/** PostgreSQL's `max_connections` on RDS: one per this many bytes of memory, 5000 at most (Amazon RDS user guide, "Quotas"). */
const bytesPerConnection = 9_531_392;
const mostConnections = 5000;

/** How many times a size is `large`. */
function sizeFactor(size: string): number | undefined {
  if (size === "large") return 1;
  const times = /^(\d*)xlarge$/.exec(size)?.[1];
  return times === undefined ? undefined : 2 * Number(times === "" ? "1" : times);
}

/** Memory of an RDS instance class in bytes, such as 16 GiB for `db.r7g.large`. */
export function instanceMemoryBytes(instanceClass: string): number {
  const [, family = "", size = ""] = instanceClass.split(".");
  const letter = family.slice(0, 1);
  const factor = sizeFactor(size);
  const perLarge = gibPerLarge[letter];
  const gib =
    letter === "t"
      ? burstable[size]
      : factor === undefined || perLarge === undefined
        ? undefined
        : factor * perLarge;
  if (gib === undefined) {
    throw new RangeError(
      `instanceClass must be of a t, m, r or x family, got ${instanceClass}: its memory is not known`,
    );
  }
  return gib * 2 ** 30;
}

/** Connections PostgreSQL on RDS accepts on an instance class, by its default parameter. */
export function mostDatabaseConnections(instanceClass: string): number {
  return Math.min(Math.floor(instanceMemoryBytes(instanceClass) / bytesPerConnection), mostConnections);
}
