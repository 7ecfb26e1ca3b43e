import type { Reference } from "../behaviour.ts";
import { factsOf } from "../schema/facts.ts";
import type { CloudFormationProperty, Relation } from "./cloudformation.ts";
import { specificationOf, tokensOf } from "./names.ts";
import { aliasesOf, normalised, typeNameOf } from "./properties.ts";

const subnet = "AWS::EC2::Subnet";
const securityGroup = "AWS::EC2::SecurityGroup";

/** What properties with these names hold wherever they stand, also where AWS's specification does not say so. */
const usual: readonly (readonly [RegExp, Relation])[] = [
  [/^vpcId$/, { type: "AWS::EC2::VPC", property: "VpcId" }],
  [/^(?:subnetId|\w*[sS]ubnetIds)$/, { type: subnet, property: "SubnetId" }],
  [/^(?:securityGroupId|\w*[sS]ecurityGroupIds)$/, { type: securityGroup, property: "GroupId" }],
  [/^(?:roleArn|\w+RoleArn)$/, { type: "AWS::IAM::Role", property: "Arn" }],
  [/^(?:kmsKeyArn|kmsKeyId)$/, { type: "AWS::KMS::Key", property: "Arn" }],
];

/** Types that AWS or other types keep under a token of their own, beside those that CloudFormation has. */
const alsoAs: Readonly<Record<string, readonly string[]>> = {
  "AWS::EC2::SecurityGroup": ["aws:ec2/vpc:Vpc", "aws:eks/cluster:Cluster"],
  "AWS::IAM::Role": ["aws:iam/serviceLinkedRole:ServiceLinkedRole"],
  "AWS::KMS::Key": ["aws:kms/alias:Alias", "aws:kms/externalKey:ExternalKey"],
};

/** Modules whose network interfaces come and go with each piece of work: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html */
const passing = /^aws:(?:batch|cloudwatch|codebuild|ecs|imagebuilder|pipes|scheduler|ec2|autoscaling)\//;

/** A property of the Pulumi type that can hold a name: `vpcConfig.subnetIds[]`. */
interface Place {
  readonly path: string;
  /** Its steps without marks for lists. */
  readonly steps: readonly string[];
}

/**
 * What a type refers to, by AWS's specification of relationships and by the usual names. Only what must be this account's is looked up: an
 * ARN with its number, an id that EC2 made up, the name of something that only the account can have. And only network interfaces
 * hold: subnets and security groups that are named side by side cannot be deleted before what has its interfaces there. Whether
 * anything else may go first is known for types with an entry only, and a refusal that AWS would not give misleads as much as one
 * that is missing.
 */
export function referencesOf(token: string): Readonly<Record<string, Reference>> {
  const found = placesOf(token).flatMap((place) => {
    const relations = relationsAt(token, place);
    const reference = referenceTo(relations, token);
    return reference === undefined ? [] : [{ place, reference, relations }];
  });
  const byParent = Map.groupBy(found, ({ place }) => place.steps.slice(0, -1).join("."));
  return Object.fromEntries(
    [...byParent.values()].flatMap((siblings) => {
      const types = siblings.flatMap(({ relations }) => relations.map(({ type }) => type));
      const interfaces = types.includes(subnet) && types.includes(securityGroup) && !passing.test(token);
      return siblings.map(({ place, reference, relations }) => {
        const isNetwork = relations.some(({ type }) => type === subnet || type === securityGroup);
        return [place.path, { ...reference, holds: interfaces && isNetwork }] as const;
      });
    }),
  );
}

function placesOf(token: string): readonly Place[] {
  return [...(factsOf(token)?.values() ?? [])].flatMap(({ path, kind, type }) =>
    kind === "output" || path.startsWith("tags") || isOwnName(token, path) ? [] : placesAt(path, type),
  );
}

/** AWS's specification relates a few names to what may have the same one: what a thing is known by is nobody else's. */
function isOwnName(token: string, path: string): boolean {
  const { identifier = [] } = specificationOf(token) ?? {};
  const own = identifier.length === 1 ? aliasesOf(identifier[0] ?? "", typeNameOf(token)) : [];
  return path === "name" && own.includes(path);
}

function placesAt(path: string, of: string): readonly Place[] {
  const steps = path.replaceAll("[]", "").split(".");
  if (of === "string") return [{ path, steps }];
  return /^(?:list|set)\(string\)$/.test(of) ? [{ path: `${path}[]`, steps }] : [];
}

function relationsAt(token: string, { steps }: Place): readonly Relation[] {
  const specified = (specificationOf(token)?.properties ?? []).filter((property) =>
    isAt(property, steps, token),
  );
  const relations = specified.flatMap(({ relations: its }) => its);
  if (relations.length > 0) return relations;
  const [, relation] = usual.find(([name]) => name.test(steps.at(-1) ?? "")) ?? [];
  return relation === undefined ? [] : [relation];
}

function isAt({ path }: CloudFormationProperty, steps: readonly string[], token: string): boolean {
  const names = path.split(".");
  const typeName = typeNameOf(token);
  return (
    names.length === steps.length &&
    names.every((name, depth) =>
      aliasesOf(name, depth === 0 ? typeName : "").includes(normalised(steps[depth] ?? "")),
    )
  );
}

/** `undefined` where any of what a property may name is a type that the SDK does not have: then it cannot be looked up. */
function referenceTo(relations: readonly Relation[], from: string): Reference | undefined {
  const targets = relations.map(({ type }) => [...tokensOf(type), ...(alsoAs[type] ?? [])]);
  const [first] = relations;
  if (first === undefined || targets.some((tokens) => tokens.length === 0)) return undefined;
  const foreign = foreignTo(relations);
  if (foreign === undefined) return undefined;
  const what = first.type.split("::")[2] ?? first.type;
  const isEc2 = /^aws:(?:ec2|ebs|vpc|verifiedaccess)/.test(from) && first.type.startsWith("AWS::EC2::");
  return {
    to: [...new Set(targets.flat())],
    missing: {
      code: isEc2 ? `Invalid${what}ID.NotFound` : "ResourceNotFoundException",
      message: `The ${what} '{value}' does not exist`,
    },
    foreign,
    anyRegion: true,
    anyAccount: true,
  };
}

const arn = "arn:[^*]+$";
const madeUpId = "[a-z]+(?:-[a-z]+)*-[0-9a-f]{8,17}$";
/** Made by AWS, or one of several things under one ARN. */
const ownedElsewhere = "alias/aws/|:role/aws-service-role/|:event-bus/default$|:function:[^:]+:";

/** Values that say nothing about this account: everything but ARNs, made-up ids, and the names of what only an account has. */
function foreignTo(relations: readonly Relation[]): RegExp | undefined {
  if (relations.every(({ property }) => property.endsWith("Arn")))
    return new RegExp(`^(?!${arn})|${ownedElsewhere}`);
  if (relations.every(({ type, property }) => type.startsWith("AWS::EC2::") && property.endsWith("Id")))
    return new RegExp(`^(?!${arn}|${madeUpId})`);
  return relations.every(isName)
    ? new RegExp(`^(?:default|primary|aws|amazon|[$/]|(?!arn:)[^:]*:)|[*]|${ownedElsewhere}`, "i")
    : undefined;
}

/** A bucket's name may be another account's; what is known by two names together cannot be looked up by one. */
function isName({ type, property }: Relation): boolean {
  const [token = ""] = tokensOf(type);
  const { identifier = [] } = specificationOf(token) ?? {};
  return identifier.length === 1 && identifier[0] === property && type !== "AWS::S3::Bucket";
}
