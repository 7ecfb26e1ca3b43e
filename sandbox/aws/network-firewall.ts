import type { networkfirewall } from "@pulumi/aws";
import type { AnyBehaviour, Context, Plain } from "./behaviour.ts";
import { placementOf } from "./placement.ts";
import { refined } from "./specification/refined.ts";

type Asked = Context<Plain<networkfirewall.FirewallArgs>>;

/** The endpoint in each subnet, to which route tables send what is to be looked at. */
function endpointsOf({ inputs, account, hex }: Asked) {
  return (inputs.subnetMappings ?? []).map(({ subnetId }) => ({
    availabilityZone: placementOf(account, [subnetId]).zones[0] ?? "",
    attachments: [{ endpointId: `vpce-0${hex(16, subnetId)}`, subnetId }],
  }));
}

/** https://docs.aws.amazon.com/network-firewall/latest/APIReference/API_CreateFirewall.html */
const firewall = refined<networkfirewall.FirewallArgs, networkfirewall.FirewallState>(
  "aws:networkfirewall/firewall:Firewall",
  {
    outputs: (made) => ({
      firewallStatuses: [{ syncStates: endpointsOf(made), transitGatewayAttachmentSyncStates: [] }],
    }),
    rules: [
      {
        when: ({ inputs: { subnetMappings = [] }, account }) => {
          const zones = subnetMappings.flatMap(({ subnetId }) => placementOf(account, [subnetId]).zones);
          return new Set(zones).size < zones.length;
        },
        code: "InvalidRequestException",
        says: "subnet mapping contains more than one subnet in the same Availability Zone",
      },
    ],
    settles: ["firewallStatuses"],
    seconds: { create: 420, update: 60, delete: 420 },
  },
);

/** What looks at all that passes. */
export const networkFirewalls: readonly AnyBehaviour[] = [firewall];
