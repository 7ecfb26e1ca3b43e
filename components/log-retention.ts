import { z } from "zod";

/** Retention periods CloudWatch Logs knows, in days (API reference, PutRetentionPolicy). Seven years are 2557. */
export const logRetentionDays = z.literal([
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
]);
