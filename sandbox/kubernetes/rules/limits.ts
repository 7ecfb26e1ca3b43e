import type { CheckFailure, Properties } from "../../model.ts";
import { isRecord, list } from "../../values.ts";
import { amountOf } from "../quantities.ts";
import { invalid, peek } from "../server/validation.ts";
import { amounts, quantityFailures } from "./resources.ts";

/** What a quota can count beside what has a domain or is counted by `count/`: https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
const counted: ReadonlySet<string> = new Set([
  ...["cpu", "memory", "ephemeral-storage"].flatMap((name) => [name, `requests.${name}`, `limits.${name}`]),
  ...["pods", "resourcequotas", "replicationcontrollers", "secrets", "persistentvolumeclaims", "configmaps"],
  ...["requests.storage", "services", "services.nodeports", "services.loadbalancers"],
]);

/** Limits of a quota are quantities, of what can be counted. */
export function quotaFailures(inputs: Properties): readonly CheckFailure[] {
  const hard = peek(inputs, "spec.hard");
  return [
    ...Object.keys(isRecord(hard) ? hard : {})
      .filter((name) => !name.includes("/") && !counted.has(name) && !/^(requests\.)?hugepages-/.test(name))
      .map((name) => invalid(`spec.hard[${name}]`, name, "must be a standard resource for quota")),
    ...quantityFailures("spec.hard", hard),
  ];
}

/** Pairs of which the first must not be above the second, with the names that the API server has for them. */
const ordered = [
  ["min", "max", "min value", "max value"],
  ["min", "defaultRequest", "min value", "default request value"],
  ["min", "default", "min value", "default value"],
  ["defaultRequest", "max", "default request value", "max value"],
  ["defaultRequest", "default", "default request value", "default limit value"],
  ["default", "max", "default value", "max value"],
] as const;

/** The bounds of a LimitRange leave room: https://kubernetes.io/docs/concepts/policy/limit-range/ */
export function limitRangeFailures(inputs: Properties): readonly CheckFailure[] {
  return list(peek(inputs, "spec.limits")).flatMap((limit, index) =>
    ordered.flatMap(([lower, upper, lowerName, upperName]) => {
      const most = amounts(peek(limit, upper));
      return [...amounts(peek(limit, lower))].flatMap(([name, { amount, given }]) => {
        const bound = most.get(name);
        if (bound === undefined || amount <= amountOf(bound.given)) return [];
        const words = `${lowerName} ${given} is greater than ${upperName} ${bound.given}`;
        return [invalid(`spec.limits[${index}].${lower}[${name}]`, given, words)];
      });
    }),
  );
}
