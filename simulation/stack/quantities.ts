import { quantityOf } from "../../sandbox/kubernetes/quantities.ts";
import { isRecord } from "../../sandbox/values.ts";
import type { Resources } from "../engine/model.ts";

/** Nothing at all. */
export const nothing: Resources = { cpu: 0, memory: 0, disk: 0 };

/** A quantity as a number; what is none counts as `otherwise`. */
export function amount(value: unknown, otherwise = 0): number {
  if (typeof value !== "string" && typeof value !== "number") return otherwise;
  const read = quantityOf(value);
  return "amount" in read ? read.amount : otherwise;
}

/** Cores, memory and disk of a `requests` or `limits` map. */
export function resourcesOf(map: unknown): Resources {
  if (!isRecord(map)) return nothing;
  return { cpu: amount(map.cpu), memory: amount(map.memory), disk: amount(map["ephemeral-storage"]) };
}

/** The sum. */
export function plus(left: Resources, right: Resources): Resources {
  return { cpu: left.cpu + right.cpu, memory: left.memory + right.memory, disk: left.disk + right.disk };
}

/** `left` so many times. */
export function times(left: Resources, factor: number): Resources {
  return { cpu: left.cpu * factor, memory: left.memory * factor, disk: left.disk * factor };
}

/** True where `wanted` fits into `free`; a billionth is forgiven, because sums of tenths are not exact. */
export function fits(wanted: Resources, free: Resources): boolean {
  return (
    wanted.cpu <= free.cpu + 1e-9 && wanted.memory <= free.memory + 1e-3 && wanted.disk <= free.disk + 1e-3
  );
}

/** A Go duration such as `10m` or `1h30m` in seconds; `otherwise` for what is none. */
export function seconds(value: unknown, otherwise: number): number {
  if (typeof value === "number") return value;
  if (typeof value !== "string") return otherwise;
  if (value === "Never") return Number.POSITIVE_INFINITY;
  const parts = [...value.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0) return otherwise;
  const units: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };
  return parts.reduce((sum, [, digits = "0", unit = "s"]) => sum + Number(digits) * (units[unit] ?? 1), 0);
}
