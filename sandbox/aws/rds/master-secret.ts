import { hexOf } from "../../values.ts";
import type { Context, Made } from "../behaviour.ts";
import { uuidOf } from "../uuid.ts";

interface Inputs {
  readonly manageMasterUserPassword?: boolean | undefined;
  readonly masterUserSecretKmsKeyId?: string | undefined;
}

type Owner = Context<Inputs>;

/** The key that a service has in every account. */
export function awsKeyArn(
  service: string,
  { accountId, region }: Pick<Owner, "accountId" | "region">,
): string {
  return `arn:aws:kms:${region}:${accountId}:key/${uuidOf(hexOf(`${accountId}/${region}/aws/${service}`, 32))}`;
}

function identityOf(kind: "cluster" | "db", { region, accountId, hex }: Owner) {
  const name = `rds!${kind}-${uuidOf(hex(32, "secret"))}`;
  return { name, arn: `arn:aws:secretsmanager:${region}:${accountId}:secret:${name}-${hex(6, "suffix")}` };
}

/**
 * The secret that RDS keeps for a database whose password it manages, and deletes with it:
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
 */
export function masterSecretMade(kind: "cluster" | "db", owner: Owner): readonly Made[] {
  const { inputs, region } = owner;
  if (inputs.manageMasterUserPassword !== true) return [];
  const { name, arn } = identityOf(kind, owner);
  const state = { arn, name, kmsKeyId: inputs.masterUserSecretKmsKeyId, region, owningService: "rds" };
  return [{ token: "aws:secretsmanager/secret:Secret", id: arn, keys: [name], state }];
}

interface TellsSecret {
  readonly kmsKeyId: string;
  readonly secretArn: string;
  readonly secretStatus: string;
}

/** How the database speaks of it. */
export function masterUserSecrets(kind: "cluster" | "db", owner: Owner): TellsSecret[] {
  const { manageMasterUserPassword, masterUserSecretKmsKeyId } = owner.inputs;
  if (manageMasterUserPassword !== true) return [];
  const kmsKeyId = masterUserSecretKmsKeyId ?? awsKeyArn("secretsmanager", owner);
  return [{ secretArn: identityOf(kind, owner).arn, secretStatus: "active", kmsKeyId }];
}
