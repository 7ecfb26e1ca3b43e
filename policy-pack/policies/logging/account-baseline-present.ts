import { defineStack } from "../../kernel/define.ts";
import type { Graph } from "../../kernel/graph.ts";
import { list } from "../../kernel/params.ts";
import { fits, parseUrn } from "../../kernel/urn.ts";

interface Part {
  readonly what: string;
  readonly isIn: (graph: Graph) => boolean;
}

/** What every account starts with, and whether a stack has it turned on. */
const parts: Readonly<Record<string, Part>> = {
  guardduty: {
    what: "GuardDuty (aws.guardduty.Detector)",
    isIn: (graph) => graph.all("aws:guardduty/detector:Detector").some(({ props }) => props.enable !== false),
  },
  securityhub: {
    what: "Security Hub (aws.securityhub.Account)",
    isIn: (graph) => graph.all("aws:securityhub/account:Account").length > 0,
  },
  "access-analyzer": {
    what: "the access analyzer (aws.accessanalyzer.Analyzer)",
    isIn: (graph) =>
      graph
        .all("aws:accessanalyzer/analyzer:Analyzer")
        .some(({ props }) => ["ACCOUNT", "ORGANIZATION"].includes(props.type ?? "ACCOUNT")),
  },
  "ebs-encryption": {
    what: "encryption of new volumes (aws.ebs.EncryptionByDefault)",
    isIn: (graph) =>
      graph
        .all("aws:ebs/encryptionByDefault:EncryptionByDefault")
        .some(({ props }) => props.enabled !== false),
  },
  "s3-block": {
    what: "the account's public access block (aws.s3.AccountPublicAccessBlock)",
    isIn: (graph) => graph.all("aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock").length > 0,
  },
  cloudtrail: {
    what: "a trail (aws.cloudtrail.Trail)",
    isIn: (graph) => graph.all("aws:cloudtrail/trail:Trail").length > 0,
  },
  config: {
    what: "AWS Config's recorder (aws.cfg.Recorder)",
    isIn: (graph) => graph.all("aws:cfg/recorder:Recorder").length > 0,
  },
};

export const accountBaselinePresent = defineStack({
  name: "account-baseline-present",
  description: "The stack that is an account's baseline turns on what watches the account.",
  severity: "high",
  controls: {
    fsbp: ["GuardDuty.1", "EC2.7", "S3.1"],
    cis: ["1.8", "1.9", "1.20", "2.2.1", "4.16"],
  },
  remediation: "Add what is missing to the stack of the account, and name that stack under stacks.",
  params: {
    stacks: list(["*"], "Globs on names of stacks that are the baseline of an account."),
    parts: list(
      Object.keys(parts),
      "What a baseline must have; leave out what the organization has turned on.",
    ),
  },
  checks: {
    "pulumi:providers:aws": [
      (provider, graph, params) => {
        const [first] = graph.all("pulumi:providers:aws");
        const { stack } = parseUrn(provider.urn);
        if (first?.urn !== provider.urn || !params.stacks.some((glob) => fits(glob, stack))) return undefined;
        return Object.entries(parts)
          .filter(([key, { isIn }]) => params.parts.includes(key) && !isIn(graph))
          .map(([, { what }]) => `${what} is not turned on in stack ${stack}: add it.`);
      },
    ],
    "aws:iam/accountPasswordPolicy:AccountPasswordPolicy": [
      ({ props: { minimumPasswordLength: length = 6 } }) =>
        length < 14 && `minimumPasswordLength is ${length}: ask for 14 letters or more.`,
      ({ props: { passwordReusePrevention: remembered = 0 } }) =>
        remembered < 24 && `passwordReusePrevention is ${remembered}: remember 24 passwords.`,
    ],
  },
});
