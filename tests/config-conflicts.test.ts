import { expect } from "chai";

import { findServiceConflicts } from "../config-conflicts.ts";
import { settingsSchema } from "../config.ts";
import { settingsOf } from "./stack-settings.ts";

/** What dev's services ask for in vain after a change to them, each as `path: message`. */
function conflicts(change: Readonly<Record<string, unknown>>): readonly string[] {
  const settings = settingsOf("dev");
  const parsed = settingsSchema.parse({ ...settings, services: { ...settings.services, ...change } });
  return findServiceConflicts(parsed).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

const image = "registry.example.com/team/app:1.2.3";
const replicas = { min: 1, max: 2 };
const shop = (change: object): Readonly<Record<string, unknown>> => ({
  items: { shop: { image, replicas, ...change } },
});

describe("what services ask of their neighbours", () => {
  const refusals: readonly (readonly [string, Readonly<Record<string, unknown>>, string])[] = [
    [
      "a public load balancer without a domain",
      {
        ingresses: {
          public: {
            name: "apps",
            scheme: "internet-facing",
            deletionProtection: false,
            logRetentionDays: 7,
          },
        },
      },
      "services.ingresses.public.scheme: must be internal without a domain, got internet-facing: its certificate belongs to the domain",
    ],
    [
      "a reader of a database that has no copies",
      shop({ uses: ["cache", "databaseReader"] }),
      "services.items.shop.uses.1: must not be databaseReader while database.readReplicas is 0: there is none",
    ],
    [
      "a node group that is not there",
      shop({ placement: { nodeGroup: "gpu" } }),
      "services.items.shop.placement.nodeGroup: must be one of cluster.nodeGroups (main), got gpu",
    ],
    [
      "on nodes that no group has",
      shop({ placement: { capacity: "spot" } }),
      "services.items.shop.placement: must fit one of cluster.nodeGroups, got capacity spot: no such nodes are there, or their taints keep it away",
    ],
    [
      "on nodes of another capacity than their group's",
      shop({ placement: { capacity: "spot", nodeGroup: "main" } }),
      "services.items.shop.placement: must fit one of cluster.nodeGroups, got capacity spot in main: no such nodes are there, or their taints keep it away",
    ],
    [
      "a name of its own without a domain",
      shop({ expose: { path: "/", host: "shop" } }),
      "services.items.shop.expose.host: must be left out without a domain, got shop: there is no zone for it",
    ],
    [
      "a secret that nobody may bring into the cluster",
      shop({ secrets: { KEY: { secret: "other-stack/key" } } }),
      "services.items.shop.secrets.KEY.secret: must be covered by cluster.readableSecrets (rds!db-*, groundwork-dev/*), got other-stack/key: it could not be read",
    ],
    [
      "a team that nobody is in",
      {
        namespaces: {
          apps: {
            owner: "product-team",
            quota: { pods: 20, cpu: "4", memory: "8Gi" },
            teams: { "shop-team": "view" },
          },
        },
      },
      "services.namespaces.apps.teams.shop-team: must be one of the groups of cluster.access, got shop-team: nobody is in it",
    ],
  ];
  for (const [what, change, line] of refusals) {
    it(`must not be ${what}`, () => {
      expect(conflicts(change)).to.deep.equal([line]);
    });
  }

  describe("and the users of the database", () => {
    const unmade = (change: object): readonly string[] => {
      const settings = settingsOf("dev");
      const changed = {
        ...settings,
        services: { ...settings.services, ...shop({ uses: ["database"] }) },
        ...change,
      };
      return findServiceConflicts(settingsSchema.parse(changed)).map(
        ({ path, message }) => `${path.join(".")}: ${message}`,
      );
    };
    const { account, cluster, database } = settingsOf("dev");

    it("cannot be made by an owner whose secret stays outside", () => {
      expect(unmade({ cluster: { ...cluster, readableSecrets: ["groundwork-dev/*"] } })).to.deep.equal([
        "cluster.readableSecrets: must cover the secret of the database's owner, rds!db-*, got groundwork-dev/*: the services' users could not be made",
      ]);
      const generated = { database: { ...database, masterPassword: "generated" } };
      expect(unmade({ ...generated, cluster: { ...cluster, readableSecrets: ["rds!db-*"] } })).to.deep.equal([
        "cluster.readableSecrets: must cover the secret of the database's owner, groundwork-dev/database-owner-*, got rds!db-*: the services' users could not be made",
      ]);
      expect(unmade(generated)).to.deep.equal([]);
    });

    it("cannot be the owner", () => {
      expect(unmade({ database: { ...database, masterUsername: "shop" } })).to.deep.equal([
        "services.items.shop.uses: must not name the database in a row called shop: its user would be database.masterUsername, the owner",
      ]);
    });

    it("cannot be made where nobody knows the database by its certificate", () => {
      expect(unmade({ account: { ...account, region: "eu-west-9" } })).to.deep.equal([
        "account.region: must be one whose databases are known by their certificate, got eu-west-9: add it to components/database/authorities.pem",
      ]);
    });

    it("are nobody's concern where no row signs in", () => {
      const { services } = settingsOf("dev");
      const quiet = { cluster: { ...cluster, readableSecrets: [] }, services: { ...services, ...shop({}) } };
      expect(unmade(quiet)).to.deep.equal([]);
    });
  });

  it("may be a secret that begins as the cluster's readableSecrets do", () => {
    expect(conflicts(shop({ secrets: { KEY: { secret: "groundwork-dev/shop" } } }))).to.deep.equal([]);
  });

  it("may be a place in a group whose taint names it, but not in one of spot nodes without their capacity", () => {
    const settings = settingsOf("prod");
    const onNodes = (placement: object): readonly string[] =>
      findServiceConflicts(
        settingsSchema.parse({
          ...settings,
          cluster: {
            ...settings.cluster,
            nodeGroups: {
              main: { instanceTypes: ["t3.large"], size: { min: 3, max: 9 } },
              gpu: {
                instanceTypes: ["g5.xlarge"],
                size: { min: 0, max: 2 },
                taints: [{ key: "node-group", value: "gpu", effect: "NoSchedule" }],
              },
              spot: {
                instanceTypes: ["t3.large", "t3a.large"],
                capacity: "spot",
                size: { min: 0, max: 9 },
                taints: [{ key: "platform/capacity", value: "spot", effect: "NoSchedule" }],
              },
            },
          },
          services: { ...settings.services, ...shop({ placement }) },
        }),
      ).map(({ path }) => path.join("."));
    expect(onNodes({ nodeGroup: "gpu" })).to.deep.equal([]);
    expect(onNodes({ capacity: "spot" })).to.deep.equal([]);
    expect(onNodes({ nodeGroup: "spot", capacity: "preferSpot" })).to.deep.equal([]);
    expect(onNodes({ nodeGroup: "spot" })).to.deep.equal(["services.items.shop.placement"]);
  });

  it("is nothing in vain as the stack's file has it", () => {
    expect(conflicts({})).to.deep.equal([]);
  });
});
