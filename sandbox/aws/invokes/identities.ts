import type {
  cloudfront,
  cloudtrail,
  cloudwatch,
  ebs,
  elb,
  GetArnResult,
  GetBillingServiceAccountResult,
  GetRegionsResult,
  GetServicePrincipalResult,
  GetServiceResult,
  kms,
  lb,
  organizations,
  s3,
} from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import { hexOf, text } from "../../values.ts";
import { hostedZoneOf } from "../lb/hosted-zones.ts";
import { uuidOf } from "../uuid.ts";
import { usualRegions } from "../zones.ts";
import { known, words } from "./asking.ts";
import { specifiedInvoke } from "./by-specification.ts";
import type { Invoke, InvokeContext } from "./model.ts";
import { invoke } from "./model.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
const getArn = invoke<GetArnResult>((_, args) => {
  const arn = words(args.arn);
  const [prefix, partition = "", service = "", region = "", account = "", ...resource] = arn.split(":");
  if (prefix === "arn" && resource.length > 0)
    return { account, arn, id: arn, partition, region, resource: resource.join(":"), service };
  throw new Refusal("InvalidArn", `"arn" (${arn}) is an invalid ARN: arn: invalid prefix`);
});

const getRegions = invoke<GetRegionsResult>(() => ({ id: "aws", names: [...usualRegions] }));

