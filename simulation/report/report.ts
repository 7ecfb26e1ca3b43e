import { list, table } from "../../tools/docs/markdown.ts";
import type { Cluster } from "../engine/model.ts";
import type { Recording } from "../engine/recording.ts";
import type { ClusterEvent, Limit, ServiceState, State } from "../engine/state.ts";
import { localTime } from "../load/load.ts";
import type { Profile } from "../load/profile.ts";
import type { Judgement, Verdict } from "./verdicts.ts";

/** A service in numbers. */
export interface ServiceReport {
  readonly name: string;
  readonly takes: string;
  readonly arrived: number;
  readonly answeredPercent: number;
  readonly withinLimitPercent: number;
  readonly waiting: number;
}

/** A report as data. */
export interface Report {
  readonly stack: string;
  readonly profile: string;
  readonly seed: number;
  readonly verdicts: readonly Verdict[];
  readonly highest: Readonly<
    Record<"load" | "pods" | "nodes" | "pending" | "saturation" | "costPerHour", number>
  >;
  /** US dollars for the whole of the profile. */
  readonly cost: number;
  readonly services: readonly ServiceReport[];
  readonly limits: readonly Limit[];
  readonly events: readonly (ClusterEvent & { readonly time: string })[];
  readonly notes: readonly string[];
}

/** Puts what came of a simulation in numbers that can be compared: rounded, and in a fixed order. */
export function reportOf(
  cluster: Cluster,
  profile: Profile,
  seed: number,
  { main, verdicts }: Judgement,
): Report {
  const { recording, state } = main;
  return {
    stack: cluster.stack,
    profile: profile.name,
    seed,
    verdicts,
    highest: highestOf(recording),
    cost: round(
      recording.cost.reduce((sum, price) => sum + price / 3600, 0),
      2,
    ),
    services: state.services.map(serviceOf),
    limits: [...state.limits.values()].sort((left, right) => right.seconds - left.seconds),
    events: state.events.map((event) => ({ ...event, time: clock(state, event.at) })),
    notes: cluster.notes,
  };
}

function clock({ epoch, profile }: State, second: number): string {
  return localTime(epoch + second * 1000, profile.timeZone).slice(11);
}

function highestOf(recording: Recording): Report["highest"] {
  const highest = (track: Float64Array, digits: number): number =>
    round(
      track.reduce((most, value) => Math.max(most, value), 0),
      digits,
    );
  return {
    load: highest(recording.arrived, 0),
    pods: highest(recording.ready, 0),
    nodes: highest(recording.nodes, 0),
    pending: highest(recording.pending, 0),
    saturation: highest(recording.saturation, 2),
    costPerHour: highest(recording.cost, 2),
  };
}

function serviceOf({ workload, takes, totals, backlog }: ServiceState): ServiceReport {
  const done = totals.served + totals.dropped;
  return {
    name: workload.id,
    takes,
    arrived: Math.round(totals.arrived),
    answeredPercent: done === 0 ? 100 : round((totals.served / done) * 100, 2),
    withinLimitPercent: done === 0 ? 100 : round((totals.within / done) * 100, 2),
    waiting: Math.round(backlog),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function highestTable({ highest, cost }: Report): string {
  const { load, pods, nodes, pending, saturation, costPerHour } = highest;
  return table(
    ["highest load", "pods ready", "nodes", "pods pending", "saturation", "cost an hour", "cost in all"],
    [[`${load}/s`, ...[pods, nodes, pending, saturation].map(String), money(costPerHour), money(cost)]],
  );
}

function money(amount: number): string {
  return `$${amount.toFixed(2)}`;
}

/** How many lines of what happened a page shows; the rest is in the JSON. */
const shown = 60;

/** The report as a page. */
export function markdownOf(report: Report, profile: Profile): string {
  const { events } = report;
  const more = events.length - shown;
  return [
    `# Scaling of ${report.stack} under ${report.profile}`,
    `${profile.about}. From ${profile.start} ${profile.timeZone}, ${profile.length} hours, seed ${report.seed}.`,
    "![Load, pods, nodes, pending pods, saturation and cost over time](plot.svg)",
    "## Verdicts",
    table(
      ["promise", "result", "measured", "what limits it, and what to change"],
      report.verdicts.map(({ name, result, measured, limit }) => [name, result, measured, limit]),
    ),
    "## The run",
    highestTable(report),
    table(
      ["service", "takes", "arrived", "answered", "within 200 ms", "still waiting"],
      report.services.map((service) => [
        service.name,
        service.takes,
        String(service.arrived),
        `${service.answeredPercent.toFixed(2)} %`,
        service.takes === "requests" ? `${service.withinLimitPercent.toFixed(2)} %` : "",
        String(service.waiting),
      ]),
    ),
    "## What was in the way",
    report.limits.length === 0
      ? "Nothing."
      : table(
          ["what", "seconds", "what to change"],
          report.limits.map(({ object, seconds, remedy }) => [object, String(seconds), remedy]),
        ),
    "## What happened",
    events.length === 0
      ? "Nothing moved."
      : table(
          ["time", "who", "what", "why"],
          events.slice(0, shown).map(({ time, who, what, why }) => [time, who, what, why]),
        ),
    ...(more > 0 ? [`${more} more are in report.json.`] : []),
    ...(report.notes.length > 0 ? ["## Not simulated", list(report.notes)] : []),
    "## How to read it",
    "Requests queue in front of each pod as in M/M/1, at the cost that the profile states; see simulation/README.md for the model and its limits.",
  ]
    .join("\n\n")
    .concat("\n");
}
