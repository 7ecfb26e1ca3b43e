import type { secretsmanager } from "@pulumi/aws";
import { Refusal } from "../model.ts";
import { at, text } from "../values.ts";
import type { AnyBehaviour } from "./behaviour.ts";
import { refuseDocument, several, statementsOf } from "./iam/policy-documents.ts";
import { mayCall } from "./lambda/callers.ts";
import { functionToken } from "./lambda/references.ts";
import { secretToken, toSecret } from "./secretsmanager.ts";
import { refined } from "./specification/refined.ts";

/** True where a statement lets anybody in, without a condition that narrows it. */
function isPublic(document: Readonly<Record<string, unknown>>): boolean {
  return statementsOf(document).some(
    ({ Effect, Principal, Condition }) =>
      Effect === "Allow" &&
      Condition === undefined &&
      (Principal === "*" || several(at(Principal, "AWS")).includes("*")),
  );
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_PutResourcePolicy.html */
const secretPolicy = refined<secretsmanager.SecretPolicyArgs, secretsmanager.SecretPolicyState>(
  "aws:secretsmanager/secretPolicy:SecretPolicy",
  {
    references: { secretArn: toSecret },
    id: ({ inputs }) => inputs.secretArn,
    keys: () => [],
    refuses: ({ inputs }) => {
      const written = text(inputs.policy) ?? JSON.stringify(inputs.policy);
      const document = refuseDocument(written, "resource", { code: "MalformedPolicyDocumentException" });
      if (inputs.blockPublicPolicy !== true || !isPublic(document)) return;
      throw new Refusal(
        "PublicPolicyException",
        "The BlockPublicPolicy parameter is set to true, and the resource policy did not prevent broad access to the secret.",
      );
    },
    seconds: { create: 2, update: 2, delete: 2 },
  },
);

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html */
const rotation = refined<secretsmanager.SecretRotationArgs, secretsmanager.SecretRotationState>(
  "aws:secretsmanager/secretRotation:SecretRotation",
  {
    references: {
      secretId: toSecret,
      rotationLambdaArn: {
        to: functionToken,
        missing: {
          code: "ResourceNotFoundException",
          message: "Secrets Manager can't find the specified Lambda function: {value}",
        },
        holds: false,
      },
    },
    id: ({ inputs }) => inputs.secretId,
    keys: () => [],
    rules: [
      {
        // Services rotate the secrets that they made themselves.
        when: ({ inputs, account }) =>
          inputs.rotationLambdaArn === undefined &&
          account.find(secretToken, inputs.secretId)?.state.owningService === undefined,
        code: "InvalidRequestException",
        says: "No Lambda rotation function ARN is associated with this secret.",
      },
      {
        // https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
        when: ({ inputs, account }) =>
          inputs.rotationLambdaArn !== undefined &&
          !mayCall(account, "secretsmanager.amazonaws.com", inputs.rotationLambdaArn),
        code: "AccessDeniedException",
        says: "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function policy grants access to the principal secretsmanager.amazonaws.com.",
      },
    ],
    seconds: { create: 5, update: 5, delete: 2 },
  },
);

/** Who may read secrets, and what changes them. */
export const secretAccess: readonly AnyBehaviour[] = [secretPolicy, rotation];
