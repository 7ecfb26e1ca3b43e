import { defineStack } from "../../kernel/define.ts";
import { whole } from "../../kernel/params.ts";
import { property } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";
import { partners } from "../../reading/relations.ts";

type Rotation = Props<"aws:secretsmanager/secretRotation:SecretRotation">;

/** Days between rotations; undefined where only a calendar says it, which is then trusted. */
function daysOf({ rotationRules: rules }: Rotation): number | undefined {
  const rate = /^rate\((\d+) (hour|day)s?\)$/.exec(rules?.scheduleExpression ?? "");
  if (rate === null) return rules?.automaticallyAfterDays;
  return rate[2] === "hour" ? Number(rate[1]) / 24 : Number(rate[1]);
}

export const secretRotation = defineStack({
  name: "secret-rotation",
  description: "Secrets are replaced now and then, by a machine or by somebody who said why.",
  severity: "medium",
  controls: { fsbp: ["SecretsManager.1", "SecretsManager.4"], ckv: ["CKV2_AWS_57", "CKV_AWS_304"] },
  remediation:
    "Add an aws.secretsmanager.SecretRotation; where a service rotates by itself tag the secret rotation=managed, where operators do rotation=external with rotation-reason.",
  params: { maxDays: whole(90, "Days after which a secret must have been replaced.") },
  checks: {
    "aws:secretsmanager/secret:Secret": [
      (secret, graph, { maxDays }) => {
        const type = "aws:secretsmanager/secretRotation:SecretRotation";
        const found = partners(secret, graph, [type], "secretId");
        const late = found.map(({ props }) => daysOf(props) ?? 0).find((days) => days > maxDays);
        if (late !== undefined)
          return `the secret is replaced every ${late} days: do it every ${maxDays} days or more often.`;
        if (found.length > 0) return undefined;
        const { tags } = secret.props;
        const kind = property(tags, "rotation");
        if (kind === "external")
          return (
            property(tags, "rotation-reason") === undefined &&
            "tag rotation is external without a reason: say in the tag rotation-reason why nothing rotates it."
          );
        return (
          kind !== "managed" &&
          "no SecretRotation points to the secret: add one, or tag it rotation=managed or rotation=external."
        );
      },
    ],
  },
});