const getService = invoke<GetServiceResult>((context, args) => {
  const reversed = text(args.reverseDnsName) ?? words(args.dnsName).split(".").reverse().join(".");
  const [, , named = context.region, ...rest] = reversed.split(".");
  const [serviceId, region] = [text(args.serviceId) ?? rest.join("."), text(args.region) ?? named];
  const reverseDnsPrefix = "com.amazonaws";
  const reverseDnsName = `${reverseDnsPrefix}.${region}.${serviceId}`;
  const dnsName = reverseDnsName.split(".").reverse().join(".");
  const names = { dnsName, id: reverseDnsName, region, reverseDnsName, reverseDnsPrefix, serviceId };
  return { ...names, partition: "aws", supported: true };
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services */
const getServicePrincipal = invoke<GetServicePrincipalResult>(({ region }, args) => {
  const [serviceName, suffix] = [words(args.serviceName), "amazonaws.com"];
  const name = `${serviceName}.${suffix}`;
  return { id: `${serviceName}.${region}.${suffix}`, name, region, serviceName, suffix };
});

/** https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/billing-reports.html */
const getBillingServiceAccount = invoke<GetBillingServiceAccountResult>(() => ({
  arn: "arn:aws:iam::386209384616:root",
  id: "386209384616",
}));

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/finding-canonical-user-id.html */
const getCanonicalUserId = invoke<s3.GetCanonicalUserIdResult>(({ accountId }) => ({
  displayName: "",
  id: hexOf(`canonical/${accountId}`, 64),
}));

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/AccessLogs.html#AccessLogsBucketAndFileOwnership */
const getLogDeliveryCanonicalUserId = invoke<cloudfront.GetLogDeliveryCanonicalUserIdResult>(() => ({
  id: "c4c1ede66af53448b93c283ce9448c4ba468c9432aa01d700d3878632f77d2d0",
}));

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-supported-regions.html; a made-up number where it has long been a service principal. */
const getTrailAccount = invoke<cloudtrail.GetServiceAccountResult>(({ region }) => {
  const id = String(BigInt(`0x${hexOf(`cloudtrail/${region}`, 12)}`))
    .padStart(12, "0")
    .slice(0, 12);
  return { arn: `arn:aws:iam::${id}:root`, id, region };
});

const getHostedZoneId = invoke<lb.GetHostedZoneIdResult>(({ region }, args) => {
  const loadBalancerType = text(args.loadBalancerType) ?? "application";
  return { id: hostedZoneOf(region, loadBalancerType, ""), loadBalancerType, region };
});

/** Classic load balancers share that of application load balancers: https://docs.aws.amazon.com/general/latest/gr/elb.html */
const getClassicHostedZoneId = invoke<elb.GetHostedZoneIdResult>(({ region }) => ({
  id: hostedZoneOf(region, "application", ""),
  region,
}));

/** Every service has a key of its own in each account: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key */
function keyOfAws({ accountId, region }: InvokeContext, alias: string) {
  const id = uuidOf(hexOf(`${accountId}/${region}/${alias.replace(/^.*:/, "")}`, 32));
  const arn = `arn:aws:kms:${region}:${accountId}:key/${id}`;
  return { arn, enabled: true, id, keyManager: "AWS", keyState: "Enabled", keyUsage: "ENCRYPT_DECRYPT" };
}

/** EBS encrypts with its own key, and only what asks for it, unless an account says otherwise: https://docs.aws.amazon.com/ebs/latest/userguide/encryption-by-default.html */
const getDefaultKmsKey = invoke<ebs.GetDefaultKmsKeyResult>((context) => {
  const [chosen] = context.account.all("aws:ebs/defaultKmsKey:DefaultKmsKey", context.region);
  const { region } = context;
  const keyArn = text(chosen?.state.keyArn) ?? keyOfAws(context, "alias/aws/ebs").arn;
  return { id: region, keyArn, region };
});

const getEncryptionByDefault = invoke<ebs.GetEncryptionByDefaultResult>(({ account, region }) => {
  const [chosen] = account.all("aws:ebs/encryptionByDefault:EncryptionByDefault", region);
  return { enabled: chosen !== undefined && chosen.state.enabled !== false, id: region, region };
});

const getEventBusOf = specifiedInvoke("aws:cloudwatch/getEventBus:getEventBus");

/** Every account has one: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html */
const getEventBus = invoke<Pick<cloudwatch.GetEventBusResult, "id">>((context, args) => {
  if (args.name !== "default") return { id: "", ...getEventBusOf?.(context, args) };
  const { accountId, region } = context;
  const arn = `arn:aws:events:${region}:${accountId}:event-bus/default`;
  return { arn, description: "", id: "default", name: "default", region };
});

const getKeyOf = specifiedInvoke("aws:kms/getKey:getKey");

/** A key goes by its aliases too: https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html */
const getKey = invoke<Pick<kms.GetKeyResult, "id">>((context, args) => {
  const asked = words(args.keyId);
  if (/(?:^|:)alias\/aws\//.test(asked)) return { ...keyOfAws(context, asked), keyId: asked };
  const missing = new Refusal("NotFoundException", `Key '${asked}' does not exist`);
  const alias = asked.includes("alias/") ? known(context, "aws:kms/alias:Alias", asked, missing) : undefined;
  const keyId = text(alias?.state.targetKeyId) ?? asked;
  const key = known(context, "aws:kms/key:Key", keyId, missing);
  return { ...getKeyOf?.(context, { keyId: key.id }), keyState: "Enabled", id: key.id };
});

const getOrganizationOf = specifiedInvoke("aws:organizations/getOrganization:getOrganization");

/** A new account is in none: https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html */
const getOrganization = invoke<Pick<organizations.GetOrganizationResult, "id">>((context, args) => {
  const [organization] = context.account.all("aws:organizations/organization:Organization");
  if (organization !== undefined) return { ...getOrganizationOf?.(context, args), id: organization.id };
  throw new Refusal("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.");
});

/** Questions about names that AWS gives to regions, services, accounts and their owners. */
export const identityInvokes: Readonly<Record<string, Invoke>> = {
  "aws:cloudfront/getLogDeliveryCanonicalUserId:getLogDeliveryCanonicalUserId": getLogDeliveryCanonicalUserId,
  "aws:cloudtrail/getServiceAccount:getServiceAccount": getTrailAccount,
  "aws:cloudwatch/getEventBus:getEventBus": getEventBus,
  "aws:ebs/getDefaultKmsKey:getDefaultKmsKey": getDefaultKmsKey,
  "aws:ebs/getEncryptionByDefault:getEncryptionByDefault": getEncryptionByDefault,
  "aws:elb/getHostedZoneId:getHostedZoneId": getClassicHostedZoneId,
  "aws:index/getArn:getArn": getArn,
  "aws:index/getBillingServiceAccount:getBillingServiceAccount": getBillingServiceAccount,
  "aws:index/getRegions:getRegions": getRegions,
  "aws:index/getService:getService": getService,
  "aws:index/getServicePrincipal:getServicePrincipal": getServicePrincipal,
  "aws:kms/getKey:getKey": getKey,
  "aws:lb/getHostedZoneId:getHostedZoneId": getHostedZoneId,
  "aws:organizations/getOrganization:getOrganization": getOrganization,
  "aws:s3/getCanonicalUserId:getCanonicalUserId": getCanonicalUserId,
};
