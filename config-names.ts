import type { Settings } from "./config.ts";
import type { Problem } from "./config-problems.ts";

interface Claim {
  readonly host: string;
  readonly owner: string;
  readonly path: readonly (string | number)[];
}

/** Names in the domain's zone, who answers to each, and where that is said. */
function claimsOf({ frontend, services }: Pick<Settings, "frontend" | "services">): readonly Claim[] {
  const [first = ""] = Object.keys(services.ingresses);
  const behindBalancers = Object.entries(services.items).flatMap(([name, { expose }]): readonly Claim[] => {
    if (expose === undefined) return [];
    const by = expose.by ?? first;
    const owner = `the load balancer ${by}`;
    if (expose.host !== undefined)
      return [{ host: expose.host, owner, path: ["services", "items", name, "expose", "host"] }];
    const host = services.ingresses[by]?.host;
    return host === undefined ? [] : [{ host, owner, path: ["services", "ingresses", by, "host"] }];
  });
  const ofSite = frontend.hosts.map((host, index) => ({
    host,
    owner: "the site",
    path: ["frontend", "hosts", index],
  }));
  return [...ofSite, ...behindBalancers];
}

/** A name that two would answer to: DNS leads to one of them, and nothing says to which. */
export function findSharedNames(
  settings: Pick<Settings, "domain" | "frontend" | "services">,
): readonly Problem[] {
  if (settings.domain.zone === "none") return [];
  const owners = new Map<string, string>();
  const told = new Set<string>();
  return claimsOf(settings).flatMap(({ host, owner, path }) => {
    const earlier = owners.get(host) ?? owner;
    owners.set(host, earlier);
    if (earlier === owner || told.has(path.join("."))) return [];
    told.add(path.join("."));
    return [{ path, message: `must not be a name of ${earlier} too, got ${host}: it leads to one of them` }];
  });
}
