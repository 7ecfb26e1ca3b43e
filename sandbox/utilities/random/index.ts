import type { AnyUtility } from "../model.ts";
import type { UtilityPackage } from "../provider.ts";
import { bytes } from "./bytes.ts";
import { numbers } from "./numbers.ts";
import { pets } from "./pets.ts";
import { strings } from "./strings.ts";
import { uuids } from "./uuids.ts";

const resources: readonly AnyUtility[] = [bytes, numbers, pets, strings, uuids].flat();

/** `@pulumi/random`, which has no functions: https://www.pulumi.com/registry/packages/random/ */
export const random: UtilityPackage = { resources, functions: {} };
