import type { Cases } from "./case.ts";
import { account } from "./account.ts";
import { clusterObjects } from "./cluster-objects.ts";
import { clusters } from "./clusters.ts";
import { costs } from "./costs.ts";
import { databases } from "./databases.ts";
import { edge } from "./edge.ts";
import { escalation } from "./escalation.ts";
import { helm } from "./helm.ts";
import { identity } from "./identity.ts";
import { ingressAndRoles } from "./ingress-and-roles.ts";
import { network } from "./network.ts";
import { podNeeds } from "./pod-needs.ts";
import { podStandards } from "./pod-standards.ts";
import { reach } from "./reach.ts";
import { residency } from "./residency.ts";
import { safekeeping } from "./safekeeping.ts";
import { secrets } from "./secrets.ts";
import { storage } from "./storage.ts";
import { stores } from "./stores.ts";
import { workloads } from "./workloads.ts";

const books = [
  helm,
  storage,
  stores,
  network,
  identity,
  secrets,
  workloads,
  databases,
  edge,
  reach,
  safekeeping,
  account,
  clusterObjects,
  clusters,
  costs,
  escalation,
  ingressAndRoles,
  podNeeds,
  podStandards,
  residency,
];

/** Every case by policy. A policy that is in two books has the cases of both. */
export const caseBook: ReadonlyMap<string, Cases> = new Map(
  [...new Set(books.flatMap((book) => Object.keys(book)))].map((policy) => [
    policy,
    Object.assign({}, ...books.map((book) => book[policy])) as Cases,
  ]),
);
