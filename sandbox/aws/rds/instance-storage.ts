import type { Rule } from "../refuse-first.ts";
import { smallestGbOf } from "./engines.ts";
import { gp3Of } from "./gp3.ts";
import type { Request } from "./request.ts";

const combination = "InvalidParameterCombination";

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.StorageTypes.html */
export const storage: readonly Rule<Request>[] = [
  {
    when: ({ size, engine, inputs }) =>
      size < smallestGbOf(engine, inputs.storageType) && inputs.snapshotIdentifier === undefined,
    code: "InvalidParameterValue",
    says: ({ size, engine, inputs }) =>
      `Invalid storage size for engine name ${engine} and storage type ${inputs.storageType ?? "gp2"}: ${size}`,
  },
  {
    when: ({ size, oldSize }) => size < oldSize,
    code: combination,
    says: "The allocated storage of a DB instance cannot be reduced.",
  },
  {
    when: ({ size, inputs: { maxAllocatedStorage: most = 0 } }) => most !== 0 && most < size * 1.1,
    code: combination,
    says: "The maximum allocated storage must be increased by at least 10 percent.",
  },
  {
    when: ({ size, engine, inputs: { storageType, iops, storageThroughput } }) =>
      storageType === "gp3" && size < gp3Of(engine).stripedGb && (iops ?? storageThroughput) !== undefined,
    code: combination,
    says: ({ engine }) =>
      `You can't specify IOPS or storage throughput for engine ${engine} and a storage size less than ${gp3Of(engine).stripedGb}.`,
  },
  {
    when: ({ engine, inputs: { storageType, iops = 0 } }) =>
      storageType === "gp3" && iops !== 0 && iops < gp3Of(engine).leastIops,
    code: combination,
    says: ({ engine, inputs }) =>
      `Invalid iops value for engine name ${engine} and storage type gp3: ${inputs.iops ?? 0}`,
  },
  {
    when: ({ copied, inputs: { storageType = "", iops } }) =>
      !copied && storageType.startsWith("io") && iops === undefined,
    code: combination,
    says: ({ inputs }) => `The storage type ${inputs.storageType ?? ""} requires iops to be specified.`,
  },
];
