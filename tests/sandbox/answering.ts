import { setImmediate } from "node:timers/promises";
import type { Awaitable, Immediate } from "../../sandbox/answers.ts";
import type { ClusterApi, Connection } from "../../sandbox/kubernetes/api.ts";

/** The answer of who answers at once. @throws Error for one that comes later */
export function atOnce<Answer>(answer: Awaitable<Answer>): Answer {
  if (answer instanceof Promise) throw new Error("this is answered later");
  return answer;
}

/** The answer as it comes over a network: later, what is refused too, and not in the order in which it was asked for. */
export async function later<Answer>(ask: () => Answer): Promise<Answer> {
  asked += 1;
  for (let turns = 1 + (asked % 3); turns > 0; turns -= 1) await setImmediate();
  return ask();
}

let asked = 0;

/** The same cluster, asked over a network. */
export function distant({ api, namespace }: Immediate<Connection>): Connection {
  return { api: distantServer(api), namespace };
}

function distantServer({ helm, ...near }: Immediate<ClusterApi>): ClusterApi {
  return {
    discover: (apiVersion, kind) => later(() => near.discover(apiVersion, kind)),
    capabilities: () => later(() => near.capabilities()),
    judge: (object) => later(() => near.judge(object)),
    get: (address) => later(() => near.get(address)),
    create: (object, manager) => later(() => near.create(object, manager)),
    apply: (object, manager, onServer) => later(() => near.apply(object, manager, onServer)),
    patch: (object, options) => later(() => near.patch(object, options)),
    relinquish: (address, owner) =>
      later(() => {
        near.relinquish(address, owner);
      }),
    delete: (address) => later(() => near.delete(address)),
    warnings: (address) => later(() => near.warnings(address)),
    helm: {
      locate: (release) => later(() => helm.locate(release)),
      get: (id) => later(() => helm.get(id)),
      install: (release, manager) => later(() => helm.install(release, manager)),
      upgrade: (id, release, manager) => later(() => helm.upgrade(id, release, manager)),
      uninstall: (id) => later(() => helm.uninstall(id)),
    },
  };
}
