import { hexOf } from "../../values.ts";
import { uuidOf } from "../uuid.ts";

/** `arn:aws:eks:…:access-entry/<cluster>/<role or user>/<account>/<name>/<uuid>`: https://docs.aws.amazon.com/eks/latest/APIReference/API_AccessEntry.html */
export function entryArn(
  { region, accountId }: { readonly region: string; readonly accountId: string },
  clusterName: string,
  principalArn: string,
): string {
  const [, account = accountId, kind = "role", name = ""] =
    /^arn:[^:]+:(?:iam|sts)::(\d+):([^/]+)\/(.+)$/.exec(principalArn) ?? [];
  const uuid = uuidOf(hexOf(`${clusterName}/${principalArn}`, 32));
  return `arn:aws:eks:${region}:${accountId}:access-entry/${clusterName}/${kind}/${account}/${name.split("/").at(-1) ?? ""}/${uuid}`;
}
