import type { Properties } from "../model.ts";
import { isRecord, list } from "../values.ts";
import { ComponentError, onlyArguments, sortedJson } from "./arguments.ts";
import { derive } from "./plan.ts";

const componentType = "eks:index:VpcCniAddon";

/** The environment variable of the network add-on behind each option, and what it is without: https://github.com/aws/amazon-vpc-cni-k8s#cni-configuration-variables */
const variables: Readonly<Record<string, { readonly variable: string; readonly fallback?: string }>> = {
  cniConfigureRpfilter: { variable: "AWS_VPC_K8S_CNI_CONFIGURE_RPFILTER" },
  customNetworkConfig: { variable: "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG" },
  cniCustomNetworkCfg: { variable: "AWS_VPC_K8S_CNI_CUSTOM_NETWORK_CFG", fallback: "false" },
  enablePodEni: { variable: "ENABLE_POD_ENI", fallback: "false" },
  enablePrefixDelegation: { variable: "ENABLE_PREFIX_DELEGATION" },
  eniConfigLabelDef: { variable: "ENI_CONFIG_LABEL_DEF" },
  eniMtu: { variable: "AWS_VPC_ENI_MTU", fallback: "9001" },
  logFile: { variable: "AWS_VPC_K8S_CNI_LOG_FILE", fallback: "/host/var/log/aws-routed-eni/ipamd.log" },
  logLevel: { variable: "AWS_VPC_K8S_CNI_LOGLEVEL", fallback: "DEBUG" },
  nodePortSupport: { variable: "AWS_VPC_CNI_NODE_PORT_SUPPORT" },
  pluginLogFile: { variable: "AWS_VPC_K8S_PLUGIN_LOG_FILE", fallback: "/var/log/aws-routed-eni/plugin.log" },
  pluginLogLevel: { variable: "AWS_VPC_K8S_PLUGIN_LOG_LEVEL", fallback: "DEBUG" },
  vethPrefix: { variable: "AWS_VPC_K8S_CNI_VETHPREFIX", fallback: "eni" },
  warmEniTarget: { variable: "WARM_ENI_TARGET", fallback: "1" },
  warmIpTarget: { variable: "WARM_IP_TARGET" },
  warmPrefixTarget: { variable: "WARM_PREFIX_TARGET" },
};

const knownOptions = new Set([
  ...Object.keys(variables),
  "addonVersion",
  "cniExternalSnat",
  "configurationValues",
  "disableTcpEarlyDemux",
  "enableNetworkPolicy",
  "externalSnat",
  "resolveConflictsOnCreate",
  "resolveConflictsOnUpdate",
  "securityContextPrivileged",
  "serviceAccountRoleArn",
]);

/** The add-on's configuration, as JSON, that the options of `vpcCniOptions` stand for. */
export function vpcCniConfiguration(options: Properties): unknown {
  onlyArguments(componentType, options, knownOptions);
  if (isOn(options.cniExternalSnat) && isOn(options.externalSnat)) {
    throw new ComponentError(
      "Please specify one of `cniExternalSnat` or `externalSnat` in your VpcCniOptions",
    );
  }
  const parts = [
    Object.entries(variables).map(([option, { variable, fallback }]) =>
      environment(variable, options[option], fallback),
    ),
    environment("AWS_VPC_K8S_CNI_EXTERNALSNAT", options.externalSnat ?? options.cniExternalSnat, "false"),
    environment("DISABLE_TCP_EARLY_DEMUX", options.disableTcpEarlyDemux, "false"),
    options.enableNetworkPolicy,
    options.configurationValues ?? {},
  ];
  return sortedJson(
    derive(parts, (entries, snat, early, policy, values) => {
      const own = isRecord(values) ? values : {};
      const init = isRecord(own.init) ? own.init : {};
      return {
        ...(policy === undefined ? {} : { enableNetworkPolicy: isOn(policy) ? "true" : "false" }),
        ...own,
        env: joined(...list(entries), snat, own.env),
        init: { ...init, env: joined(early, init.env) },
      };
    }),
  );
}

/** Like an option that is left out, one that is off or empty leaves the variable as it is without. */
function environment(variable: string, option: unknown, fallback: string | undefined): unknown {
  return derive([option], (value) => {
    const text = isOn(value) ? String(value) : fallback;
    return text === undefined ? {} : { [variable]: text };
  });
}

function isOn(value: unknown): boolean {
  return value !== undefined && value !== false && value !== 0 && value !== "";
}

function joined(...records: readonly unknown[]): Properties {
  return Object.fromEntries(records.filter(isRecord).flatMap((record) => Object.entries(record)));
}
