import type { DatabaseSettings } from "./settings.ts";

/** GiB of memory of the burstable classes (Amazon RDS user guide, "Hardware specifications for DB instance classes"). */
const burstable: Readonly<Record<string, number>> = {
  micro: 1,
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  "2xlarge": 32,
};

/** GiB of memory that a `large` has by family; each doubling of the size doubles it (same source). Longer beginnings come first. */
const gibPerLarge = [
  ["x2ie", 64],
  ["x2", 32],
  ["m", 8],
  ["r", 16],
] as const;

const bytesPerGib = 2 ** 30;

/** PostgreSQL's `max_connections` on RDS: one per this many bytes of memory, 5000 at most (Amazon RDS user guide, "Quotas"). */
const bytesPerConnection = 9_531_392;
const mostConnections = 5000;

/** How many times a size is `large`. */
function sizeFactor(size: string): number | undefined {
  if (size === "large") return 1;
  const times = /^(\d*)xlarge$/.exec(size)?.[1];
  return times === undefined ? undefined : 2 * Number(times === "" ? "1" : times);
}

/** Memory of an RDS instance class in GiB, such as 16 for `db.r7g.large`; `undefined` for a class that is not known here. */
export function instanceMemoryGib(instanceClass: string): number | undefined {
  const [, family = "", size = ""] = instanceClass.split(".");
  if (/^t\d/.test(family)) return burstable[size];
  const factor = sizeFactor(size);
  const [, perLarge] = gibPerLarge.find(([beginning]) => family.startsWith(beginning)) ?? [];
  return factor === undefined || perLarge === undefined ? undefined : factor * perLarge;
}

/** What alarms measure against. */
export interface DatabaseCapacity {
  readonly memoryBytes: number;
  /** Connections PostgreSQL accepts, those kept for its owner included. */
  readonly connections: number;
}

/**
 * What an instance offers: the memory of its class, and the connections that a stack's own `max_connections` says, or RDS derives from the
 * memory.
 * @throws RangeError for an instance class that the settings would have refused.
 */
export function capacityOf({
  instanceClass,
  parameters,
}: Pick<DatabaseSettings, "instanceClass" | "parameters">): DatabaseCapacity {
  const gib = instanceMemoryGib(instanceClass);
  if (gib === undefined) throw new RangeError(`the memory of ${instanceClass} is not known`);
  const memoryBytes = gib * bytesPerGib;
  const derived = Math.min(Math.floor(memoryBytes / bytesPerConnection), mostConnections);
  const { max_connections: chosen = "" } = parameters;
  return { memoryBytes, connections: /^\d+$/.test(chosen) ? Number(chosen) : derived };
}
