import type { Properties } from "../model.ts";
import { isRecord, list } from "../values.ts";
import { shape, shapeOfRecord, shapeOfText } from "./arguments.ts";
import { derive } from "./plan.ts";
import type { Child, Key } from "./plan.ts";

/** Classes of volumes that a cluster's program asks for, by their short names. */
export type StorageClasses = Readonly<Record<string, Child>>;

/** The classes that `storageClasses` means: one volume type, which is then the default, or several with their settings. */
export function expandStorageClasses(
  name: string,
  kubernetes: Key,
  args: Properties,
  waitFor: readonly Key[],
): StorageClasses {
  const type = shapeOfText(args.storageClasses);
  const wanted =
    type === undefined ? shapeOfRecord(args.storageClasses) : { [type]: { type, default: true } };
  const classes = Object.entries(wanted).map(([key, settings]): readonly [string, Child] => [
    key,
    {
      type: "kubernetes:storage.k8s.io/v1:StorageClass",
      name: `${name.toLowerCase()}-${key}`,
      inputs: classInputs(shapeOfRecord(settings)),
      dependsOn: waitFor,
      providers: { kubernetes },
    },
  ]);
  return Object.fromEntries(classes);
}

/** What goes to the class as it is. */
const classArguments = [
  "allowVolumeExpansion",
  "mountOptions",
  "reclaimPolicy",
  "volumeBindingMode",
] as const;

function classInputs(settings: Properties): Properties {
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: derive([settings.metadata, settings.default], classMetadata),
    provisioner: "kubernetes.io/aws-ebs",
    parameters: parametersOf(settings),
    ...Object.fromEntries(classArguments.map((argument) => [argument, settings[argument]])),
  };
}

function classMetadata(metadata: unknown, isDefault: unknown): Properties {
  const own = isRecord(metadata) ? metadata : {};
  if (isDefault !== true) return own;
  const mark = { "storageclass.kubernetes.io/is-default-class": "true" };
  return { ...own, annotations: { ...(isRecord(own.annotations) ? own.annotations : {}), ...mark } };
}

/** https://kubernetes.io/docs/concepts/storage/storage-classes/#aws-ebs */
function parametersOf({ type, zones, iopsPerGb, encrypted, kmsKeyId }: Properties): Properties {
  const written = (value: unknown): unknown =>
    value === undefined || shape(value) === false ? undefined : derive([value], String);
  return {
    type,
    zones: zones === undefined ? undefined : derive([zones], (known) => list(known).join(", ")),
    iopsPerGb: written(iopsPerGb),
    encrypted: written(encrypted),
    kmsKeyId,
  };
}
