import { View, parse } from "vega";
import type { TopLevelSpec } from "vega-lite";
import { compile } from "vega-lite";
import type { Recording } from "../engine/recording.ts";
import type { Profile } from "../load/profile.ts";

/** A row of a plot's data: a moment on the clocks of the profile's time zone, and a number of one line. */
export interface Point {
  readonly time: number;
  readonly line: string;
  readonly value: number;
}

interface Panel {
  readonly title: string;
  /** Lines and their colours, each a track of the recording. */
  readonly lines: readonly (readonly [
    line: string,
    track: Exclude<keyof Recording, "seconds">,
    colour: string,
  ])[];
  /** What a pixel of several seconds shows: their mean, or the worst of them. */
  readonly shows: "mean" | "worst";
}

const [blue, orange, red, grey, green] = ["#2563eb", "#ea580c", "#dc2626", "#64748b", "#15803d"];

const panels: readonly Panel[] = [
  { title: "Load (per second)", lines: [["arriving", "arrived", blue]], shows: "mean" },
  {
    title: "Pods",
    lines: [
      ["wanted", "wanted", grey],
      ["ready", "ready", blue],
    ],
    shows: "mean",
  },
  { title: "Nodes", lines: [["nodes", "nodes", green]], shows: "mean" },
  { title: "Pending pods", lines: [["pending", "pending", red]], shows: "worst" },
  { title: "Saturation (busiest service)", lines: [["saturation", "saturation", orange]], shows: "worst" },
  { title: "Cost ($ per hour)", lines: [["cost", "cost", green]], shows: "mean" },
];

const width = 760;

/** Draws load, pods, nodes, pending pods, saturation and cost under one time axis, as SVG. No browser is needed. */
export async function draw(title: string, recording: Recording, profile: Profile): Promise<string> {
  const view = new View(parse(compile(describePlot(title, recording, profile)).spec), { renderer: "none" });
  try {
    return await view.toSVG();
  } finally {
    view.finalize();
  }
}

function describePlot(title: string, recording: Recording, profile: Profile): TopLevelSpec {
  // The axis speaks UTC, whatever the machine's zone; what it is given are the profile's clocks.
  const start = Date.parse(`${profile.start}Z`);
  const last = panels.length - 1;
  return {
    title: { text: title, anchor: "start", fontSize: 15, offset: 12 },
    background: "white",
    padding: 16,
    spacing: 14,
    vconcat: panels.map((panel, index) => ({
      width,
      height: 84,
      title: { text: panel.title, anchor: "start", fontSize: 12, fontWeight: "bold", offset: 4 },
      data: {
        values: panel.lines.flatMap(([line, track]) => points(line, recording[track], start, panel.shows)),
      },
      mark: { type: "line", interpolate: "step-after", strokeWidth: 1.4 },
      encoding: {
        x: {
          field: "time",
          type: "temporal",
          scale: { type: "utc", domain: [start, start + recording.seconds * 1000] },
          axis: { title: null, format: "%H:%M", labels: index === last, ticks: index === last, grid: true },
        },
        y: {
          field: "value",
          type: "quantitative",
          axis: { title: null, tickCount: 4, minExtent: 48, format: "~s", grid: true },
          scale: { domainMin: 0, nice: true },
        },
        color: {
          field: "line",
          type: "nominal",
          scale: {
            domain: panel.lines.map(([line]) => line),
            range: panel.lines.map(([, , colour]) => colour),
          },
          legend: panel.lines.length > 1 ? { title: null, orient: "top-right" } : null,
        },
      },
    })),
    resolve: { scale: { color: "independent", y: "independent", x: "independent" } },
    // A font that every viewer has, and, with the white ground, readable on a dark page too.
    config: {
      font: "sans-serif",
      view: { stroke: "#cbd5e1" },
      axis: { gridColor: "#e2e8f0", domainColor: "#94a3b8" },
    },
  };
}

/** At most one point every two pixels. */
export function points(
  line: string,
  track: Float64Array,
  start: number,
  shows: Panel["shows"],
): readonly Point[] {
  const step = Math.max(1, Math.ceil(track.length / (width / 2)));
  const count = Math.ceil(track.length / step);
  return Array.from({ length: count }, (_, index) => {
    const part = track.subarray(index * step, (index + 1) * step);
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    const value = shows === "mean" ? mean : Math.max(...part);
    return { time: start + index * step * 1000, line, value: Math.round(value * 1000) / 1000 };
  });
}
