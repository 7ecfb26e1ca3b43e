import { rootCertificateIn } from "./components/database/authorities.ts";
import { ownerSecretPrefix } from "./components/database/master-password.ts";
import { capacityLabel, nodeGroupLabel } from "./components/eks-cluster/node-labels.ts";
import { mostNodes } from "./components/observability/namespace-plan.ts";
import { usesDatabase } from "./components/workloads/plan-database-users.ts";
import { databaseUserOf } from "./components/workloads/stores.ts";
import type { Settings } from "./config.ts";
import type { Problem } from "./config-problems.ts";

type Neighbours = Pick<Settings, "account" | "cluster" | "database" | "domain" | "services">;

/** What the services ask of their neighbours and do not get. */
export function findServiceConflicts(settings: Neighbours): readonly Problem[] {
  return [
    ...findPublicWithoutDomain(settings),
    ...findMissingReplicas(settings),
    ...findMissingNodeGroups(settings),
    ...findHomeless(settings),
    ...findNamesWithoutDomain(settings),
    ...findEmptyTeams(settings),
    ...findUnreadableSecrets(settings),
    ...findUnmadeUsers(settings),
  ];
}

function rowsOf({ services }: Neighbours) {
  return [
    ...Object.entries(services.items).map(([name, row]) => ({ list: "items", name, row }) as const),
    ...Object.entries(services.jobs).map(([name, row]) => ({ list: "jobs", name, row }) as const),
  ];
}

function findPublicWithoutDomain({ domain, services }: Neighbours): readonly Problem[] {
  if (domain.zone !== "none") return [];
  return Object.entries(services.ingresses)
    .filter(([, { scheme }]) => scheme === "internet-facing")
    .map(([key]) => ({
      path: ["services", "ingresses", key, "scheme"],
      message:
        "must be internal without a domain, got internet-facing: its certificate belongs to the domain",
    }));
}

function findMissingReplicas(settings: Neighbours): readonly Problem[] {
  if (settings.database.readReplicas > 0) return [];
  return rowsOf(settings).flatMap(({ list, name, row }) => {
    const index = row.uses.indexOf("databaseReader");
    if (index === -1) return [];
    return [
      {
        path: ["services", list, name, "uses", index],
        message: "must not be databaseReader while database.readReplicas is 0: there is none",
      },
    ];
  });
}

function findMissingNodeGroups(settings: Neighbours): readonly Problem[] {
  const { cluster, services } = settings;
  const groups = Object.keys(cluster.nodeGroups);
  const named = [
    {
      path: ["services", "defaults", "placement", "nodeGroup"],
      group: services.defaults.placement?.nodeGroup,
    },
    ...rowsOf(settings).map(({ list, name, row }) => ({
      path: ["services", list, name, "placement", "nodeGroup"],
      group: row.placement?.nodeGroup,
    })),
  ];
  return named.flatMap(({ path, group }) =>
    group === undefined || groups.includes(group)
      ? []
      : [{ path, message: `must be one of cluster.nodeGroups (${groups.join(", ")}), got ${group}` }],
  );
}

/** Copies that no node would take: each group is of another capacity, or keeps them away by a taint. */
function findHomeless(settings: Neighbours): readonly Problem[] {
  const { cluster, services } = settings;
  const groups = Object.entries(cluster.nodeGroups);
  const placed = [
    { path: ["services", "defaults", "placement"], placement: services.defaults.placement },
    ...rowsOf(settings).map(({ list, name, row }) => ({
      path: ["services", list, name, "placement"],
      placement: row.placement,
    })),
  ];
  return placed.flatMap(({ path, placement }) => {
    if (placement === undefined) return [];
    const { capacity, nodeGroup } = placement;
    if (nodeGroup !== undefined && !(nodeGroup in cluster.nodeGroups)) return [];
    if (groups.some(([name, group]) => takes(name, group, placement))) return [];
    const where = nodeGroup === undefined ? "" : ` in ${nodeGroup}`;
    return [
      {
        path,
        message: `must fit one of cluster.nodeGroups, got capacity ${capacity}${where}: no such nodes are there, or their taints keep it away`,
      },
    ];
  });
}

type Placement = NonNullable<Neighbours["services"]["defaults"]["placement"]>;
type NodeGroup = Neighbours["cluster"]["nodeGroups"][string];

/** True where copies may run on a group's nodes; they tolerate taints with the group's name and with their capacity. */
function takes(name: string, { capacity, taints }: NodeGroup, wanted: Placement): boolean {
  if (wanted.nodeGroup !== undefined && wanted.nodeGroup !== name) return false;
  if (!["any", "preferSpot", capacity].includes(wanted.capacity)) return false;
  const tolerated: Readonly<Record<string, string | undefined>> = {
    ...(["spot", "preferSpot"].includes(wanted.capacity) && { [capacityLabel]: "spot" }),
    ...(wanted.nodeGroup !== undefined && { [nodeGroupLabel]: wanted.nodeGroup }),
  };
  return taints.every(
    ({ key, value, effect }) =>
      effect === "PreferNoSchedule" ||
      (effect === "NoSchedule" && key in tolerated && tolerated[key] === value),
  );
}

