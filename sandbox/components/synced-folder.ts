import { existsSync } from "node:fs";
import { posix } from "node:path";
import type { Properties } from "../model.ts";
import { UNKNOWN } from "../values.ts";
import { ComponentError, notSimulated, onlyArguments, shape, shapeOfText } from "./arguments.ts";
import { fileAsset, filesBelow, mediaTypeOf } from "./folders.ts";
import type { Child, Expansion } from "./plan.ts";

const componentType = "synced-folder:index:S3BucketFolder";

const knownArguments = new Set([
  "acl",
  "bucketName",
  // Objects get their older names as aliases, for states that no stack here has.
  "disableManagedObjectAliases",
  "includeHiddenFiles",
  "managedObjects",
  "path",
]);

/** What `S3BucketFolder` of synced-folder 0.12 makes: https://www.pulumi.com/registry/packages/synced-folder/api-docs/s3bucketfolder/ */
export function expandBucketFolder(name: string, args: Properties): Expansion {
  onlyArguments(componentType, args, knownArguments);
  if (shape(args.managedObjects) === false) {
    throw new ComponentError(
      `"${name}" copies its files with the command aws s3 sync, which has no account here: leave managedObjects unset`,
    );
  }
  const path = shapeOfText(args.path) ?? "";
  if (path === UNKNOWN) throw notSimulated(componentType, "a 'path' that is not known in a preview");
  const isHidden = /(?:^|\/)\./;
  const files = filesIn(path).filter(
    (file) => shape(args.includeHiddenFiles) === true || !isHidden.test(file),
  );
  return { children: files.map((file) => objectOf(name, path, file, args)), outputs: {}, keepsOutputs: true };
}

/** A folder that is not there is as good as an empty one. */
function filesIn(path: string): readonly string[] {
  return existsSync(path) ? filesBelow(path) : [];
}

function objectOf(name: string, path: string, file: string, { acl, bucketName }: Properties): Child {
  const found = posix.join(path, file);
  // The real one looks for its own spelling of the folder: from `./www` the object's key begins with `www/`.
  const key = found.replace(`${path}/`, "");
  return {
    type: "aws:s3/bucketObject:BucketObject",
    name: `${name}-${key}`,
    inputs: {
      key,
      acl,
      bucket: bucketName,
      contentType: mediaTypeOf(found) ?? "text/plain",
      source: fileAsset(found),
    },
  };
}
