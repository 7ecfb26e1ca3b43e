import type { ecr, ecrpublic, eks, iam, secretsmanager } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import { hexOf, text } from "../../values.ts";
import { known, words } from "./asking.ts";
import type { Invoke, InvokeContext } from "./model.ts";
import { invoke } from "./model.ts";

/** No token opens anything here, and the same question has the same answer, so that nothing changes by itself. */
function tokenFor(
  service: string,
  { accountId, region }: InvokeContext,
  ...names: readonly string[]
): string {
  return hexOf([service, accountId, region, ...names].join("/"), 64);
}

const expiresAt = "2099-01-01T00:00:00Z";

/** User and form: https://docs.aws.amazon.com/AmazonECR/latest/userguide/registry_auth.html */
function login(context: InvokeContext) {
  const password = tokenFor("ecr", context);
  const authorizationToken = Buffer.from(`AWS:${password}`).toString("base64");
  return { authorizationToken, expiresAt, password, userName: "AWS", id: context.region };
}

const getAuthorizationToken = invoke<ecr.GetAuthorizationTokenResult>((context, args) => {
  const registryId = text(args.registryId) ?? context.accountId;
  const { region } = context;
  const proxyEndpoint = `https://${registryId}.dkr.ecr.${region}.amazonaws.com`;
  return { ...login(context), proxyEndpoint, region, registryId };
});

const getCredentials = invoke<ecr.GetCredentialsResult>((context, args) => {
  const registryId = words(args.registryId);
  const proxyEndpoint = `https://${registryId}.dkr.ecr.${context.region}.amazonaws.com`;
  return { ...login(context), proxyEndpoint, registryId };
});

/** The public registry is in `us-east-1`: https://docs.aws.amazon.com/AmazonECR/latest/public/public-registry-auth.html */
const getPublicAuthorizationToken = invoke<ecrpublic.GetAuthorizationTokenResult>((context) => {
  const { region } = context;
  if (region === "us-east-1") return { ...login(context), region };
  throw new Refusal(
    "RequestError",
    `send request failed: dial tcp: lookup api.ecr-public.${region}.amazonaws.com: no such host`,
  );
});

/** https://docs.aws.amazon.com/eks/latest/userguide/cluster-auth.html */
const getClusterAuth = invoke<eks.GetClusterAuthResult>((context, args) => {
  const name = words(args.name);
  return { id: name, name, region: context.region, token: `k8s-aws-v1.${tokenFor("eks", context, name)}` };
});

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
const getRandomPassword = invoke<secretsmanager.GetRandomPasswordResult>((context, args) => {
  const length = typeof args.passwordLength === "number" ? args.passwordLength : 32;
  const digits = tokenFor("password", context, JSON.stringify(args));
  return { id: context.region, randomPassword: digits.repeat(64).slice(0, length), region: context.region };
});

/** The role behind a session, or whoever asks: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
const getSessionContext = invoke<iam.GetSessionContextResult>((context, args) => {
  const arn = words(args.arn);
  const [, name, sessionName = ""] = /:assumed-role\/(?:.+\/)?([^/]+)\/([^/]+)$/.exec(arn) ?? [];
  if (name === undefined)
    return { arn, id: arn, issuerArn: arn, issuerId: "", issuerName: "", sessionName: "" };
  const missing = new Refusal("NoSuchEntity", `The role with name ${name} cannot be found.`);
  const { state } = known(context, "aws:iam/role:Role", name, missing);
  const issuer = { issuerArn: words(state.arn), issuerId: words(state.uniqueId), issuerName: name };
  return { arn, id: arn, ...issuer, sessionName };
});

/** Questions for what lets somebody in, and who that is. */
export const tokenInvokes: Readonly<Record<string, Invoke>> = {
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": getAuthorizationToken,
  "aws:ecr/getCredentials:getCredentials": getCredentials,
  "aws:ecrpublic/getAuthorizationToken:getAuthorizationToken": getPublicAuthorizationToken,
  "aws:eks/getClusterAuth:getClusterAuth": getClusterAuth,
  "aws:iam/getSessionContext:getSessionContext": getSessionContext,
  "aws:secretsmanager/getRandomPassword:getRandomPassword": getRandomPassword,
};
