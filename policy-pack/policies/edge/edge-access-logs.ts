import { defineStack } from "../../kernel/define.ts";
import type { StackCheck } from "../../kernel/definition.ts";
import type { Graph, Node } from "../../kernel/graph.ts";
import { has } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";
import { partners } from "../../reading/relations.ts";

type Source = Props<"aws:cloudwatch/logDeliverySource:LogDeliverySource">;

/** Whether the newer log delivery takes the distribution's access logs somewhere: a source alone delivers nothing. */
function delivers(distribution: Node, graph: Graph): boolean {
  const sources = partners(
    distribution,
    graph,
    ["aws:cloudwatch/logDeliverySource:LogDeliverySource"],
    "resourceArn",
  );
  return sources.some(
    (source: Node<Source>) =>
      source.props.logType === "ACCESS_LOGS" &&
      partners(source, graph, ["aws:cloudwatch/logDelivery:LogDelivery"], "deliverySourceName").length > 0,
  );
}

const balancer: StackCheck<Props<"aws:lb/loadBalancer:LoadBalancer">, unknown> = ({ props }) =>
  props.loadBalancerType !== "gateway" &&
  props.accessLogs?.enabled !== true &&
  "accessLogs.enabled is not true: set it, and name a bucket.";

export const edgeAccessLogs = defineStack({
  name: "edge-access-logs",
  description: "Who asked for what from outside is recorded.",
  severity: "medium",
  controls: {
    fsbp: ["CloudFront.5", "ELB.5", "WAF.11"],
    ckv: ["CKV_AWS_86", "CKV_AWS_91", "CKV2_AWS_31"],
  },
  remediation: "Use the Frontend and WebFirewall components; log a load balancer to a bucket.",
  checks: {
    "aws:cloudfront/distribution:Distribution": [
      (distribution, graph) =>
        !has(distribution.props.loggingConfig, "bucket") &&
        !delivers(distribution, graph) &&
        "no LogDelivery takes the distribution's ACCESS_LOGS anywhere: add a LogDeliverySource for it and a LogDelivery.",
    ],
    "aws:lb/loadBalancer:LoadBalancer": [balancer],
    "aws:alb/loadBalancer:LoadBalancer": [balancer],
    "aws:wafv2/webAcl:WebAcl": [
      (acl, graph) => {
        const type = "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration";
        return (
          partners(acl, graph, [type], "resourceArn").length === 0 &&
          "no WebAclLoggingConfiguration points to the web ACL: add one, or nobody can tell what it refused."
        );
      },
    ],
  },
});
