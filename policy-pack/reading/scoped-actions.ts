import { matches } from "./iam.ts";
import table from "./scoped-actions.json" with { type: "json" };

const byService: Readonly<Partial<Record<string, string>>> = table;

/** The actions of a service, taken apart when somebody first asks for them. */
const known = new Map<string, readonly string[]>();

function actionsOf(service: string): readonly string[] {
  const actions = known.get(service) ?? (byService[service] ?? "").split(" ");
  known.set(service, actions);
  return actions;
}

/**
 * The actions behind a name or a pattern such as `s3:Put*`, in lower case, that write or grant something and can be held to some resources:
 * what the AWS Service Authorization Reference calls Write or Permissions management, with a resource type.
 */
export function scopedActions(pattern: string): readonly string[] {
  const [service = "", name = ""] = pattern.split(":");
  return actionsOf(service)
    .filter((action) => action !== "" && matches(name, action))
    .map((action) => `${service}:${action}`);
}
