import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { World } from "./world.ts";

describe("a connection to a network elsewhere", () => {
  let world: World;
  let customerGatewayId: string;
  beforeEach(() => {
    world = new World();
    customerGatewayId = world.make("aws:ec2/customerGateway:CustomerGateway", "office", {
      bgpAsn: "65000",
      ipAddress: "198.51.100.7",
      type: "ipsec.1",
    }).id;
  });

  const connection = (inputs: Properties): Properties =>
    world.make("aws:ec2/vpnConnection:VpnConnection", "office", {
      ...{ customerGatewayId, type: "ipsec.1", staticRoutesOnly: true },
      ...inputs,
    }).state;

  it("has two tunnels, each with a block of four addresses inside", () => {
    const vpnGatewayId = world.make("aws:ec2/vpnGateway:VpnGateway", "main", { vpcId: world.vpc().id }).id;
    const state = connection({ vpnGatewayId });
    for (const tunnel of ["tunnel1", "tunnel2"]) {
      const [network = "", bits] = String(state[`${tunnel}InsideCidr`]).split("/");
      const bytes = network.split(".").map(Number);
      const next = (offset: number): string => [...bytes.slice(0, 3), (bytes[3] ?? 0) + offset].join(".");
      expect([bits, bytes[0], bytes[1], (bytes[3] ?? 0) % 4]).to.deep.equal(["30", 169, 254, 0]);
      expect(state[`${tunnel}VgwInsideAddress`]).to.equal(next(1));
      expect(state[`${tunnel}CgwInsideAddress`]).to.equal(next(2));
      expect(state[`${tunnel}Address`]).to.match(/^203\.0\.113\.\d+$/);
      expect(state[`${tunnel}BgpAsn`]).to.equal("64512");
    }
    expect(state.tunnel1InsideCidr).not.to.equal(state.tunnel2InsideCidr);
    expect(state.transitGatewayAttachmentId).to.equal("");
  });

  it("is an attachment of the transit gateway that it ends at", () => {
    const transitGatewayId = world.make("aws:ec2transitgateway/transitGateway:TransitGateway", "hub").id;
    expect(connection({ transitGatewayId }).transitGatewayAttachmentId).to.match(
      /^tgw-attach-0[0-9a-f]{16}$/,
    );
  });
});
