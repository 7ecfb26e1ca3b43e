import type { Properties, Stored } from "../../model.ts";
import { at, isRecord, same, text } from "../../values.ts";
import type { Live } from "../api.ts";
import type { Cluster } from "../cluster.ts";
import { bindClaims } from "../controllers/claims.ts";
import type { Kind } from "../kinds.ts";
import { idOf, tokenOf } from "../names.ts";
import { sealed } from "../secrets.ts";
import { allocationsOf } from "./allocations.ts";
import { withLimitDefaults } from "./limit-ranges.ts";
import { withIdentity } from "./pod-identity.ts";
import { keysOf, ofReleaseKey } from "./objects.ts";
import { obstacleOf } from "./obstacles.ts";
import { outputsOf } from "./outputs.ts";
import type { Life } from "./outputs.ts";

/** What is settled. */
export interface Settling {
  readonly manager: string;
  readonly serial: number;
  readonly created: string;
  readonly before?: Stored;
}

/** Keeps the object, and lets the controllers act on it. */
export function settle(cluster: Cluster, kind: Kind, applied: Properties, settling: Settling): Live {
  const { manager: urn, serial, created, before } = settling;
  const id = idOf(applied);
  const token = tokenOf({ apiVersion: text(applied.apiVersion) ?? "", kind: kind.kind });
  const obstacle = obstacleOf({ cluster, kind, inputs: applied, owner: `${token} ${id}` });
  const object = outputsOf(
    cluster,
    kind,
    mutated(cluster, kind, applied),
    lifeOf(applied, settling),
    obstacle,
  );
  if (before !== undefined && before.token !== token) cluster.account.remove(before);
  cluster.account.put({
    scope: cluster.scope,
    token,
    id,
    urn,
    inputs: sealed(applied),
    state: sealed(object),
    keys: [...keysOf(kind, id, applied), ...allocationsOf(kind, object), ...releaseKeysOf(applied)],
    serial,
    created,
  });
  if (obstacle === undefined) bindClaims(cluster, kind.kind, applied);
  return { applied, object, seconds: secondsOf(kind, applied) };
}

/** What Helm has marked goes with its release. */
function releaseKeysOf({ metadata }: Properties): readonly string[] {
  const found = at(metadata, "annotations");
  const annotations = isRecord(found) ? found : {};
  const name = text(annotations["meta.helm.sh/release-name"]);
  const namespace = text(annotations["meta.helm.sh/release-namespace"]);
  return name === undefined || namespace === undefined ? [] : [ofReleaseKey(`${namespace}/${name}`)];
}

function lifeOf(applied: Properties, { serial, created, before }: Settling): Life {
  const grown = before !== undefined && same(before.inputs.spec, applied.spec) ? 0 : 1;
  const { generation = 0, resourceVersion = serial * 100 } = metadataOf(before);
  return {
    serial,
    created: created.replace(/\.\d+Z$/, "Z"),
    generation: Number(generation) + grown,
    resourceVersion: Number(resourceVersion) + 1,
  };
}

function metadataOf(thing: Stored | undefined): Properties {
  const metadata = thing?.state.metadata;
  return isRecord(metadata) ? metadata : {};
}

/** What admission plugins write into an object. */
function mutated(cluster: Cluster, kind: Kind, applied: Properties): Properties {
  if (kind.group !== "" || kind.kind !== "Pod") return applied;
  const namespace = text(at(applied, "metadata.namespace")) ?? "default";
  const spec = withIdentity(cluster, namespace, withLimitDefaults(cluster, namespace, applied.spec));
  return { ...applied, spec };
}

function secondsOf({ seconds, secondsEach }: Kind, inputs: Properties): number {
  return seconds + secondsEach * Number(at(inputs, "spec.replicas") ?? 1);
}
