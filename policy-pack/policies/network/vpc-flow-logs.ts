import { defineStack } from "../../kernel/define.ts";
import type { StackCheck } from "../../kernel/definition.ts";
import { flag } from "../../kernel/params.ts";
import { partners } from "../../reading/relations.ts";

const judge: StackCheck<object, { readonly rejectedOnly: boolean }> = (vpc, graph, { rejectedOnly }) => {
  const logs = partners(vpc, graph, ["aws:ec2/flowLog:FlowLog"], "vpcId");
  if (logs.length === 0)
    return "no FlowLog points to the VPC: add one whose trafficType is ALL, or nobody can tell who talked to whom.";
  const enough = rejectedOnly ? ["ALL", "REJECT"] : ["ALL"];
  const recorded = logs.map(({ props }) => props.trafficType ?? "not set");
  return (
    !recorded.some((traffic) => enough.includes(traffic)) &&
    `flow logs record ${recorded.join(", ")}: set trafficType to ALL.`
  );
};

export const vpcFlowLogs = defineStack({
  name: "vpc-flow-logs",
  description: "Who talked to whom in a network is recorded.",
  severity: "medium",
  controls: { fsbp: ["EC2.6"], cis: ["3.7"], ckv: ["CKV2_AWS_11"] },
  remediation: "Set the Network component's flowLogs; what is recorded costs about $0.50 a gigabyte.",
  params: { rejectedOnly: flag(false, "Whether recording refused connections is enough.") },
  checks: { "aws:ec2/vpc:Vpc": [judge], "aws:ec2/defaultVpc:DefaultVpc": [judge] },
});
