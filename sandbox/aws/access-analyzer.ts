import type { accessanalyzer } from "@pulumi/aws";
import type { AnyBehaviour } from "./behaviour.ts";
import { refined, taken } from "./specification/refined.ts";

const analyzerToken = "aws:accessanalyzer/analyzer:Analyzer";
const ruleToken = "aws:accessanalyzer/archiveRule:ArchiveRule";

/** In AWS's words: https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CreateAnalyzer.html#API_CreateAnalyzer_Errors */
const conflict = { code: "ConflictException", says: "A conflict exception error." } as const;

/** Of each kind that is about the account alone a region has one: https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html */
const single = "ACCOUNT";

const analyzer = refined<accessanalyzer.AnalyzerArgs, accessanalyzer.AnalyzerState>(analyzerToken, {
  id: ({ inputs }) => inputs.analyzerName,
  keys: (state) => [state.arn, state.analyzerName],
  rules: [
    taken(analyzerToken, ({ analyzerName }) => analyzerName, conflict),
    {
      when: ({ account, region, inputs: { type = single }, before }) =>
        before === undefined &&
        type.startsWith(single) &&
        account.all(analyzerToken, region).some(({ state }) => state.type === type),
      code: "ServiceQuotaExceededException",
      says: "Service quota met error.",
    },
  ],
  seconds: { create: 3, update: 2, delete: 3 },
});

/** https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CreateArchiveRule.html */
const archiveRule = refined<accessanalyzer.ArchiveRuleArgs, accessanalyzer.ArchiveRuleState>(ruleToken, {
  references: {
    analyzerName: {
      to: analyzerToken,
      missing: {
        code: "ResourceNotFoundException",
        message: "The specified resource could not be found: {value}",
      },
      // Its rules go with an analyzer that is deleted.
      holds: false,
    },
  },
  id: ({ inputs }) => `${inputs.analyzerName}/${inputs.ruleName}`,
  rules: [taken(ruleToken, ({ analyzerName, ruleName }) => `${analyzerName}/${ruleName}`, conflict)],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** What finds out who has access. */
export const analyzers: readonly AnyBehaviour[] = [analyzer, archiveRule];
