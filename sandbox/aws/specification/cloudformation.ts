import { createRequire } from "node:module";
import type { PropertyType, Resource, SpecDatabase } from "@aws-cdk/service-spec-types";

/** Another resource that a property names. */
export interface Relation {
  /** `AWS::EC2::Subnet` */
  readonly type: string;
  /** Which of its properties the value is: `Arn`, `SubnetId`. */
  readonly property: string;
}

/** What AWS's own specification says about one property, at any depth. */
export interface CloudFormationProperty {
  /** `VpcConfig.SubnetIds`; lists leave no trace. */
  readonly path: string;
  readonly isList: boolean;
  readonly replaces: boolean;
  readonly relations: readonly Relation[];
}

/** What AWS's own specification says about one type. */
export interface CloudFormationType {
  /** `AWS::MSK::Cluster` */
  readonly name: string;
  /** Properties that tell one from another. */
  readonly identifier: readonly string[];
  /** `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` */
  readonly arnTemplate?: string;
  readonly properties: readonly CloudFormationProperty[];
  /** Values that an attribute or a property can have, by its path, where they are listed. */
  readonly choices: ReadonlyMap<string, readonly string[]>;
}

type SpecRequire = (id: "@aws-cdk/aws-service-spec") => { loadAwsServiceSpecSync(): SpecDatabase };
const load: SpecRequire = createRequire(import.meta.url);

let types: ReadonlyMap<string, CloudFormationType> | undefined;

/**
 * AWS's specification of every CloudFormation resource, kept by AWS in `@aws-cdk/aws-service-spec`, by type in lower case. The first call
 * takes 0.6 s and 150 MB, of which 15 MB of heap stay: only programs with a type that has no entry here pay for it, which is why it is not read
 * at the start, and why there is no copy of it to keep up to date.
 */
export function cloudFormationTypes(): ReadonlyMap<string, CloudFormationType> {
  if (types === undefined) {
    const database = load("@aws-cdk/aws-service-spec").loadAwsServiceSpecSync();
    const resources = database.all("resource").map((resource) => compact(database, resource));
    types = new Map(resources.map((type) => [type.name.toLowerCase(), type]));
  }
  return types;
}

function compact(database: SpecDatabase, resource: Resource): CloudFormationType {
  const { cloudFormationType, primaryIdentifier = [], arnTemplate, properties, attributes } = resource;
  return {
    name: cloudFormationType,
    identifier: primaryIdentifier,
    ...(arnTemplate === undefined ? {} : { arnTemplate }),
    properties: propertiesOf(database, properties, ""),
    choices: new Map([...choicesOf(database, properties, ""), ...choicesOf(database, attributes, "")]),
  };
}

/** Deeper than this, types that contain themselves only repeat. */
const deepest = 3;

function propertiesOf(
  database: SpecDatabase,
  properties: Resource["properties"],
  prefix: string,
): readonly CloudFormationProperty[] {
  return Object.entries(properties).flatMap(([name, { type, causesReplacement, relationshipRefs }]) => {
    const path = `${prefix}${name}`;
    const relations = (relationshipRefs ?? []).map((ref) => ({
      type: ref.cloudFormationType,
      property: ref.propertyName,
    }));
    const own = { path, isList: type.type === "array", replaces: causesReplacement === "yes", relations };
    const inner = path.split(".").length < deepest ? definitionOf(database, type) : {};
    return [own, ...propertiesOf(database, inner, `${path}.`)];
  });
}

type Choices = readonly (readonly [path: string, values: readonly string[]])[];

function choicesOf(database: SpecDatabase, properties: Resource["properties"], prefix: string): Choices {
  return Object.entries(properties).flatMap(([name, { type }]): Choices => {
    const path = `${prefix}${name}`;
    const element = type.type === "array" ? type.element : type;
    const allowed = element.type === "string" ? (element.allowedValues ?? []) : [];
    const inner = path.split(".").length < deepest ? definitionOf(database, type) : {};
    return [
      ...(allowed.length === 0 ? [] : [[path, allowed] as const]),
      ...choicesOf(database, inner, `${path}.`),
    ];
  });
}

/** The properties of an object, or of the objects in a list. */
function definitionOf(database: SpecDatabase, type: PropertyType): Resource["properties"] {
  const element = type.type === "array" ? type.element : type;
  return element.type === "ref" ? database.get("typeDefinition", element.reference.$ref).properties : {};
}
