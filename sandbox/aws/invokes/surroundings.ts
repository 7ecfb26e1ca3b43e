import { crc32 } from "node:zlib";
import type {
  GetAvailabilityZonesResult,
  GetCallerIdentityResult,
  GetPartitionResult,
  GetRegionResult,
} from "@pulumi/aws";
import { list, text } from "../../values.ts";
import { render } from "../iam/render.ts";
import { describeRegion, zonesOf } from "../zones.ts";
import type { Invoke } from "./model.ts";
import { invoke } from "./model.ts";

const getCallerIdentity = invoke<GetCallerIdentityResult>(({ accountId }) => ({
  accountId,
  arn: `arn:aws:iam::${accountId}:user/sandbox`,
  id: accountId,
  userId: "AIDASANDBOXSANDBOXSAN",
}));

/** All simulated regions are in the one public partition. */
const getPartition = invoke<GetPartitionResult>(() => ({
  dnsSuffix: "amazonaws.com",
  id: "aws",
  partition: "aws",
  reverseDnsPrefix: "com.amazonaws",
}));

const getRegion = invoke<GetRegionResult>(({ region }, args) => {
  const name = text(args.name) ?? text(args.region) ?? region;
  return {
    description: describeRegion(name),
    endpoint: `ec2.${name}.amazonaws.com`,
    id: name,
    name,
    region: name,
  };
});

const getAvailabilityZones = invoke<GetAvailabilityZonesResult>(({ region }, args) => {
  const zones = zonesOf(region).filter(
    ({ name, id }) => !list(args.excludeNames).includes(name) && !list(args.excludeZoneIds).includes(id),
  );
  return {
    ...args,
    groupNames: [region],
    id: region,
    names: zones.map(({ name }) => name),
    region,
    zoneIds: zones.map(({ id }) => id),
  };
});

const getPolicyDocument: Invoke = (_, args) => {
  const document = render(args);
  const json = JSON.stringify(document, undefined, 2);
  return { ...args, id: String(crc32(json)), json, minifiedJson: JSON.stringify(document) };
};

/** Where the program runs, and what it writes by the provider's help. */
export const surroundings: Readonly<Record<string, Invoke>> = {
  "aws:iam/getPolicyDocument:getPolicyDocument": getPolicyDocument,
  "aws:index/getAvailabilityZones:getAvailabilityZones": getAvailabilityZones,
  "aws:index/getCallerIdentity:getCallerIdentity": getCallerIdentity,
  "aws:index/getPartition:getPartition": getPartition,
  "aws:index/getRegion:getRegion": getRegion,
};
