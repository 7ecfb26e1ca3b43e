import { expect } from "chai";

import { changed, graph, without } from "./fixtures/graph.ts";
import type { Planned } from "./fixtures/graph.ts";
import { UNKNOWN } from "./fixtures/values.ts";
import type { GraphResource } from "./support/engine.ts";
import { found, foundIn, inBoth } from "./support/stack.ts";

/** The same resources in the stack that is the account's baseline. */
function inAccount(planned: readonly Planned[]): readonly GraphResource[] {
  return graph("update", planned).map((resource) => ({
    ...resource,
    urn: resource.urn.replace("urn:pulumi:prod::", "urn:pulumi:account::"),
  }));
}

const provider: Planned = { type: "pulumi:providers:aws", name: "aws" };
const detector: Planned = { type: "aws:guardduty/detector:Detector", name: "detector" };
const baseline: readonly Planned[] = [
  provider,
  detector,
  { type: "aws:securityhub/account:Account", name: "hub" },
  { type: "aws:accessanalyzer/analyzer:Analyzer", name: "analyzer", props: { type: "ACCOUNT" } },
  { type: "aws:ebs/encryptionByDefault:EncryptionByDefault", name: "volumes" },
  { type: "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", name: "block" },
  { type: "aws:cloudtrail/trail:Trail", name: "trail" },
  { type: "aws:cfg/recorder:Recorder", name: "recorder" },
];

describe("account-baseline-present", () => {
  const policy = "account-baseline-present";
  const missing = (what: string): string => `aws: ${what} is not turned on in stack account: add it.`;

  it("passes when the account's stack has all of it", async () => {
    expect(await foundIn(policy, inAccount(baseline))).to.deep.equal([]);
  });

  it("objects to what is not there", async () => {
    expect(await foundIn(policy, inAccount([provider]))).to.deep.equal(
      [
        ...["GuardDuty (aws.guardduty.Detector)", "Security Hub (aws.securityhub.Account)"],
        "the access analyzer (aws.accessanalyzer.Analyzer)",
        "encryption of new volumes (aws.ebs.EncryptionByDefault)",
        "the account's public access block (aws.s3.AccountPublicAccessBlock)",
        ...["a trail (aws.cloudtrail.Trail)", "AWS Config's recorder (aws.cfg.Recorder)"],
      ].map(missing),
    );
  });

  it("objects to what is there and turned off, or looks at something else", async () => {
    const judge = (name: string, props: object) =>
      foundIn(policy, inAccount(changed(baseline, name, { props: { ...props } })));
    expect(await judge("detector", { enable: false })).to.deep.equal([
      missing("GuardDuty (aws.guardduty.Detector)"),
    ]);
    expect(await judge("volumes", { enabled: false })).to.have.length(1);
    expect(await judge("analyzer", { type: "ACCOUNT_UNUSED_ACCESS" })).to.have.length(1);
  });

  it("says it once for several providers", async () => {
    const two = inAccount([...without(baseline, "trail"), { ...provider, name: "edge" }]);
    expect(await foundIn(policy, two)).to.deep.equal([missing("a trail (aws.cloudtrail.Trail)")]);
  });

  it("asks nothing of other stacks", async () => {
    expect(await found(policy, "update", [provider])).to.deep.equal([]);
  });

  it("objects to passwords that are short or come again, with AWS's defaults", async () => {
    const rules: Planned = { type: "aws:iam/accountPasswordPolicy:AccountPasswordPolicy", name: "passwords" };
    expect(await found(policy, "update", [rules])).to.deep.equal([
      "passwords: minimumPasswordLength is 6: ask for 14 letters or more.",
      "passwords: passwordReusePrevention is 0: remember 24 passwords.",
    ]);
    const props = { minimumPasswordLength: 14, passwordReusePrevention: 24 };
    expect(await found(policy, "update", [{ ...rules, props }])).to.deep.equal([]);
  });
});

describe("config-recorder-complete", () => {
  const policy = "config-recorder-complete";
  const recordingGroup = { allSupported: true, includeGlobalResourceTypes: true };
  const recording: readonly Planned[] = [
    { type: "aws:cfg/recorder:Recorder", name: "recorder", props: { recordingGroup } },
    {
      ...{ type: "aws:cfg/recorderStatus:RecorderStatus", name: "status" },
      ...{ props: { isEnabled: true }, refs: { name: "recorder" } },
    },
    { type: "aws:cfg/deliveryChannel:DeliveryChannel", name: "channel" },
  ];
  const off = "recorder: no RecorderStatus turns it on: add one with isEnabled true.";

  inBoth("passes when everything is recorded and kept", async (moment) => {
    expect(await found(policy, moment, recording)).to.deep.equal([]);
  });

  inBoth("objects to a recorder alone", async (moment) => {
    expect(await found(policy, moment, recording.slice(0, 1))).to.deep.equal([
      off,
      "recorder: no DeliveryChannel takes what it records: add one with a bucket.",
    ]);
  });

  inBoth("objects to a recorder that is turned off", async (moment) => {
    const stopped = changed(recording, "status", { props: { isEnabled: false } });
    expect(await found(policy, moment, stopped)).to.deep.equal([off]);
  });

  it("objects to what is left out", async () => {
    const judge = (given: object | undefined) =>
      found(policy, "update", changed(recording, "recorder", { props: { recordingGroup: given } }));
    const what = "record every kind, or changes of IAM are not seen.";
    expect(await judge({ allSupported: false })).to.deep.equal([
      `recorder: recordingGroup.allSupported is false: ${what}`,
    ]);
    expect(await judge(undefined)).to.deep.equal([
      `recorder: recordingGroup.includeGlobalResourceTypes is not true: ${what}`,
    ]);
  });

  it("waits for the update while it is not known which recorder is turned on", async () => {
    const opaque = changed(recording, "status", { refs: {}, props: { isEnabled: true, name: UNKNOWN } });
    expect(await found(policy, "preview", opaque)).to.deep.equal([]);
    expect(await found("checks-deferred", "preview", opaque)).to.deep.equal([
      `: 1 check deferred until the update: ${policy} 1.`,
    ]);
  });
});
