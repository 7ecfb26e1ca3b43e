import type { CheckFailure } from "../../model.ts";
import { isRecord } from "../../values.ts";
import { quantityOf } from "../quantities.ts";
import { invalid, isKnown, required } from "../server/validation.ts";

/** What a container can ask for beside what devices add, whose names have a domain: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
const standard: ReadonlySet<string> = new Set(["cpu", "memory", "ephemeral-storage"]);

/** Quantities are well formed, their names are known, and no request is above its limit. */
export function resourceFailures(path: string, resources: unknown): readonly CheckFailure[] {
  if (!isRecord(resources)) return [];
  const limits = amounts(resources.limits);
  return [
    ...listFailures(`${path}.limits`, resources.limits),
    ...listFailures(`${path}.requests`, resources.requests),
    ...[...amounts(resources.requests)].flatMap(([name, request]) =>
      requestFailures(path, name, request, limits.get(name)),
    ),
  ];
}

interface Amount {
  readonly amount: number;
  readonly given: string;
}

/** Of what devices add nobody gets more than there is, so it is requested as it is limited. */
function requestFailures(
  path: string,
  name: string,
  { amount, given }: Amount,
  limit: Amount | undefined,
): readonly CheckFailure[] {
  const isDevice = name.includes("/");
  if (limit === undefined)
    return isDevice ? [required(`${path}.limits`, "Limit must be set for non overcommitable resources")] : [];
  if (isDevice && amount !== limit.amount)
    return [invalid(`${path}.requests`, given, `must be equal to ${name} limit of ${limit.given}`)];
  if (amount <= limit.amount) return [];
  return [
    invalid(`${path}.requests`, given, `must be less than or equal to ${name} limit of ${limit.given}`),
  ];
}

function listFailures(path: string, quantities: unknown): readonly CheckFailure[] {
  const all = amounts(quantities);
  return [
    ...Object.keys(isRecord(quantities) ? quantities : {})
      .filter((name) => !name.includes("/") && !standard.has(name) && !name.startsWith("hugepages-"))
      .map((name) => invalid(`${path}[${name}]`, name, "must be a standard resource for containers")),
    ...quantityFailures(path, quantities),
    ...[...all].flatMap(([name, { amount, given }]) =>
      name.includes("/") && !Number.isInteger(amount)
        ? [invalid(`${path}[${name}]`, given, "must be an integer")]
        : [],
    ),
  ];
}

/** Each value of a map is a quantity, and none is negative. */
export function quantityFailures(path: string, quantities: unknown): readonly CheckFailure[] {
  return Object.entries(isRecord(quantities) ? quantities : {}).flatMap(([name, value]) => {
    if ((typeof value !== "string" && typeof value !== "number") || !isKnown(value)) return [];
    const read = quantityOf(value);
    if ("mistake" in read) return [invalid(`${path}[${name}]`, value, read.mistake)];
    if (read.amount >= 0) return [];
    return [invalid(`${path}[${name}]`, String(value), "must be greater than or equal to 0")];
  });
}

/** The quantities of a map that are known. */
export function amounts(quantities: unknown): ReadonlyMap<string, Amount> {
  const entries = Object.entries(isRecord(quantities) ? quantities : {}).flatMap(([name, value]) => {
    if ((typeof value !== "string" && typeof value !== "number") || !isKnown(value)) return [];
    const read = quantityOf(value);
    return "amount" in read ? [[name, { amount: read.amount, given: String(value) }] as const] : [];
  });
  return new Map(entries);
}
