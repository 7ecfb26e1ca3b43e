import { UNKNOWN } from "../fixtures/values.ts";
import type { Case, CaseBook } from "./case.ts";

interface Machine {
  readonly metadataOptions?: {
    readonly httpEndpoint?: string;
    readonly httpTokens?: string;
    readonly httpPutResponseHopLimit?: number;
  };
}

const forged = "set required, or a request that is forged in the machine gets its role.";
const machines: readonly Case<Machine>[] = [
  {
    when: "nothing is said about its metadata service",
    patch: { metadataOptions: undefined },
    finds: [
      `metadataOptions.httpTokens is not set: ${forged}`,
      "metadataOptions.httpPutResponseHopLimit is not set, and 2 with images that demand tokens: set 1.",
    ],
  },
  {
    when: "no token is asked for",
    patch: { metadataOptions: { httpTokens: "optional", httpPutResponseHopLimit: 1 } },
    finds: `metadataOptions.httpTokens is optional: ${forged}`,
  },
  {
    when: "its containers are answered too",
    patch: { metadataOptions: { httpTokens: "required", httpPutResponseHopLimit: 2 } },
    finds: "metadataOptions.httpPutResponseHopLimit is 2: set 1.",
  },
  { when: "it has no metadata service", patch: { metadataOptions: { httpEndpoint: "disabled" } } },
  { when: "the options are not known yet", patch: { metadataOptions: UNKNOWN }, defers: true },
];
const awsAuth =
  "the ConfigMap aws-auth grants access to the cluster where no access entry shows it: make access entries.";
const inSupport = "move to one in standard support, 1.34 or 1.35.";

/** What the policies on clusters make of single resources. */
export const clusters: CaseBook = {
  "eks-control-plane-logs": {
    "aws:eks/cluster:Cluster": [
      {
        when: "no logs are written",
        patch: { enabledClusterLogTypes: undefined },
        finds:
          "enabledClusterLogTypes lacks api, audit, authenticator, controllerManager, scheduler: add what is missing.",
      },
      {
        when: "some logs are written",
        patch: { enabledClusterLogTypes: ["api", "audit", "authenticator"] },
        finds: "enabledClusterLogTypes lacks controllerManager, scheduler: add what is missing.",
      },
      {
        when: "staging writes what says who did what",
        patch: { enabledClusterLogTypes: ["api", "audit", "authenticator"] },
        stack: "staging",
      },
      { when: "the logs are not known yet", patch: { enabledClusterLogTypes: UNKNOWN }, defers: true },
    ],
  },
  "eks-supported-version": {
    "aws:eks/cluster:Cluster": [
      {
        when: "the version is left to AWS",
        patch: { version: undefined },
        finds: "version is not set, so AWS picks one: pin it.",
      },
      { when: "the version is old", patch: { version: "1.31" }, finds: `version is 1.31: ${inSupport}` },
      {
        when: "support is prolonged by default",
        patch: { upgradePolicy: undefined },
        finds:
          "upgradePolicy.supportType is not set, and AWS's default is EXTENDED: set STANDARD, since extended support costs six times as much.",
      },
      { when: "the version is not known yet", patch: { version: UNKNOWN }, defers: true },
    ],
    "aws:eks/nodeGroup:NodeGroup": [
      {
        when: "the version is left to AWS",
        patch: { version: undefined },
        finds: "version is not set, so nodes stay behind when the cluster moves: pin it to the cluster's.",
      },
      { when: "the version is old", patch: { version: "1.30" }, finds: `version is 1.30: ${inSupport}` },
      { when: "an image of one's own says it", patch: { version: undefined, amiType: "CUSTOM" } },
    ],
  },
  "eks-access-api-mode": {
    "aws:eks/cluster:Cluster": [
      {
        when: "nothing is said about access",
        patch: { accessConfig: undefined },
        finds: [
          "accessConfig.authenticationMode is not set, and AWS's default is CONFIG_MAP: set API.",
          "accessConfig.bootstrapClusterCreatorAdminPermissions is not false: set it to false, since AWS's default makes whoever deploys an administrator that no entry names.",
        ],
      },
      {
        when: "whoever makes the cluster administers it",
        patch: { accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true } },
        finds:
          "accessConfig.bootstrapClusterCreatorAdminPermissions is not false: set it to false, since AWS's default makes whoever deploys an administrator that no entry names.",
      },
      {
        when: "the ConfigMap counts as well",
        patch: {
          accessConfig: {
            authenticationMode: "API_AND_CONFIG_MAP",
            bootstrapClusterCreatorAdminPermissions: false,
          },
        },
        finds: "accessConfig.authenticationMode is API_AND_CONFIG_MAP: set API.",
      },
    ],
    "kubernetes:core/v1:ConfigMap": [
      {
        when: "it is aws-auth",
        patch: { metadata: { name: "aws-auth", namespace: "kube-system" } },
        finds: awsAuth,
      },
      { when: "it has that name elsewhere", patch: { metadata: { name: "aws-auth", namespace: "shop" } } },
    ],
    "kubernetes:core/v1:ConfigMapPatch": [
      {
        when: "it is aws-auth",
        patch: { metadata: { name: "aws-auth", namespace: "kube-system" } },
        finds: awsAuth,
      },
    ],
  },
  "eks-node-imdsv2": {
    "aws:ec2/launchTemplate:LaunchTemplate": machines,
    "aws:ec2/launchConfiguration:LaunchConfiguration": machines,
    "aws:ec2/instance:Instance": machines,
  },
  "eks-node-no-ssh-modern-ami": {
    "aws:eks/nodeGroup:NodeGroup": [
      {
        when: "it is open for logins",
        patch: { remoteAccess: { ec2SshKey: "ops" } },
        finds: "remoteAccess is set, which opens port 22 of every node: take it out.",
      },
      {
        when: "its image is no longer mended",
        patch: { amiType: "AL2_x86_64" },
        finds: "amiType is AL2_x86_64: choose one of AL2023_*, BOTTLEROCKET_*.",
      },
      {
        when: "its image is left to AWS",
        patch: { amiType: undefined },
        finds: "amiType is not set: choose one of AL2023_*, BOTTLEROCKET_*.",
      },
      {
        when: "it has no template",
        patch: { launchTemplate: undefined },
        finds:
          "launchTemplate is not set, so the nodes' disks and metadata service are as AWS has them: give one.",
      },
      { when: "its image is Bottlerocket", patch: { amiType: "BOTTLEROCKET_ARM_64" } },
      { when: "the template is not known yet", patch: { launchTemplate: UNKNOWN } },
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      {
        when: "it has a key to log in with",
        patch: { keyName: "ops" },
        finds: "keyName is set: take it out, and log in to no node.",
      },
    ],
  },
};
