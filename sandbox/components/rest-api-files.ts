import { statSync } from "node:fs";
import { join, normalize, resolve } from "node:path";
import type { Properties } from "../model.ts";
import { UNKNOWN } from "../values.ts";
import { notSimulated, shape, shapeOfText } from "./arguments.ts";
import { shortHash } from "./awsx-role.ts";
import { fileAsset, filesBelow, mediaTypeOf } from "./folders.ts";
import { at, child, keyOf, ref } from "./plan.ts";
import type { Child, Key } from "./plan.ts";
import { guardsOf } from "./rest-api-authorizers.ts";
import { integrationUri } from "./rest-api-document.ts";
import type { ApiDocument } from "./rest-api-document.ts";

/** Where the files of routes go. */
export interface StaticFiles {
  /** The component's name. */
  readonly name: string;
  /** The bucket that the program gives. @default the component makes one */
  readonly bucket?: unknown;
  readonly tags: unknown;
}

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "",
      Effect: "Allow",
      Principal: { Service: "apigateway.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
});

/** Puts a file, or all in a folder, into the bucket, and has the path answer with it. */
export function addStaticRoute(
  document: ApiDocument,
  path: string,
  route: Properties,
  files: StaticFiles,
): void {
  const localPath = shapeOfText(route.localPath) ?? "";
  if (localPath === UNKNOWN)
    throw notSimulated("aws-apigateway:index:RestAPI", "a 'localPath' that is not known in a preview");
  const bucket = bucketOf(document, files);
  const place = { document, route, bucket, tags: files.tags };
  if (statSync(localPath).isDirectory()) addFolder(place, path, localPath, files.name);
  else addFile(place, path, localPath, files.name);
}

/** Where one route's files go. */
interface Place {
  readonly document: ApiDocument;
  readonly route: Properties;
  readonly bucket: unknown;
  readonly tags: unknown;
}

/** All routes share one bucket. */
function bucketOf(document: ApiDocument, { name, bucket }: StaticFiles): unknown {
  if (bucket !== undefined) return bucket;
  const own: Child = {
    type: "aws:s3/bucket:Bucket",
    name: name.toLowerCase().replace(/[^a-z0-9-]/g, ""),
    inputs: {},
  };
  if (!document.children.some((other) => keyOf(other) === keyOf(own))) document.children.push(own);
  return child(keyOf(own));
}

function addFile(place: Place, path: string, localPath: string, name: string): void {
  const key = `${name}${shortHash(`get:${path}`)}`;
  const role = readerRole(place, key);
  addObject(place, key, localPath, shapeOfText(place.route.contentType));
  place.document.add(path, "GET", guardsOf(place.document, place.route)(objectOperation(place, role, key)));
}

function addFolder(place: Place, path: string, localPath: string, name: string): void {
  const folder = path.endsWith("/") ? path : `${path}/`;
  const key = `${name}${shortHash(`get:${folder}`)}`;
  const role = readerRole(place, key);
  const guarded = guardsOf(place.document, place.route);
  const index = indexOf(place.route.index);
  const from = resolve(localPath);
  for (const file of filesBelow(from)) {
    addObject(place, `${key}/${file}`, join(from, file));
    if (file === index)
      place.document.set(folder, "GET", guarded(objectOperation(place, role, `${key}/${file}`)));
  }
  place.document.add(`${folder}{proxy+}`, "ANY", guarded(objectOperation(place, role, key, "proxy")));
}

/** The file that the folder itself answers with. */
function indexOf(asked: unknown): string | undefined {
  const known = shape(asked);
  if (known === false) return undefined;
  return typeof known === "string" ? normalize(known) : "index.html";
}

/** The real component's word for reading is full access to S3. */
function readerRole({ document, tags }: Place, name: string): Key {
  const role: Child = { type: "aws:iam/role:Role", name, inputs: { assumeRolePolicy: trust, tags } };
  const attachment: Child = {
    type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    name,
    inputs: { role: ref(keyOf(role)), policyArn: "arn:aws:iam::aws:policy/AmazonS3FullAccess" },
  };
  document.children.push(role, attachment);
  return keyOf(role);
}

function addObject({ document, bucket, tags }: Place, key: string, path: string, type?: string): void {
  document.children.push({
    type: "aws:s3/bucketObject:BucketObject",
    name: key,
    inputs: {
      bucket: at(bucket, "id"),
      key,
      tags,
      source: fileAsset(path),
      contentType: type ?? mediaTypeOf(path),
    },
  });
}

const contentType = { type: "string" };

/** Answers of S3, as an API tells them: https://docs.aws.amazon.com/apigateway/latest/developerguide/integrating-api-with-aws-services-s3.html */
const responses = {
  "200": {
    description: "200 response",
    schema: { type: "object" },
    headers: { "Content-Type": contentType, "content-type": contentType },
  },
  "400": { description: "400 response" },
  "500": { description: "500 response" },
};

const integrationResponses = {
  "4\\d{2}": { statusCode: "400" },
  default: {
    statusCode: "200",
    responseParameters: {
      "method.response.header.Content-Type": "integration.response.header.Content-Type",
      "method.response.header.content-type": "integration.response.header.content-type",
    },
  },
  "5\\d{2}": { statusCode: "500" },
};

/** @param parameter what of the path comes behind the key. @default nothing */
function objectOperation({ bucket }: Place, role: Key, key: string, parameter?: string): Properties {
  const below = parameter === undefined ? "" : `/{${parameter}}`;
  const integration = {
    credentials: ref(role, "arn"),
    uri: integrationUri([at(bucket, "bucket")], (name = "") => `s3:path/${name}/${key}${below}`),
    passthroughBehavior: "when_no_match",
    httpMethod: "GET",
    type: "aws",
    responses: integrationResponses,
  };
  if (parameter === undefined) return { responses, "x-amazon-apigateway-integration": integration };
  return {
    responses,
    "x-amazon-apigateway-integration": {
      ...integration,
      requestParameters: { [`integration.request.path.${parameter}`]: `method.request.path.${parameter}` },
    },
    parameters: [{ name: parameter, in: "path", required: true, type: "string" }],
  };
}
