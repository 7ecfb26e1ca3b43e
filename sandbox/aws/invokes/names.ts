import type { ecr, iam, kms, s3, sns, sqs } from "@pulumi/aws";
import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { hexOf, text } from "../../values.ts";
import { uuidOf } from "../uuid.ts";
import { known, tagsOf, words } from "./asking.ts";
import { lastTags, repositoryNamed } from "./container-images.ts";
import type { Invoke, InvokeContext } from "./model.ts";
import { invoke } from "./model.ts";

const getRole = invoke<iam.GetRoleResult>((context, args) => {
  const name = words(args.name);
  const missing = new Refusal("NoSuchEntity", `The role with name ${name} cannot be found.`);
  const role = known(context, "aws:iam/role:Role", name, missing);
  const { state } = role;
  return {
    arn: words(state.arn),
    assumeRolePolicy: text(state.assumeRolePolicy) ?? JSON.stringify(state.assumeRolePolicy),
    createDate: words(state.createDate),
    description: words(state.description),
    id: name,
    maxSessionDuration: Number(state.maxSessionDuration ?? 3600),
    name,
    path: text(state.path) ?? "/",
    permissionsBoundary: words(state.permissionsBoundary),
    roleLastUseds: [],
    tags: tagsOf(role),
    uniqueId: words(state.uniqueId),
  };
});

const getBucket = invoke<s3.GetBucketResult>((context, args) => {
  const name = words(args.bucket);
  const missing = new Refusal("NotFound", `reading S3 Bucket (${name}): couldn't find resource`);
  const { state } = known(context, "aws:s3/bucket:Bucket", name, missing);
  return {
    arn: words(state.arn),
    bucket: name,
    bucketDomainName: words(state.bucketDomainName),
    bucketRegion: text(state.bucketRegion) ?? context.region,
    bucketRegionalDomainName: words(state.bucketRegionalDomainName),
    hostedZoneId: words(state.hostedZoneId),
    id: name,
    region: context.region,
    websiteDomain: "",
    websiteEndpoint: "",
  };
});

const getAlias = invoke<kms.GetAliasResult>((context, args) => {
  const name = words(args.name);
  const key = name.startsWith("alias/aws/") ? ofService(context, name) : ofProgram(context, name);
  return {
    arn: `arn:aws:kms:${context.region}:${context.accountId}:${name}`,
    id: name,
    name,
    region: context.region,
    targetKeyArn: key.arn,
    targetKeyId: key.id,
  };
});

interface Key {
  readonly id: string;
  readonly arn: string;
}

function ofProgram(context: InvokeContext, name: string): Key {
  const missing = new Refusal("NotFoundException", `Alias ${name} is not found.`);
  const { state } = known(context, "aws:kms/alias:Alias", name, missing);
  return { id: words(state.targetKeyId), arn: words(state.targetKeyArn) };
}

/** Every service has a key of its own in each account: https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key */
function ofService({ accountId, region }: InvokeContext, name: string): Key {
  const id = uuidOf(hexOf(`${accountId}/${region}/${name}`, 32));
  return { id, arn: `arn:aws:kms:${region}:${accountId}:key/${id}` };
}

const getTopic = invoke<sns.GetTopicResult>((context, args) => {
  const name = words(args.name);
  const missing = new Refusal("NotFound", `No topic with name "${name}" found in this region.`);
  const topic = known(context, "aws:sns/topic:Topic", name, missing);
  return {
    arn: words(topic.state.arn),
    id: words(topic.state.arn),
    name,
    region: context.region,
    tags: tagsOf(topic),
  };
});

const getQueue = invoke<sqs.GetQueueResult>((context, args) => {
  const name = words(args.name);
  const missing = new Refusal(
    "AWS.SimpleQueueService.NonExistentQueue",
    "The specified queue does not exist.",
  );
  const queue = known(context, "aws:sqs/queue:Queue", name, missing);
  return {
    arn: words(queue.state.arn),
    id: queue.id,
    name,
    region: context.region,
    tags: tagsOf(queue),
    url: queue.id,
  };
});

const getRepository = invoke<ecr.GetRepositoryResult>((context, args) => {
  const name = words(args.name);
  const repository = repositoryNamed(context, name);
  const { state } = repository;
  return {
    arn: words(state.arn),
    encryptionConfigurations: [],
    id: name,
    imageScanningConfigurations: [],
    imageTagMutability: text(state.imageTagMutability) ?? "MUTABLE",
    imageTagMutabilityExclusionFilters: [],
    mostRecentImageTags: lastTags(context, repository),
    name,
    region: context.region,
    registryId: words(state.registryId),
    repositoryUrl: words(state.repositoryUrl),
    tags: tagsOf(repository),
  };
});

/** The region's account that writes load balancers' logs: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html */
const logWriters: Readonly<Record<string, string>> = {
  "ap-northeast-1": "582318560864",
  "ap-south-1": "718504428378",
  "ap-southeast-1": "114774131450",
  "ap-southeast-2": "783225319266",
  "ca-central-1": "985666609251",
  "eu-central-1": "054676820928",
  "eu-north-1": "897822967062",
  "eu-west-1": "156460612806",
  "eu-west-2": "652711504416",
  "eu-west-3": "009996457667",
  "sa-east-1": "507241528517",
  "us-east-1": "127311923021",
  "us-east-2": "033677994240",
  "us-west-1": "027434742980",
  "us-west-2": "797873946194",
};

function getServiceAccount({ region }: InvokeContext, args: Properties): Properties {
  const writer = logWriters[text(args.region) ?? region];
  if (writer === undefined)
    throw new Refusal("InvalidParameterValue", `Unknown region ("${region}") for load balancer logs`);
  return { arn: `arn:aws:iam::${writer}:root`, id: writer, region };
}

/** Questions for one thing by its name. */
export const nameInvokes: Readonly<Record<string, Invoke>> = {
  "aws:ecr/getRepository:getRepository": getRepository,
  "aws:elb/getServiceAccount:getServiceAccount": getServiceAccount,
  "aws:iam/getRole:getRole": getRole,
  "aws:kms/getAlias:getAlias": getAlias,
  "aws:s3/getBucket:getBucket": getBucket,
  "aws:sns/getTopic:getTopic": getTopic,
  "aws:sqs/getQueue:getQueue": getQueue,
};
