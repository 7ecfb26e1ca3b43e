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
      "default nodes without a role",
      { skipDefaultNodeGroup: undefined, createInstanceRole: false },
      "an instanceProfile or instanceProfileName is required",
    ],
    [
      "default nodes whose roles are only for others",
      { authenticationMode: "CONFIG_MAP", instanceRoles: [{}], skipDefaultNodeGroup: undefined },
      "an instanceProfile or instanceProfileName is required",
    ],
    [
      "one role beside several",
      { instanceRole: {}, instanceRoles: [{}], authenticationMode: "CONFIG_MAP" },
      "instanceRole and instanceRoles are mutually exclusive, and cannot both be set.",
    ],
    [
      "two ways to describe the default nodes",
      { nodeGroupOptions: { instanceType: "t3.small" }, minSize: 2 },
      "Setting nodeGroupOptions, and any set of singular node group option(s) on the cluster, is mutually exclusive. Choose a single approach.",
    ],
    [
      "Auto Mode without access entries",
      { autoMode: { enabled: true }, authenticationMode: "CONFIG_MAP" },
      "Access entries are required when using EKS Auto Mode. Use the authentication mode 'API' or 'API_AND_CONFIG_MAP'.",
    ],
    [
      "another provider for its creation",
      { creationRoleProvider: { role: {}, provider: {} } },
      "The `creationRoleProvider.provider` option is not supported in non-nodejs Pulumi programs. Please use the `providerCredentialOpts` option instead.",
    ],
    [
      "a profile that is there already, since it is not simulated",
      { instanceProfileName: "workers" },
      "the sandbox does not simulate the argument 'instanceProfileName' of eks:index:Cluster",
    ],
  ];
  for (const [what, change, message] of refusals) {
    it(`refuses ${what}`, async () => {
      expect(await refusal(() => cluster(change))).to.equal(message);
    });
  }
});
