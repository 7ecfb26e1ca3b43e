import { Refusal } from "../../model.ts";

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html and API_IpRange.html */
const allowed = /^[a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]{0,255}$/;

const set = "a-zA-Z0-9. _-:/()#,@[]+=&;{}!$*";

/** Refuses what EC2 does not take as the description of a security group, or of one of its rules. */
export function refuseDescription(of: "security group" | "rule", description: string | undefined): void {
  if (description === undefined || allowed.test(description)) return;
  if (of === "security group" && /[^\u0020-\u007e]/.test(description)) {
    throw new Refusal(
      "InvalidParameterValue",
      `Value (${description}) for parameter GroupDescription is invalid. Character sets beyond ASCII are not supported.`,
    );
  }
  throw new Refusal(
    "InvalidParameterValue",
    `Invalid ${of} description. Valid descriptions are strings less than 256 characters from the following set:  ${set}`,
  );
}
