import type { rds } from "@pulumi/aws";
import type { AccountView, Stored } from "../../model.ts";
import { hexOf, text } from "../../values.ts";
import type { AnyBehaviour, Existing, Plain, Reference } from "../behaviour.ts";
import { loosely, toSecurityGroup, toSubnet } from "../ec2/references.ts";
import { toServiceRole } from "../iam/references.ts";
import { defaultGroupsOf, placementOf } from "../placement.ts";
import { refined, taken } from "../specification/refined.ts";
import type { Request, RulesFor } from "../specification/refined.ts";
import { clusterToken, toDatabaseCluster } from "./cluster-references.ts";
import { instanceToken, toSource } from "./references.ts";

const proxyToken = "aws:rds/proxy:Proxy";
const targetToken = "aws:rds/proxyTarget:ProxyTarget";
const endpointToken = "aws:rds/proxyEndpoint:ProxyEndpoint";

/** The one target group that every proxy has: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-proxy.howitworks.html */
const defaultGroup = "default";

/** Codes and words of all of them: https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxy.html and its neighbours. */
const toProxy: Reference = {
  to: proxyToken,
  missing: {
    code: "DBProxyNotFoundFault",
    message:
      "The specified proxy name doesn't correspond to a proxy owned by your Amazon Web Services account in the specified Amazon Web Services Region.",
  },
  // Its target groups, targets and endpoints go with a proxy that is deleted.
  holds: false,
};

/** Its network interfaces hold subnets and groups. */
const network = {
  "vpcSubnetIds[]": {
    ...toSubnet,
    missing: { code: "InvalidSubnet", message: "The requested subnet is invalid: {value}" },
  },
  "vpcSecurityGroupIds[]": toSecurityGroup,
};

const scattered = {
  when: ({ account, inputs }: Request<{ readonly vpcSubnetIds: readonly string[] }>): boolean =>
    placementOf(account, inputs.vpcSubnetIds).vpcs.length > 1,
  code: "InvalidSubnet",
  says: "The requested subnet is invalid, or multiple subnets were requested that are not all in a common VPC.",
};

/** What follows the name in the addresses of all proxies of an account in a region. */
function domainOf({ accountId, region }: Pick<Existing<unknown>, "accountId" | "region">): string {
  return `proxy-${hexOf(`rds-proxy/${accountId}/${region}`, 12)}.${region}.rds.amazonaws.com`;
}

const proxy = refined<rds.ProxyArgs, rds.ProxyState>(proxyToken, {
  autoname: { property: "name", max: 63, lower: true },
  references: {
    ...network,
    roleArn: toServiceRole("InvalidParameterValue", "IAM role ARN value is invalid: {value}"),
  },
  id: ({ inputs, name }) => inputs.name ?? name,
  outputs: (context) => ({
    arn: `arn:aws:rds:${context.region}:${context.accountId}:db-proxy:prx-0${context.hex(16)}`,
    endpoint: `${context.id}.${domainOf(context)}`,
    idleClientTimeout: context.inputs.idleClientTimeout ?? 1800,
    vpcSecurityGroupIds:
      context.inputs.vpcSecurityGroupIds ?? defaultGroupsOf(context.account, context.inputs.vpcSubnetIds),
  }),
  keys: (state) => [state.arn],
  rules: [
    taken(proxyToken, ({ name }) => name, {
      code: "DBProxyAlreadyExistsFault",
      says: "The specified proxy name must be unique for all proxies owned by your Amazon Web Services account in the specified Amazon Web Services Region.",
    }),
    scattered,
  ],
  seconds: { create: 240, update: 60, delete: 180 },
});

/** How connections are pooled. It comes and goes with the proxy: here it is only set. */
const targetGroup = refined<rds.ProxyDefaultTargetGroupArgs, rds.ProxyDefaultTargetGroupState>(
  "aws:rds/proxyDefaultTargetGroup:ProxyDefaultTargetGroup",
  {
    references: { dbProxyName: toProxy },
    id: ({ inputs }) => inputs.dbProxyName,
    outputs: ({ accountId, region, hex }) => ({
      arn: `arn:aws:rds:${region}:${accountId}:target-group:prx-tg-0${hex(16)}`,
      name: defaultGroup,
    }),
    keys: (state) => [state.arn],
    seconds: { create: 2, update: 5, delete: 0 },
  },
);

