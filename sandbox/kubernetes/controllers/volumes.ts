import { addonToken, clusterToken } from "../../aws/eks/references.ts";
import { subnetToken } from "../../aws/ec2/references.ts";
import { uuidOf } from "../../aws/uuid.ts";
import type { Properties, Stored } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { at, hexOf, isRecord, list, text } from "../../values.ts";
import type { Warning } from "../api.ts";
import type { Cluster } from "../cluster.ts";
import { namedIn } from "../cluster.ts";
import { exists } from "../server/existing.ts";
import { inNamespaceKey } from "../server/objects.ts";
import { amountOf } from "../quantities.ts";
import { podPathOf } from "../rules/pods.ts";
import { deleteFromAccount, ensure } from "./aws-client.ts";

const volumeToken = "aws:ebs/volume:Volume";
const provisioner = "ebs.csi.aws.com";

function classOf({ account, scope }: Cluster, spec: unknown): Properties | undefined {
  const classes = account.all("kubernetes:storage.k8s.io/v1:StorageClass", scope).map(({ inputs }) => inputs);
  const name = at(spec, "storageClassName");
  if (name === undefined) return classes.find(isDefault);
  return classes.find((one) => at(one, "metadata.name") === name);
}

function isDefault(storageClass: Properties): boolean {
  const annotations = at(storageClass, "metadata.annotations");
  return isRecord(annotations) && annotations["storageclass.kubernetes.io/is-default-class"] === "true";
}

/** Why a claim stays pending: its class does not exist, or it names none and no class is the default. */
export function volumeObstacle(cluster: Cluster, spec: unknown): Warning | undefined {
  const name = at(spec, "storageClassName");
  if (name === "" || at(spec, "volumeName") !== undefined) return undefined;
  const reason = "ProvisioningFailed";
  if (name !== undefined) {
    if (exists(cluster, "storage.k8s.io", "StorageClass", text(name) ?? "")) return undefined;
    return { reason, message: `storageclass.storage.k8s.io "${text(name) ?? ""}" not found` };
  }
  if (classOf(cluster, spec) !== undefined) return undefined;
  return { reason, message: "no persistent volumes available for this claim and no storage class is set" };
}

/** A claim of a class that waits for its first consumer stays pending until a pod mounts it. */
export function isBound(cluster: Cluster, claim: Properties): boolean {
  if (volumeObstacle(cluster, claim.spec) !== undefined) return false;
  const waits = classOf(cluster, claim.spec)?.volumeBindingMode === "WaitForFirstConsumer";
  return !waits || isMounted(cluster, claim);
}

function isMounted(cluster: Cluster, claim: Properties): boolean {
  const name = at(claim, "metadata.name");
  const namespace = text(at(claim, "metadata.namespace")) ?? "default";
  return namedIn(cluster, inNamespaceKey(namespace)).some(({ inputs }) => {
    const pod = at(inputs, podPathOf(text(inputs.kind) ?? ""));
    return list(at(pod, "volumes")).some((volume) => at(volume, "persistentVolumeClaim.claimName") === name);
  });
}

/** The driver runs as an add-on of EKS, or from its own chart. */
function hasDriver(cluster: Cluster): boolean {
  const name = cluster.scope.split("/").at(-1) ?? "";
  return (
    cluster.account.find(addonToken, `${name}:aws-ebs-csi-driver`) !== undefined ||
    namedIn(cluster, "chart aws-ebs-csi-driver").length > 0
  );
}

/** https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md */
function tagsOf(cluster: Cluster, claim: Properties): Properties {
  const name = cluster.scope.split("/").at(-1) ?? "";
  return {
    [`kubernetes.io/cluster/${name}`]: "owned",
    "ebs.csi.aws.com/cluster": "true",
    "kubernetes.io/created-for/pvc/namespace": text(at(claim, "metadata.namespace")) ?? "default",
    "kubernetes.io/created-for/pvc/name": text(at(claim, "metadata.name")) ?? "",
  };
}

/** Where the nodes are: a volume is made in the zone of the pod that mounts it. */
function zoneOf({ account, scope }: Cluster): string | undefined {
  const found = account.all(clusterToken).find(({ state }) => state.arn === scope);
  const [subnet] = list(at(found?.state, "vpcConfig.subnetIds"));
  return text(account.find(subnetToken, text(subnet) ?? "")?.state.availabilityZone);
}

