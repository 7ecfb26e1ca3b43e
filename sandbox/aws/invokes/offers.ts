import type { ec2, rds } from "@pulumi/aws";
import type { Properties } from "../../model.ts";
import { Refusal } from "../../model.ts";
import { isRecord, list, text } from "../../values.ts";
import { prefixListOf } from "../ec2/endpoints.ts";
import { isOffered, newestVersion } from "../eks/versions.ts";
import { clusterReleaseOf } from "../rds/cluster-engines.ts";
import { releaseOf } from "../rds/engines.ts";
import { zonesOf } from "../zones.ts";
import { words } from "./asking.ts";
import type { Invoke, InvokeContext } from "./model.ts";
import { invoke } from "./model.ts";

/** What a question's filters want of one name. */
function filterOf(args: Properties, name: string): readonly string[] {
  const filters = list(args.filters).filter(isRecord);
  return filters.filter((one) => one.name === name).flatMap(({ values }) => list(values).map(words));
}

/** Services with endpoints that are routes: https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html */
const gateways: ReadonlySet<string> = new Set(["dynamodb", "s3"]);

/** Every service of AWS is taken to have endpoints: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html */
const getVpcEndpointService = invoke<ec2.GetVpcEndpointServiceResult>(({ region }, args) => {
  const asked = text(args.service) ?? words(args.serviceName).split(".").slice(3).join(".");
  const serviceName = text(args.serviceName) ?? `com.amazonaws.${region}.${asked}`;
  const gateway = gateways.has(asked) && args.serviceType !== "Interface";
  const privateDnsName = gateway ? "" : `${asked}.${region}.amazonaws.com`;
  return {
    ...{ acceptanceRequired: false, managesVpcEndpoints: false, vpcEndpointPolicySupported: true },
    arn: `arn:aws:ec2:${region}:amazon:vpc-endpoint-service/${prefixListOf(serviceName).replace("pl-", "vpce-svc-")}`,
    availabilityZones: zonesOf(region).map(({ name }) => name),
    baseEndpointDnsNames: [`${asked}.${region}.vpce.amazonaws.com`],
    id: prefixListOf(serviceName).replace("pl-", "vpce-svc-"),
    owner: "amazon",
    privateDnsName,
    privateDnsNames: gateway ? [] : [privateDnsName],
    region,
    service: asked,
    serviceId: prefixListOf(serviceName).replace("pl-", "vpce-svc-"),
    serviceName,
    serviceRegion: region,
    serviceType: gateway ? "Gateway" : "Interface",
    supportedIpAddressTypes: ["ipv4"],
    tags: {},
  };
});

/** The addresses are of a block reserved for documentation: nothing in the sandbox is reached by them. */
const getPrefixList = invoke<ec2.GetPrefixListResult>(({ region }, args) => {
  const gatewayNames = [...gateways].map((service) => `com.amazonaws.${region}.${service}`);
  const [wanted] = [text(args.name) ?? "", ...filterOf(args, "prefix-list-name")].filter((one) => one !== "");
  const name = gatewayNames.find((one) => one === wanted || prefixListOf(one) === args.prefixListId);
  if (name === undefined) throw new Refusal("NotFound", "no matching EC2 Prefix List found");
  return { cidrBlocks: ["198.51.100.0/24"], id: prefixListOf(name), name, region };
});

/** Each type that is asked for is to be had everywhere: capacity is without end here. */
function offerings(context: InvokeContext, args: Properties) {
  const locationType = text(args.locationType) ?? "region";
  const zones = zonesOf(context.region);
  const byType: Readonly<Record<string, readonly string[]>> = {
    "availability-zone": zones.map(({ name }) => name),
    "availability-zone-id": zones.map(({ id }) => id),
  };
  const places = byType[locationType] ?? [context.region];
  const wanted = filterOf(args, "location");
  const locations = places.filter((place) => wanted.length === 0 || wanted.includes(place));
  const named = [...list(args.preferredInstanceTypes).map(words), ...filterOf(args, "instance-type")];
  const types = named.filter((type) => !/[*?]/.test(type));
  if (types.length > 0) return { types, locations, locationType };
  throw new Refusal(
    "UnsupportedInvoke",
    "the sandbox has no list of instance types: ask for one by its name",
  );
}

