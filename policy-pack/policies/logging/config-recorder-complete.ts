import { defineStack } from "../../kernel/define.ts";
import type { Node } from "../../kernel/graph.ts";
import type { Props } from "../../kernel/tokens.ts";
import { partners } from "../../reading/relations.ts";

type Group = Props<"aws:cfg/recorder:Recorder">["recordingGroup"];

/** Whether a group leaves something out. Without one AWS Config records all that is regional (Config API, "RecordingGroup"). */
function gap(group: Group): string | undefined {
  if (group?.allSupported === false) return "allSupported is false";
  return group?.includeGlobalResourceTypes === true ? undefined : "includeGlobalResourceTypes is not true";
}

function gapOf({ props: { recordingGroup } }: Node<Props<"aws:cfg/recorder:Recorder">>): string | false {
  const found = gap(recordingGroup);
  return found !== undefined && `recordingGroup.${found}: record every kind, or changes of IAM are not seen.`;
}

export const configRecorderComplete = defineStack({
  name: "config-recorder-complete",
  description: "AWS Config records every kind of resource, and keeps what it records.",
  severity: "medium",
  controls: { fsbp: ["Config.1"], cis: ["3.3"], ckv: ["CKV2_AWS_45", "CKV2_AWS_48"] },
  remediation:
    "Give the recorder a group of everything, a RecorderStatus that is enabled and a DeliveryChannel.",
  checks: {
    "aws:cfg/recorder:Recorder": [
      gapOf,
      (recorder, graph) => {
        const statuses = partners(recorder, graph, ["aws:cfg/recorderStatus:RecorderStatus"], "name");
        return (
          !statuses.some(({ props }) => props.isEnabled === true) &&
          "no RecorderStatus turns it on: add one with isEnabled true."
        );
      },
      (_, graph) =>
        graph.all("aws:cfg/deliveryChannel:DeliveryChannel").length === 0 &&
        "no DeliveryChannel takes what it records: add one with a bucket.",
    ],
  },
});