/** A name of its own without a zone: the load balancer would answer to every name, and could not tell them apart. */
function findNamesWithoutDomain({ domain, services }: Neighbours): readonly Problem[] {
  if (domain.zone !== "none") return [];
  return Object.entries(services.items).flatMap(([name, { expose }]) =>
    expose?.host === undefined
      ? []
      : [
          {
            path: ["services", "items", name, "expose", "host"],
            message: `must be left out without a domain, got ${expose.host}: there is no zone for it`,
          },
        ],
  );
}

/** More nodes than the quotas of what runs on each of them have room for: the last ones would send neither logs nor metrics. */
export function findTooManyNodes({ cluster }: Pick<Settings, "cluster">): readonly Problem[] {
  const sum = Object.values(cluster.nodeGroups).reduce((total, { size }) => total + size.max, 0);
  if (sum <= mostNodes) return [];
  return [
    {
      path: ["cluster", "nodeGroups"],
      message: `must have a size.max of ${mostNodes} or less in sum, got ${sum}: logs and metrics have room for as many`,
    },
  ];
}

/** Copies of Prometheus and Alertmanager want a zone each: one more than there are would wait for a node for ever. */
export function findCrowdedZones({
  network,
  observability,
}: Pick<Settings, "network" | "observability">): readonly Problem[] {
  const zones = network.zones.length;
  return (["metrics", "alerting"] as const).flatMap((part) => {
    const { replicas } = observability[part];
    if (replicas <= zones) return [];
    return [
      {
        path: ["observability", part, "replicas"],
        message: `must not exceed the ${zones} zones of network.zones, got ${replicas}: each copy wants a zone of its own`,
      },
    ];
  });
}

/** A team that no access entry puts anybody in. */
function findEmptyTeams({ cluster, services }: Neighbours): readonly Problem[] {
  const groups = new Set(Object.values(cluster.access).flatMap(({ groups }) => groups));
  return Object.entries(services.namespaces).flatMap(([namespace, { teams }]) =>
    Object.keys(teams)
      .filter((team) => !groups.has(team))
      .map((team) => ({
        path: ["services", "namespaces", namespace, "teams", team],
        message: `must be one of the groups of cluster.access, got ${team}: nobody is in it`,
      })),
  );
}

/** A secret that external-secrets has no right to read: the pods would wait for it for ever. */
function findUnreadableSecrets(settings: Neighbours): readonly Problem[] {
  const { readableSecrets } = settings.cluster;
  return rowsOf(settings).flatMap(({ list, name, row }) =>
    Object.entries(row.secrets)
      .filter(([, { secret }]) => !isReadable(secret, settings))
      .map(([variable, { secret }]) => ({
        path: ["services", list, name, "secrets", variable, "secret"],
        message: `must be covered by cluster.readableSecrets (${readableSecrets.join(", ")}), got ${secret}: it could not be read`,
      })),
  );
}

function isReadable(name: string, { cluster }: Neighbours): boolean {
  return cluster.readableSecrets.some((readable) =>
    readable.endsWith("*") ? name.startsWith(readable.slice(0, -1)) : name === readable,
  );
}

/** Users of the database that could not be made: its owner is out of reach, or would be one of them. */
function findUnmadeUsers(settings: Neighbours): readonly Problem[] {
  const { account, cluster, database } = settings;
  const rows = rowsOf(settings).filter(({ row }) => usesDatabase(row));
  if (rows.length === 0) return [];
  const secret = ownerSecretPrefix(database);
  return [
    ...(isReadable(secret, settings)
      ? []
      : [
          {
            path: ["cluster", "readableSecrets"],
            message: `must cover the secret of the database's owner, ${secret}*, got ${cluster.readableSecrets.join(", ")}: the services' users could not be made`,
          },
        ]),
    ...(rootCertificateIn(account.region) === undefined
      ? [
          {
            path: ["account", "region"],
            message: `must be one whose databases are known by their certificate, got ${account.region}: add it to components/database/authorities.pem`,
          },
        ]
      : []),
    ...rows
      .filter(({ name, row }) => databaseUserOf({ ...row, name }) === database.masterUsername)
      .map(({ list, name }) => ({
        path: ["services", list, name, "uses"],
        message: `must not name the database in a row called ${name}: its user would be database.masterUsername, the owner`,
      })),
  ];
}
