import type { NetworkSettings } from "../../../components/network/settings.ts";

/** The smallest network that is accepted. */
export function networkWith(change: Partial<NetworkSettings> = {}): NetworkSettings {
  return {
    cidr: "10.0.0.0/16",
    zones: ["eu-west-1a", "eu-west-1b"],
    subnets: "planned",
    nat: "single",
    networkAcls: "database",
    interfaceEndpoints: [],
    flowLogs: { traffic: "REJECT", retentionDays: 7, protect: false },
    ...change,
  };
}
