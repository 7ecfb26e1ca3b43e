import type { Definition } from "../../kernel/definition.ts";
import { costBudgetPresent } from "./cost-budget-present.ts";
import { costGp3Storage } from "./cost-gp3-storage.ts";
import { costInstanceAllowList } from "./cost-instance-allow-list.ts";
import { costNatGatewayCount } from "./cost-nat-gateway-count.ts";
import { tagsRequired } from "./tags-required.ts";
import { tagsValidValues } from "./tags-valid-values.ts";

/** The policies on cost and tagging. */
export const costAndTagging: readonly Definition[] = [
  costBudgetPresent,
  costGp3Storage,
  costInstanceAllowList,
  costNatGatewayCount,
  tagsRequired,
  tagsValidValues,
];
