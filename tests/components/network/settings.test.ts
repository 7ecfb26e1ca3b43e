import { expect } from "chai";

import { networkSettings } from "../../../components/network/settings.ts";
import { itRefuses, reportOf } from "../refusals.ts";
import { networkWith } from "./settings.ts";

const zones = ["eu-west-1a", "eu-west-1b"];
const subnets = {
  public: ["10.0.48.0/24", "10.0.49.0/24"],
  private: ["10.0.0.0/24", "10.0.1.0/24"],
  database: ["10.0.52.0/24", "10.0.53.0/24"],
};

describe("settings of the network", () => {
  it("accept a planned layout", () => {
    expect(reportOf(networkSettings, networkWith())).to.deep.equal([]);
  });

  it("accept explicit blocks grouped by tier", () => {
    expect(reportOf(networkSettings, networkWith({ subnets }))).to.deep.equal([]);
  });

  it("accept a network without database subnets", () => {
    const two = { public: subnets.public, private: subnets.private };
    expect(reportOf(networkSettings, networkWith({ subnets: two, networkAcls: "default" }))).to.deep.equal(
      [],
    );
  });

  it("accept no NAT once nodes can join the cluster without it", () => {
    const interfaceEndpoints = ["ec2", "ecr.api", "ecr.dkr", "eks", "eks-auth", "sts"] as const;
    const network = networkWith({ nat: "none", interfaceEndpoints: [...interfaceEndpoints] });
    expect(reportOf(networkSettings, network)).to.deep.equal([]);
  });

  itRefuses(networkSettings, { ...networkWith() }, [
    ["a single zone", { zones: ["eu-west-1a"] }, "zones: must be 2 or 3 zones, got 1: RDS needs two"],
    [
      "four zones",
      { zones: [...zones, "eu-west-1c", "eu-west-1d"] },
      "zones: must be 2 or 3 zones, got 4: a fourth costs more than it protects",
    ],
    [
      "the same zone twice",
      { zones: ["eu-west-1a", "eu-west-1a"] },
      "zones: must be different zones, got eu-west-1a, eu-west-1a",
    ],
    [
      "zones of two regions",
      { zones: ["eu-west-1a", "eu-west-2b"] },
      "zones: must be zones of one region, got eu-west-1a, eu-west-2b",
    ],
    [
      "a region in place of a zone",
      { zones: ["eu-west-1a", "eu-west-1"] },
      "zones[1]: must be the name of a zone, such as eu-west-1a, got eu-west-1",
    ],
    [
      "an address that is not the first of its block",
      { cidr: "10.0.1.0/16" },
      "cidr: must be the first address of a block and its size, such as 10.0.0.0/16, got 10.0.1.0/16",
    ],
    [
      "a VPC larger than AWS allows",
      { cidr: "10.0.0.0/8", subnets },
      "cidr: must be a block from /16 to /28, got 10.0.0.0/8",
    ],
    [
      "a VPC too small to be planned",
      { cidr: "10.0.0.0/22" },
      "cidr: must be a block from /16 to /21, got 10.0.0.0/22: give subnets explicit blocks, or the VPC another size",
    ],
    [
      "a word that is no layout",
      { subnets: "auto" },
      "subnets: must be planned or a group of settings, got auto",
    ],
    [
      "fewer blocks than zones",
      { subnets: { ...subnets, public: ["10.0.48.0/24"] } },
      "subnets.public: must be one block per zone, got 1 for 2 zones",
    ],
    [
      "a subnet outside the VPC",
      { subnets: { ...subnets, private: ["10.0.0.0/24", "10.1.1.0/24"] } },
      "subnets.private[1]: must lie inside the VPC's 10.0.0.0/16, got 10.1.1.0/24",
    ],
    [
      "subnets that overlap",
      { subnets: { ...subnets, database: ["10.0.52.0/24", "10.0.1.128/25"] } },
      "subnets.database[1]: must not overlap another subnet, got 10.0.1.128/25, which shares addresses with 10.0.1.0/24",
    ],
    [
      "a public subnet too small for a load balancer",
      { subnets: { ...subnets, public: ["10.0.48.0/28", "10.0.49.0/24"] } },
      "subnets.public[0]: must be a /27 or larger, got 10.0.48.0/28: a load balancer needs a /27",
    ],
    [
      "a private subnet too small for pods",
      { subnets: { ...subnets, private: ["10.0.0.0/25", "10.0.1.0/24"] } },
      "subnets.private[0]: must be a /24 or larger, got 10.0.0.0/25: every pod takes an address",
    ],
    [
      "a subnet that is no block",
      { subnets: { ...subnets, private: ["10.0.0.300/24", "10.0.1.0/24"] } },
      "subnets.private[0]: must be the first address of a block and its size, such as 10.0.1.0/24, got 10.0.0.300/24",
    ],
    [
      "rules around database subnets that do not exist",
      { subnets: { public: subnets.public, private: subnets.private } },
      "networkAcls: must be default, got database: there are no database subnets",
    ],
    [
      "no NAT where nodes could not join the cluster",
      { nat: "none", interfaceEndpoints: ["ec2", "sts"] },
      "interfaceEndpoints: must also name ecr.api, ecr.dkr, eks, eks-auth with nat none, got ec2, sts: nodes join the cluster through them",
    ],
    [
      "an endpoint named twice",
      { interfaceEndpoints: ["sts", "sts"] },
      "interfaceEndpoints[1]: must be named once, got sts again",
    ],
    ["an unknown kind of NAT", { nat: "two" }, "nat: must be one of none, single, perZone, got two"],
    ["a misspelt setting", { natt: "single" }, "natt: is not a setting: did you mean nat"],
    [
      "a retention CloudWatch does not know",
      { flowLogs: { traffic: "ALL", retentionDays: 8, protect: false } },
      "flowLogs.retentionDays: must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, got 8",
    ],
  ]);
});
