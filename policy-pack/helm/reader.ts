/** A container that a chart runs, and where its values say how. Paths are below `values`; `[*]` stands for every entry of a list. */
export interface ChartWorkload {
  /** Where its resources stand. */
  readonly resources: string;
  /** Which of them the chart sets itself. @default none */
  readonly preset?: readonly Amount[];
  /** Where the security context of its pod stands. @default the chart has no such value */
  readonly pod?: string;
  /** Where the security context of the container stands. @default the chart has no such value */
  readonly container?: string;
  /** Whether the chart runs it without root and without gaining rights if nobody says anything. */
  readonly hardened: boolean;
  /** The value that turns it on, and whether it is on by itself. @default always on */
  readonly enabled?: readonly [path: string, usually: boolean];
}

/** What a container is asked to say of its needs. */
export type Amount = "requests.cpu" | "requests.memory" | "limits.memory";

/** Where the values of a chart say what the policies ask about. */
export interface ChartReader {
  readonly workloads: Readonly<Record<string, ChartWorkload>>;
  /** Volumes: what is there when one is asked for, and where its storage class stands. */
  readonly volumes?: readonly { readonly claim: string; readonly storageClass: string }[];
  /** Where types of Services stand. */
  readonly services?: readonly string[];
  /** Where a credential can be written down, and must not be. */
  readonly secrets?: readonly string[];
}

/** All three amounts, in the order they are reported. */
export const amounts: readonly Amount[] = ["requests.cpu", "requests.memory", "limits.memory"];

/** Several workloads of a chart that keeps each one's values under its name, as most charts do. */
export function named(
  names: readonly string[],
  workload: (name: string) => ChartWorkload,
): Readonly<Record<string, ChartWorkload>> {
  return Object.fromEntries(names.map((name) => [name, workload(name)]));
}
