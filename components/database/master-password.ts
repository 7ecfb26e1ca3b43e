import { randomBytes } from "node:crypto";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { DatabaseSettings } from "./settings.ts";

/** How an instance is told about its owner's password. */
export type MasterPassword = Pick<
  aws.rds.InstanceArgs,
  "manageMasterUserPassword" | "masterUserSecretKmsKeyId" | "passwordWo" | "passwordWoVersion"
>;

/** The instance's arguments, and where the password can be read; unset where RDS makes the secret itself. */
export interface Ownership {
  readonly args: MasterPassword;
  readonly secretArn: pulumi.Output<string> | undefined;
}

/**
 * How the name of the secret with the owner's password begins. RDS calls those that it manages `rds!db-` and an id (Amazon RDS user guide,
 * "Password management with Amazon RDS and AWS Secrets Manager").
 */
export function ownerSecretPrefix({
  identifier,
  masterPassword,
}: Pick<DatabaseSettings, "identifier" | "masterPassword">): string {
  return masterPassword === "managed" ? "rds!db-" : `${identifier}/database-owner-`;
}

/**
 * The owner's password: made, rotated and kept by RDS, or made once and kept in a secret of our own where RDS cannot do it
 * (see `masterPassword` in the settings). Services need neither: they sign in with IAM.
 */
export function arrangePassword(
  name: string,
  settings: Pick<DatabaseSettings, "identifier" | "masterPassword" | "masterUsername" | "protect">,
  keyArn: pulumi.Output<string>,
  opts: pulumi.CustomResourceOptions,
): Ownership {
  if (settings.masterPassword === "managed") {
    return {
      args: { manageMasterUserPassword: true, masterUserSecretKmsKeyId: keyArn },
      secretArn: undefined,
    };
  }

  const secret = new aws.secretsmanager.Secret(
    name,
    {
      // Known by its beginning, so that it can be read into the cluster; the rest is new each time, so that a deleted one is not in the way.
      namePrefix: ownerSecretPrefix(settings),
      description: "Owner of the database, for operators",
      kmsKeyId: keyArn,
      recoveryWindowInDays: 30,
      tags: {
        rotation: "external",
        "rotation-reason": "RDS keeps no password of an instance with read replicas: operators replace it",
      },
    },
    { ...opts, protect: settings.protect },
  );
  const version = new aws.secretsmanager.SecretVersion(
    name,
    {
      secretId: secret.id,
      secretString: pulumi.secret(
        JSON.stringify({
          username: settings.masterUsername,
          password: randomBytes(30).toString("base64url"),
        }),
      ),
    },
    // Made anew by every run, kept from the first one only. Operators may put in newer ones.
    { ...opts, ignoreChanges: ["secretString"] },
  );
  const password = version.secretString.apply((text) => passwordIn(text ?? ""));
  return { args: { passwordWo: password, passwordWoVersion: 1 }, secretArn: secret.arn };
}

function passwordIn(secretString: string): string {
  const content: unknown = JSON.parse(secretString);
  if (
    typeof content === "object" &&
    content !== null &&
    "password" in content &&
    typeof content.password === "string"
  ) {
    return content.password;
  }
  throw new Error("the database's secret holds no password");
}
