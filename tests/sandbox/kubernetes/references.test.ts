import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { Unready } from "../../../sandbox/unready.ts";
import { World, but, deployment, release, releaseType, repos, running } from "./world.ts";

const short = "Minimum number of live Pods was not attained: ";
const fromSecret = running({ envFrom: [{ secretRef: { name: "database" } }] });

function mounting(volume: Properties): Properties {
  const mounted = running({ volumeMounts: [{ name: "files", mountPath: "/files" }] });
  return but(mounted, "spec/template/spec/volumes", [{ name: "files", ...volume }]);
}

describe("A Deployment never becomes ready where", () => {
  const cases: readonly (readonly [title: string, inputs: Properties, reason: string])[] = [
    ["a Secret of its environment is missing", fromSecret, '[Failed] Error: secret "database" not found'],
    [
      "a ConfigMap of one variable is missing",
      running({ env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "settings", key: "a" } } }] }),
      '[Failed] Error: configmap "settings" not found',
    ],
    [
      "a Secret that it mounts is missing",
      mounting({ secret: { secretName: "tls" } }),
      '[FailedMount] MountVolume.SetUp failed for volume "files" : secret "tls" not found',
    ],
    [
      "a ConfigMap in a projected volume is missing",
      mounting({ projected: { sources: [{ configMap: { name: "settings" } }] } }),
      '[FailedMount] MountVolume.SetUp failed for volume "files" : configmap "settings" not found',
    ],
    [
      "a claim that it mounts is missing",
      mounting({ persistentVolumeClaim: { claimName: "data" } }),
      '[FailedScheduling] persistentvolumeclaim "data" not found',
    ],
    [
      "its priority class is missing",
      but(deployment, "spec/template/spec/priorityClassName", "high"),
      '[ReplicaFailure] pods "web-" is forbidden: no PriorityClass with name high was found',
    ],
  ];
  for (const [title, inputs, reason] of cases) {
    it(title, () => {
      expect(() => new World().make("apps/v1:Deployment", inputs)).to.throw(Unready, short + reason);
    });
  }
});

describe("A Deployment becomes ready where", () => {
  const isMade = (world: World, inputs = fromSecret) => {
    expect(world.make("apps/v1:Deployment", inputs).id).to.equal("default/web");
  };

  it("what it refers to is there", () => {
    const world = new World();
    world.make("core/v1:Secret", { metadata: { name: "database" } });
    isMade(world);
  });

  it("the reference is optional", () => {
    isMade(new World(), running({ envFrom: [{ secretRef: { name: "database", optional: true } }] }));
  });

  it("an ExternalSecret makes the Secret", () => {
    const world = new World();
    const repo = "https://charts.external-secrets.io";
    world.make("core/v1:Namespace", { metadata: { name: "eso" } });
    world.make(releaseType, { ...release("external-secrets", repo), namespace: "eso" });
    const spec = {
      secretStoreRef: { name: "aws", kind: "ClusterSecretStore" },
      target: { name: "database" },
    };
    world.make("external-secrets.io/v1:ExternalSecret", { metadata: { name: "db" }, spec });
    isMade(world);
  });

  it("a chart in the namespace may make it", () => {
    const world = new World();
    world.make(releaseType, { ...release("cert-manager", repos.jetstack), namespace: "default" });
    isMade(world);
  });

  it("its priority is one that every cluster has", () => {
    isMade(new World(), but(deployment, "spec/template/spec/priorityClassName", "system-cluster-critical"));
  });
});
