import { define } from "../../kernel/define.ts";
import type { Findings } from "../../kernel/findings.ts";
import { whole } from "../../kernel/params.ts";

interface Machine {
  readonly metadataOptions?:
    | {
        readonly httpEndpoint?: string | undefined;
        readonly httpTokens?: string | undefined;
        readonly httpPutResponseHopLimit?: number | undefined;
      }
    | undefined;
}

interface Settings {
  readonly params: { readonly maxHops: number };
}

function demandsTokens({ metadataOptions: options }: Machine): Findings {
  if (options?.httpEndpoint === "disabled") return undefined;
  return (
    options?.httpTokens !== "required" &&
    `metadataOptions.httpTokens is ${options?.httpTokens ?? "not set"}: set required, or a request that is forged in the machine gets its role.`
  );
}

/** Without a limit of one the answer also reaches the pods of a node, which then act as the node. */
function staysOnMachine({ metadataOptions: options }: Machine, { params: { maxHops } }: Settings): Findings {
  if (options?.httpEndpoint === "disabled") return undefined;
  const hops = options?.httpPutResponseHopLimit;
  return (
    (hops === undefined || hops > maxHops) &&
    `metadataOptions.httpPutResponseHopLimit is ${hops ?? "not set, and 2 with images that demand tokens"}: set ${maxHops}.`
  );
}

export const eksNodeImdsv2 = define({
  name: "eks-node-imdsv2",
  description: "Machines give their credentials to themselves only, and only for a token.",
  severity: "high",
  controls: {
    fsbp: ["EC2.8", "EC2.170", "AutoScaling.3"],
    cis: ["5.6"],
    ckv: ["CKV_AWS_79", "CKV_AWS_341"],
  },
  remediation: "Use the EksCluster component's node groups, whose launch template has both settings.",
  params: {
    maxHops: whole(1, "Hops that the answer of the metadata service may travel; containers are the second."),
  },
  checks: {
    "aws:ec2/launchTemplate:LaunchTemplate": [demandsTokens, staysOnMachine],
    "aws:ec2/launchConfiguration:LaunchConfiguration": [demandsTokens, staysOnMachine],
    "aws:ec2/instance:Instance": [demandsTokens, staysOnMachine],
  },
});
