import { define } from "../../kernel/define.ts";
import { items } from "../../kernel/read.ts";

/** A launch template takes true or the text "true". */
function isOn(flag: boolean | string | undefined): boolean {
  return String(flag) === "true";
}

export const ebsEncrypted = define({
  name: "ebs-encrypted",
  description: "Block storage is encrypted.",
  severity: "high",
  controls: { fsbp: ["EC2.3", "EC2.181"], cis: ["2.2.1"], ckv: ["CKV_AWS_3", "CKV_AWS_8", "CKV_AWS_189"] },
  remediation: "Set encrypted on the volume and in every block device mapping, the root volume's included.",
  checks: {
    "aws:ebs/volume:Volume": [({ encrypted }) => encrypted !== true && "encrypted is not true: set it."],
    "aws:ec2/instance:Instance": [
      ({ rootBlockDevice }) =>
        rootBlockDevice?.encrypted !== true && "rootBlockDevice.encrypted is not true: set it.",
      ({ ebsBlockDevices }) =>
        items(ebsBlockDevices)
          .filter(({ encrypted }) => encrypted !== true)
          .map(({ deviceName }) => `ebsBlockDevices ${deviceName} is not encrypted: set encrypted.`),
    ],
    "aws:ec2/launchTemplate:LaunchTemplate": [
      ({ blockDeviceMappings }) =>
        items(blockDeviceMappings).length === 0 &&
        "blockDeviceMappings is empty: map the image's root volume with ebs.encrypted, or it stays as the image has it.",
      ({ blockDeviceMappings }) =>
        items(blockDeviceMappings)
          .filter(({ ebs }) => ebs !== undefined && !isOn(ebs.encrypted))
          .map(
            ({ deviceName }) =>
              `blockDeviceMappings ${deviceName ?? "without a name"} is not encrypted: set ebs.encrypted.`,
          ),
    ],
  },
});
