import type { Experiment, Subject } from "./experiments.ts";
import { loadFor, peakOf, runFault, runLevel, runProfile, runStep, unhurriedSeconds } from "./experiments.ts";

/** What was promised, whether it holds, what was measured, and what stands in its way. */
export interface Verdict {
  readonly name: string;
  readonly result: "pass" | "fail" | "not applicable";
  readonly measured: string;
  /** What kept it back longest, and what to change; empty where it passed. */
  readonly limit: string;
}

/** The experiments of a report, and what they say. */
export interface Judgement {
  readonly main: Experiment;
  readonly verdicts: readonly Verdict[];
}

/** Runs the profile and every experiment, and judges. */
export function judge(subject: Subject): Judgement {
  const main = runProfile(subject);
  const peak = peakOf(main);
  return {
    main,
    verdicts: [
      tenToHundred(subject),
      hundredPods(subject),
      requestsPerSecond(subject),
      concurrentUsers(subject),
      responseTime(main),
      zoneLoss(subject, peak),
      spotReclaim(subject, main, peak),
    ],
  };
}

function verdict(name: string, holds: boolean, measured: string, experiment: Experiment): Verdict {
  return {
    name,
    result: holds ? "pass" : "fail",
    measured,
    limit: holds ? "" : limitOf(experiment),
  };
}

/** What was in the way longest, then the next two. */
function limitOf({ limits }: Experiment): string {
  if (limits.length === 0) return "nothing refused: lower the autoscalers' targets, or raise their minimum";
  return limits
    .slice(0, 3)
    .map(({ object, remedy, seconds }) => `${object}, for ${seconds} s: ${remedy}`)
    .join("; ");
}

function first(values: Float64Array, from: number, holds: (value: number) => boolean): number | undefined {
  for (let second = from; second < values.length; second += 1) if (holds(values[second] ?? 0)) return second;
  return undefined;
}

function tenToHundred(subject: Subject): Verdict {
  const name = "10 to 100 pods within 5 minutes";
  const [low, high] = [loadFor(10, subject), loadFor(110, subject)];
  if (high === 0) return { name, result: "not applicable", measured: "no service takes requests", limit: "" };
  const step = runStep(subject, "surge", low, high, 100);
  const { ready } = step.recording;
  const start = ready[step.from - 1] ?? 0;
  if (start >= 100)
    return { name, result: "not applicable", measured: `${start} pods run before the step`, limit: "" };
  const reached = first(ready, step.from, (value) => value >= 100);
  const highest = Math.max(...ready.subarray(step.from));
  if (reached === undefined) {
    return verdict(name, false, `${start} pods became ${highest} in 15 minutes, never 100`, step);
  }
  const took = reached - step.from;
  const holds = took <= 300;
  return verdict(name, holds, `${start} to 100 pods in ${took} s`, step);
}

function hundredPods(subject: Subject): Verdict {
  const name = "more than 100 pods";
  const load = loadFor(400, subject);
  if (load === 0) return { name, result: "not applicable", measured: "no service takes requests", limit: "" };
  const level = runLevel(subject, "ceiling", load);
  const highest = Math.max(...level.recording.ready);
  const stuck = level.recording.pending.at(-1) ?? 0;
  const pending = stuck === 0 ? "none pending" : `${stuck} pending`;
  return verdict(name, highest > 100 && stuck === 0, `${highest} pods ready at most, ${pending}`, level);
}

function requestsPerSecond(subject: Subject): Verdict {
  return carried(subject, "10,000 requests per second", 10_000);
}

/** Users who think in between: requests = users / (thinking + waiting), Little's law. */
function concurrentUsers(subject: Subject): Verdict {
  const rate = 10_000 / (subject.profile.thinkSeconds + unhurriedSeconds(subject));
  return carried(subject, "10,000 concurrent users", rate);
}

/** Carried: of the last ten minutes at most one request in a thousand is lost, and no pod waits for a place. */
function carried(subject: Subject, name: string, rate: number): Verdict {
  const level = runLevel(subject, name, rate);
  const { recording, from } = level;
  if (loadFor(1, subject) === 0) {
    return { name, result: "not applicable", measured: "no service takes requests", limit: "" };
  }
  const lost = lossAfter(level);
  const stuck = recording.pending.at(-1) ?? 0;
  const pods = recording.ready.at(-1) ?? 0;
  const nodes = recording.nodes.at(-1) ?? 0;
  const measured = `${percent(1 - lost)} of ${Math.round(rate)} requests/s answered by ${pods} pods on ${nodes} nodes`;
  return verdict(name, lost <= 0.001 && stuck === 0 && from > 0, measured, level);
}

function lossAfter({ recording, from }: Experiment): number {
  const gain = (track: Float64Array): number => (track.at(-1) ?? 0) - (track[from - 1] ?? 0);
  const dropped = gain(recording.dropped);
  const done = dropped + gain(recording.served);
  return done === 0 ? 0 : dropped / done;
}

function percent(share: number): string {
  return `${(Math.floor(share * 10_000) / 100).toFixed(2)} %`;
}

/** Of all requests of the profile, dropped ones counted as late. */
function responseTime(main: Experiment): Verdict {
  const services = main.state.services.filter(({ takes }) => takes === "requests");
  const name = "95 % of requests under 200 ms";
  if (services.length === 0)
    return { name, result: "not applicable", measured: "no service takes requests", limit: "" };
  const shares = services.map(({ workload, totals }) => ({
    name: workload.name,
    share: totals.within / Math.max(1e-9, totals.served + totals.dropped),
  }));
  const worst = shares.reduce((lowest, next) => (next.share < lowest.share ? next : lowest));
  return verdict(
    name,
    worst.share >= 0.95,
    `${percent(worst.share)} at ${worst.name}, the slowest service`,
    main,
  );
}

/** Survived: every service keeps a pod, and the losses of half an hour stay below one in a hundred. */
function survival(experiment: Experiment, name: string): Verdict {
  const { recording, from } = experiment;
  const fewest = Math.min(...recording.fewest.subarray(from));
  const before = recording.ready[from - 1] ?? 0;
  const dip = Math.min(...recording.ready.subarray(from));
  const dipAt = recording.ready.indexOf(dip, from);
  const back = first(recording.ready, dipAt, (value) => value >= before);
  const recovery = back === undefined ? "never back" : `back after ${back - from} s`;
  const lost = lossAfter(experiment);
  const measured = `${before} pods fell to ${dip}, ${recovery}; every service kept ${fewest} or more; ${percent(1 - lost)} answered`;
  return verdict(name, fewest >= 1 && lost < 0.01, measured, experiment);
}

/** The first of the zones goes, with the odd node where a group's nodes do not share out evenly. */
function zoneLoss(subject: Subject, peak: number): Verdict {
  const name = "loss of a zone at the peak";
  const zones = subject.cluster.zones;
  if (zones.length < 2)
    return { name, result: "not applicable", measured: "there is one zone only", limit: "" };
  const zone = zones[0] ?? "";
  return survival(
    runFault(subject, name, (at) => ({ kind: "zone", at, zone }), peak),
    `${name} (${zone})`,
  );
}

function spotReclaim(subject: Subject, main: Experiment, peak: number): Verdict {
  const name = "half of the spot nodes taken back at the peak";
  const hasSpot =
    subject.cluster.groups.some(({ spot }) => spot) || main.state.nodes.some(({ spot }) => spot);
  if (!hasSpot) return { name, result: "not applicable", measured: "no node is a spot instance", limit: "" };
  return survival(
    runFault(subject, name, (at) => ({ kind: "spot", at, share: 0.5 }), peak),
    name,
  );
}