/** A claim's volume as the cluster knows it. */
const persistentVolumeToken = "kubernetes:core/v1:PersistentVolume";

function persistentVolumesOf({ account, scope }: Cluster, claim: Properties): readonly Stored[] {
  return account.all(persistentVolumeToken, scope).filter(({ inputs, urn }) => {
    const reference = at(inputs, "spec.claimRef");
    return (
      urn === "" &&
      at(reference, "namespace") === at(claim, "metadata.namespace") &&
      at(reference, "name") === at(claim, "metadata.name")
    );
  });
}

/**
 * The driver's work for a claim that is to be bound: a volume in the account, and a PersistentVolume that says what becomes of it.
 * https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/parameters.md
 * @param isWanted whether a pod is known to mount it, or its class waits for none.
 * @returns why AWS does not take the volume; `undefined` when it does, or when the driver has nothing to do.
 */
export function provision(
  cluster: Cluster,
  claim: Properties,
  isWanted = isBound(cluster, claim),
): Warning | undefined {
  const storageClass = classOf(cluster, claim.spec);
  if (!isWanted || storageClass?.provisioner !== provisioner || !hasDriver(cluster)) return undefined;
  const availabilityZone = zoneOf(cluster);
  if (availabilityZone === undefined) return undefined;
  try {
    const inputs = { ...volumeOf(storageClass, claim), availabilityZone, tags: tagsOf(cluster, claim) };
    const { id } = ensure(cluster, { token: volumeToken, inputs });
    keepPersistentVolume(cluster, claim, storageClass, id);
    return undefined;
  } catch (error) {
    return notProvisioned(error);
  }
}

function notProvisioned(error: unknown): Warning {
  if (!(error instanceof Refusal)) throw error;
  return { reason: "ProvisioningFailed", message: `failed to provision volume: ${error.message}` };
}

function volumeOf(storageClass: Properties, claim: Properties): Properties {
  const { type = "gp3", encrypted, kmsKeyId, iops, throughput } = parametersOf(storageClass);
  return {
    size: Math.ceil(amountOf(at(claim, "spec.resources.requests.storage")) / 2 ** 30),
    type,
    encrypted: encrypted === "true",
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
    ...(iops === undefined ? {} : { iops: Number(iops) }),
    ...(throughput === undefined ? {} : { throughput: Number(throughput) }),
  };
}

function parametersOf(storageClass: Properties): Readonly<Record<string, string | undefined>> {
  const given = storageClass.parameters;
  return Object.fromEntries(
    Object.entries(isRecord(given) ? given : {}).map(([name, value]) => [name, String(value)]),
  );
}

function keepPersistentVolume(
  { account, scope }: Cluster,
  claim: Properties,
  storageClass: Properties,
  volumeHandle: string,
): void {
  const id = `pvc-${uuidOf(hexOf(volumeHandle, 32))}`;
  const body = {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: id },
    spec: {
      capacity: at(claim, "spec.resources.requests"),
      accessModes: at(claim, "spec.accessModes"),
      claimRef: { namespace: at(claim, "metadata.namespace"), name: at(claim, "metadata.name") },
      csi: { driver: provisioner, volumeHandle },
      persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? "Delete",
      storageClassName: at(storageClass, "metadata.name"),
    },
    status: { phase: "Bound" },
  };
  const keys = [`persistentvolumes/${id}`];
  account.put({ scope, token: persistentVolumeToken, id, urn: "", inputs: body, state: body, keys });
}

/** What becomes of a claim's volume when the claim goes: one that is retained stays, and so does one whose driver is gone. */
export function reclaim(cluster: Cluster, claim: Properties): void {
  for (const persistentVolume of persistentVolumesOf(cluster, claim)) {
    const { inputs } = persistentVolume;
    if (at(inputs, "spec.persistentVolumeReclaimPolicy") === "Retain" || !hasDriver(cluster)) continue;
    deleteFromAccount(cluster, { token: volumeToken, id: text(at(inputs, "spec.csi.volumeHandle")) ?? "" });
    cluster.account.remove(persistentVolume);
  }
}
