import type { Cases } from "./case.ts";
import { identity } from "./identity.ts";
import { network } from "./network.ts";
import { secrets } from "./secrets.ts";
import { storage } from "./storage.ts";
import { stores } from "./stores.ts";
import { workloads } from "./workloads.ts";

const books = [storage, stores, network, identity, secrets, workloads];

/** Every case by policy. A policy that is in two books has the cases of both. */
export const caseBook: ReadonlyMap<string, Cases> = new Map(
  [...new Set(books.flatMap((book) => Object.keys(book)))].map((policy) => [
    policy,
    Object.assign({}, ...books.map((book) => book[policy])) as Cases,
  ]),
);
