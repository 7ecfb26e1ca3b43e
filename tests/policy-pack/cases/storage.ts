import { account, iam, otherAccount, UNKNOWN } from "../fixtures/values.ts";
import type { CaseBook } from "./case.ts";
import { outdatedBuckets } from "./outdated.ts";

const readAll = { Action: "s3:GetObject", Resource: "arn:aws:s3:::frontend-site/*" };
const everyone = "policy allows everyone s3:getobject: name the principals or add a narrowing condition.";

/** What the policies on storage make of single resources. */
export const storage: CaseBook = {
  "s3-public-access-block-flags": {
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": [
      {
        when: "a flag is false",
        patch: { blockPublicAcls: false },
        finds: "blockPublicAcls is not true: set it, since AWS takes a flag that is left out as false.",
      },
      {
        when: "two flags are left out",
        patch: { ignorePublicAcls: undefined, restrictPublicBuckets: undefined },
        finds:
          "ignorePublicAcls, restrictPublicBuckets is not true: set it, since AWS takes a flag that is left out as false.",
      },
      {
        when: "it would be left behind",
        patch: { skipDestroy: true },
        finds: "skipDestroy is true, so the block would outlive the program unmanaged: leave it unset.",
      },
    ],
    "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": [
      {
        when: "a flag is left out",
        patch: { blockPublicPolicy: undefined },
        finds: "blockPublicPolicy is not true: set it, since AWS takes a flag that is left out as false.",
      },
    ],
  },
  "s3-no-public-bucket-policy": {
    "aws:s3/bucketPolicy:BucketPolicy": [
      { when: "everyone may read", patch: { policy: iam({ ...readAll, Principal: "*" }) }, finds: everyone },
      {
        when: "any account may read",
        patch: { policy: iam({ ...readAll, Principal: { AWS: ["*"] } }) },
        finds: everyone,
      },
      {
        when: "everyone but one may read",
        patch: { policy: iam({ ...readAll, NotPrincipal: { AWS: `arn:aws:iam::${account}:user/eve` } }) },
        finds: everyone,
      },
      {
        when: "the condition holds where its key is absent",
        patch: {
          policy: iam({
            ...{ ...readAll, Principal: "*" },
            Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } },
          }),
        },
        finds: everyone,
      },
      {
        when: "everyone of the organisation may read",
        patch: {
          policy: iam({
            ...readAll,
            Principal: "*",
            Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
          }),
        },
      },
      {
        when: "what comes from the buckets of one name may read",
        patch: {
          policy: iam({
            ...{ ...readAll, Principal: "*" },
            Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::site-*" } },
          }),
        },
      },
      {
        when: "what comes from any bucket may read",
        patch: {
          policy: iam({
            ...{ ...readAll, Principal: "*" },
            Condition: { ArnLike: { "aws:SourceArn": "arn:aws:s3:::*" } },
          }),
        },
        finds: everyone,
      },
      {
        when: "a role of any account may read",
        patch: {
          policy: iam({
            ...{ ...readAll, Principal: "*" },
            Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/reader" } },
          }),
        },
        finds: everyone,
      },
      {
        when: "half of all addresses may read",
        patch: {
          policy: iam({
            ...{ ...readAll, Principal: "*" },
            Condition: { IpAddress: { "aws:SourceIp": ["0.0.0.0/1", "203.0.113.0/24"] } },
          }),
        },
        finds: everyone,
      },
      {
        when: "another account may read",
        patch: { policy: iam({ ...readAll, Principal: { AWS: `arn:aws:iam::${otherAccount}:root` } }) },
        finds: `policy allows account ${otherAccount} s3:getobject: add the account to trustedAccounts if that is meant.`,
      },
      {
        when: "a role of the own account may read",
        patch: { policy: iam({ ...readAll, Principal: { AWS: account } }) },
      },
      { when: "the document is not known yet", patch: { policy: UNKNOWN }, defers: true },
    ],
  },
  "s3-split-resources-only": {
    "aws:s3/bucket:Bucket": [
      {
        when: "versioning is set inline",
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- the policy is about what is deprecated
        patch: { versioning: { enabled: true } },
        finds: "versioning is set on the bucket: use its own resource.",
      },
      {
        when: "logs and a website are set inline",
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- the policy is about what is deprecated
        patch: { logging: { targetBucket: "logs" }, website: { indexDocument: "index.html" } },
        finds: [
          "logging is set on the bucket: use its own resource.",
          "website is set on the bucket: use its own resource.",
        ],
      },
      {
        when: "the policy is inline",
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- the policy is about what is deprecated
        patch: { policy: UNKNOWN },
        finds: "policy is set on the bucket: use its own resource.",
      },
    ],
    ...outdatedBuckets,
  },
  "ebs-encrypted": {
    "aws:ebs/volume:Volume": [
      { when: "encrypted is false", patch: { encrypted: false }, finds: "encrypted is not true: set it." },
      {
        when: "encrypted is left out",
        patch: { encrypted: undefined },
        finds: "encrypted is not true: set it.",
      },
      { when: "encrypted is not known yet", patch: { encrypted: UNKNOWN }, defers: true },
    ],
    "aws:ec2/instance:Instance": [
      {
        when: "nothing is said about the root volume",
        patch: { rootBlockDevice: undefined },
        finds: "rootBlockDevice.encrypted is not true: set it.",
      },
      {
        when: "a second volume is in the clear",
        patch: { ebsBlockDevices: [{ deviceName: "/dev/xvdc" }] },
        finds: "ebsBlockDevices /dev/xvdc is not encrypted: set encrypted.",
      },
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      {
        when: "no volume is mapped",
        patch: { blockDeviceMappings: [] },
        finds:
          "blockDeviceMappings is empty: map the image's root volume with ebs.encrypted, or it stays as the image has it.",
      },
      {
        when: "a mapped volume is in the clear",
        patch: { blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "false" } }] },
        finds: "blockDeviceMappings /dev/xvda is not encrypted: set ebs.encrypted.",
      },
    ],
  },
  "efs-encrypted": {
    "aws:efs/fileSystem:FileSystem": [
      {
        when: "encrypted is left out",
        patch: { encrypted: undefined },
        finds: "encrypted is not true: set it.",
      },
    ],
  },
  "k8s-storageclass-encrypted": {
    "kubernetes:storage.k8s.io/v1:StorageClass": [
      {
        when: "encryption is left out",
        patch: { parameters: { type: "gp3" } },
        finds: 'parameters.encrypted is not "true": set it.',
      },
      {
        when: "the driver goes by its old name",
        patch: { provisioner: "kubernetes.io/aws-ebs", parameters: { type: "gp3" } },
        finds: 'parameters.encrypted is not "true": set it.',
      },
      {
        when: "the driver is that of EKS Auto Mode",
        patch: { provisioner: "ebs.csi.eks.amazonaws.com", parameters: { type: "gp3" } },
        finds: 'parameters.encrypted is not "true": set it.',
      },
      {
        when: "it makes gp2",
        patch: { parameters: { type: "gp2", encrypted: "true" } },
        finds: "parameters.type is gp2: use gp3.",
      },
      {
        when: "volumes are made at once",
        patch: { volumeBindingMode: undefined },
        finds:
          "volumeBindingMode is not set: use WaitForFirstConsumer, or volumes are made in a zone without their pod.",
      },
      {
        when: "it belongs to another driver",
        patch: { provisioner: "efs.csi.aws.com", parameters: undefined },
      },
    ],
  },
};
