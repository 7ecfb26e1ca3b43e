import type { AnyBehaviour } from "../behaviour.ts";

/** Usual seconds by what a type's name ends with; the first that fits. Those of types with an entry are AWS's own, these are of their kind. */
const classes: readonly (readonly [RegExp, NonNullable<AnyBehaviour["seconds"]>])[] = [
  [
    /(?:Association|Attachment|Policy|Setting|Settings|Configuration|Config|Permission|Tag|Rule|Record|Alias|Group|Version)$/,
    { create: 2, update: 2, delete: 2 },
  ],
  [/(?:Distribution)$/, { create: 270, update: 210, delete: 330 }],
  [/(?:Cluster|Broker|Domain|Directory|FileSystem|Warehouse)$/, { create: 900, update: 300, delete: 600 }],
  [
    /(?:Instance|Workgroup|Server|Database|Cache|Environment|Fleet)$/,
    { create: 300, update: 120, delete: 180 },
  ],
  [
    /(?:Gateway|Endpoint|Connection|Accelerator|Firewall|LoadBalancer|TransitGateway|Hsm)$/,
    { create: 120, update: 60, delete: 60 },
  ],
];

/** What most other types take, in seconds: one call and a short wait. */
const otherwise = { create: 5, update: 5, delete: 5 };

/** Usual seconds of a type without an entry, by its kind. */
export function secondsOf(token: string): NonNullable<AnyBehaviour["seconds"]> {
  return classes.find(([kind]) => kind.test(token))?.[1] ?? otherwise;
}
