import * as aws from "@pulumi/aws";
import * as apigateway from "@pulumi/aws-apigateway";
import * as awsx from "@pulumi/awsx";
import * as pulumi from "@pulumi/pulumi";
import * as synced from "@pulumi/synced-folder";

const config = new pulumi.Config();
const memorySize = config.getNumber("memorySize") ?? 128;

// The function's image is built from ./orders, and pushed to a repository of its own.
const repository = new awsx.ecr.Repository("orders", { name: "shop/orders", forceDelete: true });
const image = new awsx.ecr.Image("orders", {
  repositoryUrl: pulumi.interpolate`${repository.url}${config.get("suffix") ?? ""}`,
  context: "./orders",
  platform: "linux/amd64",
});

const role = new aws.iam.Role("orders", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "lambda.amazonaws.com" }),
  managedPolicyArns: [aws.iam.ManagedPolicy.AWSLambdaBasicExecutionRole],
});
const orders = new aws.lambda.Function("orders", {
  packageType: "Image",
  imageUri: image.imageUri,
  role: role.arn,
  memorySize,
});

// A REST API that serves ./www, and hands orders to the function for those who have a key.
const api = new apigateway.RestAPI("shop", {
  routes: [
    { path: "/", localPath: "www" },
    { path: "/orders", method: "ANY", eventHandler: orders, apiKeyRequired: true },
  ],
});

// The pages that change without a deployment of the API.
const bucket = new aws.s3.Bucket("help", { forceDestroy: true });
new synced.S3BucketFolder("help", { path: "help", bucketName: bucket.bucket, acl: "private" });

export const url = api.url;
export const imageUri = image.imageUri;
