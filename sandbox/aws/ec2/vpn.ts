import type { ec2 } from "@pulumi/aws";
import type { AnyBehaviour, Context, Plain } from "../behaviour.ts";
import { refined } from "../specification/refined.ts";

type Asked = Context<Plain<ec2.VpnConnectionArgs>>;

/** The number of one of the private systems, which a gateway has unless it is given another: https://docs.aws.amazon.com/vpn/latest/s2svpn/VPNTunnels.html */
const usualAsn = "64512";

/** One of the blocks of four addresses in 169.254.0.0/16 of which a tunnel takes one, and AWS's and the customer's address in it. */
function insideOf({ hex }: Asked, tunnel: string) {
  const [third = 0, fourth = 0] = ["third", "fourth"].map((byte) =>
    Number.parseInt(hex(2, `${tunnel}/${byte}`), 16),
  );
  const first = Math.floor(fourth / 4) * 4;
  const at = (offset: number): string => `169.254.${third}.${first + offset}`;
  return { cidr: `${at(0)}/30`, vgw: at(1), cgw: at(2) };
}

function outside({ hex }: Asked, tunnel: string): string {
  return `203.0.113.${Number.parseInt(hex(2, `${tunnel}/outside`), 16)}`;
}

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateVpnConnection.html: two tunnels, of which the other end may use one. */
const connection = refined<ec2.VpnConnectionArgs, ec2.VpnConnectionState>(
  "aws:ec2/vpnConnection:VpnConnection",
  {
    id: ({ hex }) => `vpn-0${hex(16)}`,
    outputs: (made) => {
      const [first, second] = [insideOf(made, "1"), insideOf(made, "2")];
      const onHub = made.inputs.transitGatewayId !== undefined;
      return {
        routes: [],
        transitGatewayAttachmentId: onHub ? `tgw-attach-0${made.hex(16, "attachment")}` : "",
        tunnel1Address: outside(made, "1"),
        tunnel1BgpAsn: usualAsn,
        tunnel1BgpHoldtime: 30,
        tunnel1CgwInsideAddress: first.cgw,
        tunnel1InsideCidr: first.cidr,
        tunnel1VgwInsideAddress: first.vgw,
        tunnel2Address: outside(made, "2"),
        tunnel2BgpAsn: usualAsn,
        tunnel2BgpHoldtime: 30,
        tunnel2CgwInsideAddress: second.cgw,
        tunnel2InsideCidr: second.cidr,
        tunnel2VgwInsideAddress: second.vgw,
        vgwTelemetries: [],
      };
    },
    seconds: { create: 240, update: 240, delete: 60 },
  },
);

/** Networks elsewhere. */
export const vpns: readonly AnyBehaviour[] = [connection];
