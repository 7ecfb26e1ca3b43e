/**
 * The queueing model. A pod with `cores` works on requests that cost `cpuSeconds` each and otherwise wait `waitSeconds` for others: a
 * queue M/M/1 in front of one server of rate cores / cpuSeconds. Requests come at random and are spread evenly over the pods that
 * are ready. Then the time in queue and server is exponential with mean s / (1 - rho) (Kleinrock, Queueing Systems I, 3.2), its 95th
 * percentile three times that. What arrives above capacity queues as a fluid, and waits its turn; after the caller's patience it is dropped.
 *
 * Limits: costs that vary more than exponentially have a longer tail, those that vary less a shorter one; uneven balancing, warm-up,
 * garbage collection and the databases behind are not in it. One pod with several cores is one fast server, which flatters a light load.
 */
export interface Station {
  /** Pods that are ready. */
  readonly pods: number;
  /** Cores that each may use. */
  readonly cores: number;
  readonly cpuSeconds: number;
  readonly waitSeconds: number;
  /** Seconds after which a caller gives up; infinite for a queue of messages. */
  readonly patienceSeconds: number;
}

/** What one second did. Requests are fluid: fractions count. */
export interface Served {
  readonly served: number;
  readonly backlog: number;
  readonly dropped: number;
  /** Share of the capacity that was asked for, at most 1. */
  readonly utilisation: number;
  /** Seconds that a new arrival waits for those before it. */
  readonly delay: number;
}

/** Requests per second that a station can do. */
export function capacityOf({ pods, cores, cpuSeconds }: Station): number {
  return (pods * cores) / cpuSeconds;
}

/** One second: nothing is lost, `arrived + backlog before = served + backlog + dropped`. */
export function serve(station: Station, arrived: number, before: number): Served {
  const capacity = capacityOf(station);
  const asked = arrived + before;
  const served = Math.min(asked, capacity);
  const left = asked - served;
  const patient = Number.isFinite(station.patienceSeconds) ? capacity * station.patienceSeconds : left;
  const backlog = Math.min(left, patient);
  return {
    served,
    backlog,
    dropped: left - backlog,
    utilisation: capacity === 0 ? (asked > 0 ? 1 : 0) : served / capacity,
    delay: capacity === 0 ? 0 : backlog / capacity,
  };
}

/** Above this share of its capacity a pod is not taken to settle: within a second the queue cannot grow to what the formula says. */
const settled = 0.99;

function meanSojourn({ cores, cpuSeconds }: Station, utilisation: number): number {
  return cpuSeconds / cores / (1 - Math.min(utilisation, settled));
}

/** Share of the requests of one second that are answered within `limit` seconds. */
export function shareWithin(station: Station, { utilisation, delay }: Served, limit: number): number {
  const left = limit - station.waitSeconds - delay;
  return left <= 0 ? 0 : 1 - Math.exp(-left / meanSojourn(station, utilisation));
}

/** Seconds within which the given share of requests is answered. */
export function percentile(station: Station, { utilisation, delay }: Served, share: number): number {
  return station.waitSeconds + delay - Math.log(1 - share) * meanSojourn(station, utilisation);
}
