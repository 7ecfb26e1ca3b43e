import type { iam } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { AnyBehaviour } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { dateOf, readBrought, rulesOfIam } from "../brought-certificates.ts";
import { refuseFirst } from "../refuse-first.ts";

const token = "aws:iam/serverCertificate:ServerCertificate";

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_UploadServerCertificate.html */
const serverCertificate = behaviour<iam.ServerCertificateArgs, iam.ServerCertificateState>(token, {
  autoname: { property: "name", max: 128 },
  scope: "global",
  id: ({ hex }) => `ASCA${hex(17).toUpperCase()}`,
  outputs: ({ inputs, accountId, created }) => {
    const brought = readBrought(inputs.certificateBody);
    return {
      arn: `arn:aws:iam::${accountId}:server-certificate${inputs.path ?? "/"}${inputs.name ?? ""}`,
      expiration: brought === undefined ? ABSENT : dateOf(brought.validTo),
      uploadDate: created,
    };
  },
  refuses: ({ inputs, account }, before) => {
    const { certificateBody: body, privateKey, certificateChain: chain, name = "" } = inputs;
    refuseFirst(rulesOfIam, { body, privateKey, chain });
    if (before !== undefined || account.find(token, name) === undefined) return;
    throw new Refusal("EntityAlreadyExists", `The Server Certificate with name ${name} already exists.`);
  },
  inUse: "DeleteConflict",
  seconds: { create: 1, update: 1, delete: 1 },
});

/** Certificates for where ACM does not reach. */
export const serverCertificates: readonly AnyBehaviour[] = [serverCertificate];
