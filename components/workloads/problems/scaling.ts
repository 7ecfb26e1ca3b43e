import { scalesOnEvents, utilizationTargets } from "../describe-scaling.ts";
import type { Schedule } from "../rows/scaling.ts";
import { minutesOf, rampSeconds, windowName } from "../schedules.ts";
import type { WorkloadSettings } from "../workload-settings.ts";
import type { Problem } from "./model.ts";

/** What contradicts itself in how a service scales. */
export function findScalingProblems(workload: WorkloadSettings): readonly Problem[] {
  const { name, scaling } = workload;
  const refuse = (key: string, message: string): Problem => ({
    path: ["items", name, "scaling", key],
    message,
  });
  const targets = utilizationTargets(scaling);
  return [
    ...(targets.length === 0 && !scalesOnEvents(workload)
      ? [
          refuse(
            "cpuPercent",
            "cpuPercent must be set where nothing else counts, got none: no copy would ever be added",
          ),
        ]
      : []),
    ...(scaling.vertical === "apply"
      ? targets.map(([metric, percent]) =>
          refuse(
            "vertical",
            `vertical must not be apply beside ${metric}Percent ${percent}, got apply: both would answer the same metric, so say ${metric}Percent: none or vertical: advise`,
          ),
        )
      : []),
    ...findRepeats(workload),
    ...Object.entries(scaling.schedules).flatMap(([key, schedule]) =>
      findScheduleProblems(workload, key, schedule),
    ),
  ];
}

/** KEDA refuses two triggers of one name (its admission webhook). */
function findRepeats({ name, scaling }: WorkloadSettings): readonly Problem[] {
  const seen = new Set<string>();
  return namedTriggers(scaling).flatMap(({ at, trigger }) => {
    if (!seen.has(trigger)) {
      seen.add(trigger);
      return [];
    }
    return [
      {
        path: ["items", name, "scaling", ...at],
        message: `${trigger} must be the name of one trigger, got it twice: requests, latency, metrics, schedules, queues and lags share their names`,
      },
    ];
  });
}

/** Every trigger that has a name, and the setting it comes from. */
function namedTriggers(
  scaling: WorkloadSettings["scaling"],
): readonly { readonly at: readonly (string | number)[]; readonly trigger: string }[] {
  const { requestsPerSecond, latency, metrics, schedules, queues, lags } = scaling;
  return [
    ...(requestsPerSecond === undefined ? [] : [{ at: ["requestsPerSecond"], trigger: "requests" }]),
    ...(latency === undefined ? [] : [{ at: ["latency"], trigger: "latency" }]),
    ...Object.keys(metrics).map((key) => ({ at: ["metrics", key], trigger: key })),
    ...Object.entries(schedules).flatMap(([key, { on }]) =>
      on.map((_, index) => ({ at: ["schedules", key], trigger: windowName(key, index) })),
    ),
    ...queues.map(({ name }, index) => ({ at: ["queues", index], trigger: name })),
    ...lags.map(({ topic }, index) => ({ at: ["lags", index], trigger: topic })),
  ];
}

function findScheduleProblems(
  { name, replicas, scaling }: WorkloadSettings,
  key: string,
  { from, to, copies }: Schedule,
): readonly Problem[] {
  const refuse = (field: string, message: string): Problem => ({
    path: ["items", name, "scaling", "schedules", key, field],
    message,
  });
  const ahead = Math.ceil(rampSeconds(scaling.up, replicas.min, copies) / 60);
  return [
    ...(copies <= replicas.min || copies > replicas.max
      ? [
          refuse(
            "copies",
            `copies must lie above replicas.min ${replicas.min} and not above replicas.max ${replicas.max}, got ${copies}`,
          ),
        ]
      : []),
    ...(minutesOf(to) <= minutesOf(from)
      ? [refuse("to", `to must be later than from ${from} on the same day, got ${to}`)]
      : []),
    ...(ahead > minutesOf(from)
      ? [
          refuse(
            "from",
            `from must be ${ahead} minutes after midnight or more, got ${from}: at this pace ${copies} copies need that long, so let it begin later or scaling.up be faster`,
          ),
        ]
      : []),
  ];
}