type Target = Existing<Plain<rds.ProxyTargetArgs>>;

/** The database that is to be reached, and how the proxy speaks of it. */
function databaseOf({ account, region, inputs }: Pick<Target, "account" | "region" | "inputs">) {
  const { dbInstanceIdentifier: instance, dbClusterIdentifier: cluster = "" } = inputs;
  const [type, token, name] =
    instance === undefined
      ? (["TRACKED_CLUSTER", clusterToken, cluster] as const)
      : (["RDS_INSTANCE", instanceToken, instance] as const);
  return { type, name, state: account.find(token, name, region)?.state ?? {} };
}

/** What a proxy reaches by now. */
function targetsOf(account: AccountView, proxyName: string): readonly Stored[] {
  return account.named(`${proxyName}/targets`).filter(({ token }) => token === targetToken);
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_RegisterDBProxyTargets.html */
const targetRules: RulesFor<rds.ProxyTargetArgs> = [
  {
    when: ({ inputs }) => inputs.targetGroupName !== defaultGroup,
    code: "DBProxyTargetGroupNotFoundFault",
    says: "The specified target group isn't available for a proxy owned by your Amazon Web Services account in the specified Amazon Web Services Region.",
  },
  {
    when: ({ account, inputs, before }) =>
      before === undefined && targetsOf(account, inputs.dbProxyName).length > 0,
    code: "DBProxyTargetAlreadyRegisteredFault",
    says: "The proxy is already associated with the specified RDS DB instance or Aurora DB cluster.",
  },
];

const target = refined<rds.ProxyTargetArgs, rds.ProxyTargetState>(targetToken, {
  references: {
    dbProxyName: toProxy,
    dbInstanceIdentifier: { ...toSource, anyRegion: false },
    dbClusterIdentifier: loosely(toDatabaseCluster),
  },
  id: (context) => {
    const { type, name } = databaseOf(context);
    return [context.inputs.dbProxyName, context.inputs.targetGroupName, type, name].join("/");
  },
  outputs: (context) => {
    const { type, name, state } = databaseOf(context);
    return {
      endpoint: text(state.address ?? state.endpoint) ?? "",
      port: Number(state.port),
      rdsResourceId: name,
      targetArn: text(state.arn) ?? "",
      trackedClusterId: type === "TRACKED_CLUSTER" ? name : "",
      type,
    };
  },
  keys: (state) => [`${String(state.dbProxyName)}/targets`],
  rules: targetRules,
  seconds: { create: 10, update: 2, delete: 5 },
});

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBProxyEndpoint.html */
const endpoint = refined<rds.ProxyEndpointArgs, rds.ProxyEndpointState>(endpointToken, {
  references: { ...network, dbProxyName: toProxy },
  id: ({ inputs }) => `${inputs.dbProxyName}/${inputs.dbProxyEndpointName}`,
  outputs: (context) => ({
    arn: `arn:aws:rds:${context.region}:${context.accountId}:db-proxy-endpoint:prx-endpoint-0${context.hex(16)}`,
    endpoint: `${context.inputs.dbProxyEndpointName}.endpoint.${domainOf(context)}`,
    isDefault: false,
    vpcSecurityGroupIds:
      context.inputs.vpcSecurityGroupIds ?? defaultGroupsOf(context.account, context.inputs.vpcSubnetIds),
  }),
  keys: (state) => [state.arn, `${String(state.dbProxyEndpointName)}/proxy-endpoint`],
  rules: [
    taken(endpointToken, ({ dbProxyEndpointName }) => `${dbProxyEndpointName}/proxy-endpoint`, {
      code: "DBProxyEndpointAlreadyExistsFault",
      says: "The specified DB proxy endpoint name must be unique for all DB proxy endpoints owned by your Amazon Web Services account in the specified Amazon Web Services Region.",
    }),
    scattered,
  ],
  seconds: { create: 180, update: 30, delete: 120 },
});

/** What pools the connections to a database. */
export const databaseProxies: readonly AnyBehaviour[] = [proxy, targetGroup, target, endpoint];
