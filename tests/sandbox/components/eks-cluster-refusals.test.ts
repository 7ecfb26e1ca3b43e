import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { cluster } from "./a-cluster.ts";
import { refusal } from "./laboratory.ts";

describe("eks.Cluster, as the real one,", () => {
  const refusals: readonly (readonly [string, Properties, string])[] = [
    [
      "an unknown authentication mode",
      { authenticationMode: "IAM" },
      "Invalid value for authenticationMode: IAM. Allowed values are: CONFIG_MAP, API_AND_CONFIG_MAP, API.",
    ],
    [
      "access entries without a mode",
      { authenticationMode: undefined, accessEntries: {} },
      "The 'accessEntries' property is not supported when 'authenticationMode' is not set.",
    ],
    [
      "access entries in the mode of the ConfigMap",
      { authenticationMode: "CONFIG_MAP", accessEntries: {} },
      "The 'accessEntries' property is not supported when 'authenticationMode' is set to 'CONFIG_MAP'.",
    ],
    [
      "role mappings in the mode API",
      { roleMappings: [{}] },
      "The 'roleMappings' property does not support non-empty values when 'authenticationMode' is set to 'API'.",
    ],
    [
      "two ways to give subnets",
      { subnetIds: ["subnet-1"] },
      "subnetIds, and the use of publicSubnetIds and/or privateSubnetIds are mutually exclusive. Choose a single approach.",
    ],
    [
      "an allow-list for an endpoint that is not public",
      { endpointPublicAccess: false, publicAccessCidrs: ["192.0.2.0/24"] },
      "`publicAccessCidrs` can only be set when `endpointPublicAccess` is true",
    ],
    [
      "two options for one thing",
      { vpcCniOptions: { externalSnat: true, cniExternalSnat: true } },
      "Please specify one of `cniExternalSnat` or `externalSnat` in your VpcCniOptions",
    ],
    [
      "default nodes without the default security groups, since they are not simulated",
      { skipDefaultNodeGroup: undefined, skipDefaultSecurityGroups: true },
      "the sandbox does not simulate the default node group without the default security groups of eks:index:Cluster",
    ],
    [
      "default nodes without the default role, since they are not simulated",
      { skipDefaultNodeGroup: undefined, createInstanceRole: false },
      "the sandbox does not simulate the argument 'createInstanceRole' of eks:index:Cluster",
    ],
    [
      "roles for other nodes beside the default ones, since they are not simulated",
      { authenticationMode: "CONFIG_MAP", instanceRoles: [{}], skipDefaultNodeGroup: undefined },
      "the sandbox does not simulate the argument 'instanceRoles' beside default nodes of eks:index:Cluster",
    ],
    [
      "volume classes with settings, since they are not simulated",
      { storageClasses: { fast: { type: "io2" } } },
      "the sandbox does not simulate 'storageClasses' other than one volume type of eks:index:Cluster",
    ],
    [
      "an argument that it does not know",
      { fargate: true },
      "the sandbox does not simulate the argument 'fargate' of eks:index:Cluster",
    ],
  ];
  for (const [what, change, message] of refusals) {
    it(`refuses ${what}`, async () => {
      expect(await refusal(() => cluster(change))).to.equal(message);
    });
  }
});
