import { z } from "zod";

/**
 * A name in lower case with at least one dot (RFC 1035, section 2.3.1), without a final one. A certificate takes 64 characters for
 * its first name (AWS Certificate Manager user guide, "Request a public certificate").
 */
const hostname = z
  .string()
  .max(64)
  .regex(
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
    "must be none or a domain in lower case, such as staging.example.com",
  );

/** Settings of the domain. */
export const domainSettings = z.strictObject({
  zone: z
    .union([z.literal("none"), hostname])
    .describe(
      "domain this stack answers under, or none. The zone's name servers must be entered at the parent domain during the first deploy, which waits for them up to 75 minutes. $0.50 a month",
    ),
  protect: z
    .boolean()
    .describe(
      "whether Pulumi refuses to delete the zone: a new one has other name servers, and nothing is found until the parent domain names them",
    ),
});

/** Settings of the domain, checked. */
export type DomainSettings = Readonly<z.infer<typeof domainSettings>>;