const getInstanceTypeOfferings = invoke<ec2.GetInstanceTypeOfferingsResult>((context, args) => {
  const { types, locations, locationType } = offerings(context, args);
  const pairs = types.flatMap((type) => locations.map((location) => ({ type, location })));
  return {
    id: context.region,
    instanceTypes: pairs.map(({ type }) => type),
    locationTypes: pairs.map(() => locationType),
    locations: pairs.map(({ location }) => location),
    region: context.region,
  };
});

const getInstanceTypeOffering = invoke<ec2.GetInstanceTypeOfferingResult>((context, args) => {
  const { types, locations } = offerings(context, args);
  const [instanceType = "", location = ""] = [types[0], locations[0]];
  return { id: instanceType, instanceType, location, region: context.region };
});

/** The version of a database engine that a question means. @throws Refusal where there is none. */
function versionOf(args: Properties) {
  const engine = words(args.engine);
  const wanted = [text(args.version) ?? text(args.engineVersion), ...preferredOf(args)];
  const found = wanted
    .map((version) => clusterReleaseOf(engine, version) ?? releaseOf(engine, version))
    .find((release) => release !== undefined);
  if (found !== undefined) return { engine, ...found };
  throw new Refusal("NotFound", "no matching RDS Engine Version found");
}

function preferredOf(args: Properties): readonly string[] {
  return [...list(args.preferredVersions), ...list(args.preferredEngineVersions)].map(words);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBEngineVersions.html */
const getEngineVersion: Invoke = ({ region }, args) => {
  const { engine, version, family } = versionOf(args);
  return {
    ...args,
    engine,
    engineDescription: engine,
    id: version,
    parameterGroupFamily: family,
    region,
    status: "available",
    supportsReadReplica: true,
    version,
    versionActual: version,
    versionDescription: `${engine} ${version}`,
  };
};

/** Of the classes that would do, the first. https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeOrderableDBInstanceOptions.html */
const getOrderableDbInstance = invoke<
  Pick<rds.GetOrderableDbInstanceResult, "engine" | "engineVersion" | "instanceClass" | "storageType">
>(({ region }, args) => {
  const { engine, version } = versionOf(args);
  const [instanceClass] = [text(args.instanceClass) ?? list(args.preferredInstanceClasses)[0]];
  if (typeof instanceClass !== "string")
    throw new Refusal(
      "UnsupportedInvoke",
      "the sandbox has no list of instance classes: ask for one by name",
    );
  return {
    ...args,
    availabilityZones: zonesOf(region).map(({ name }) => name),
    engine,
    engineVersion: version,
    id: instanceClass,
    instanceClass,
    region,
    storageType: text(args.storageType) ?? "gp3",
  };
});

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_DescribeClusterVersions.html */
const getClusterVersions: Invoke = ({ region }, args) => {
  const newest = Number(newestVersion.split(".")[1]);
  const all = Array.from({ length: newest + 1 }, (_, minor) => `1.${minor}`).filter(isOffered);
  const versions = all
    .toReversed()
    .filter((version) => args.defaultOnly !== true || version === newestVersion);
  const offered = versions.map((clusterVersion) => ({
    clusterType: "eks",
    clusterVersion,
    defaultPlatformVersion: "eks.1",
    defaultVersion: clusterVersion === newestVersion,
    versionStatus: "STANDARD_SUPPORT",
  }));
  return { ...args, clusterVersions: offered, region };
};

/** Questions about what can be had. */
export const offerInvokes: Readonly<Record<string, Invoke>> = {
  "aws:ec2/getInstanceTypeOffering:getInstanceTypeOffering": getInstanceTypeOffering,
  "aws:ec2/getInstanceTypeOfferings:getInstanceTypeOfferings": getInstanceTypeOfferings,
  "aws:ec2/getPrefixList:getPrefixList": getPrefixList,
  "aws:ec2/getVpcEndpointService:getVpcEndpointService": getVpcEndpointService,
  "aws:eks/getClusterVersions:getClusterVersions": getClusterVersions,
  "aws:rds/getEngineVersion:getEngineVersion": getEngineVersion,
  "aws:rds/getOrderableDbInstance:getOrderableDbInstance": getOrderableDbInstance,
};
