import { defineStack } from "../../kernel/define.ts";
import { Undecided } from "../../kernel/findings.ts";
import type { Findings } from "../../kernel/findings.ts";
import type { Graph, Link, Node } from "../../kernel/graph.ts";
import { whole } from "../../kernel/params.ts";
import { attempt, has, json, property, UNKNOWN } from "../../kernel/read.ts";
import type { Props } from "../../kernel/tokens.ts";

type Queue = Node<Props<"aws:sqs/queue:Queue">>;

const senders = [
  "aws:sqs/queue:Queue",
  "aws:sqs/redrivePolicy:RedrivePolicy",
  "aws:sns/topicSubscription:TopicSubscription",
] as const;

/** Seconds that a queue keeps messages by default (Amazon SQS API reference, `MessageRetentionPeriod`). */
const fourDays = 4 * 24 * 60 * 60;

/** What a redrive policy says, which is written as JSON. */
function setting({ props }: Node, key: string): unknown {
  const policy = property(props, "redrivePolicy");
  return property(typeof policy === "string" ? json(policy) : policy, key);
}

/** The queues that something sends to what it cannot deliver: by ARN, and before that is known by dependency. */
function deadLetterQueues(sender: Node, graph: Graph): Link<Queue["props"]> {
  const arn = attempt(() => setting(sender, "deadLetterTargetArn"));
  const props = arn === UNKNOWN ? sender.props : { redrivePolicy: arn };
  return graph.targets({ ...sender, props }, "redrivePolicy", "aws:sqs/queue:Queue");
}

/** Whether a queue only takes what others could not deliver: such a queue needs none of its own. */
function isDeadLetterQueue(queue: Queue, graph: Graph): boolean {
  const allows = graph.linked(queue, "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy", "queueUrl").nodes;
  if (has(queue.props, "redriveAllowPolicy") || allows.length > 0) return true;
  return senders
    .flatMap((type): readonly Node[] => graph.all(type))
    .filter(({ props }) => has(props, "redrivePolicy"))
    .some((sender) => deadLetterQueues(sender, graph).nodes.some(({ urn }) => urn === queue.urn));
}

/** What says where the messages of a queue go that nobody could handle: the queue itself, or a resource of its own. */
function redrives(queue: Queue, graph: Graph): readonly Node[] {
  const { nodes, exact } = graph.linked(queue, "aws:sqs/redrivePolicy:RedrivePolicy", "queueUrl");
  if (!exact) throw new Undecided("queueUrl");
  return has(queue.props, "redrivePolicy") ? [queue, ...nodes] : nodes;
}

function keepsLonger(queue: Queue, graph: Graph): Findings {
  return redrives(queue, graph).flatMap((redrive) =>
    deadLetterQueues(redrive, graph).nodes.map(({ name, props }) => {
      const [own, theirs] = [queue.props, props].map((given) => given.messageRetentionSeconds ?? fourDays);
      return (
        own !== undefined &&
        theirs !== undefined &&
        theirs <= own &&
        `its dead-letter queue ${name} keeps messages ${theirs} seconds from when they were first sent, no longer than the queue's ${own}: keep them longer there.`
      );
    }),
  );
}

export const sqsDlq = defineStack({
  name: "sqs-dlq",
  description: "A message that cannot be handled is set aside and kept, instead of tried for ever or lost.",
  severity: "low",
  remediation: "Give the queue a redrivePolicy to a queue with 14 days of retention.",
  params: {
    maxReceives: whole(10, "Times a message is tried before it is set aside."),
    lastingSeconds: whole(
      3600,
      "Seconds of retention below which a message is of no use later, nor set aside.",
    ),
  },
  checks: {
    "aws:sqs/queue:Queue": [
      (queue, graph, { lastingSeconds }) =>
        (queue.props.messageRetentionSeconds ?? fourDays) >= lastingSeconds &&
        !isDeadLetterQueue(queue, graph) &&
        redrives(queue, graph).length === 0 &&
        "no redrivePolicy sets messages aside that cannot be handled: name a dead-letter queue.",
      (queue, graph, { maxReceives }) =>
        redrives(queue, graph).map((redrive) => {
          const times = Number(setting(redrive, "maxReceiveCount"));
          return (
            !(times <= maxReceives) &&
            `redrivePolicy.maxReceiveCount is ${times}: set a message aside after ${maxReceives} times at most.`
          );
        }),
      keepsLonger,
    ],
  },
});
