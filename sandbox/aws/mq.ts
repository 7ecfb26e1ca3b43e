import type { mq } from "@pulumi/aws";
import type { AnyBehaviour } from "./behaviour.ts";
import { placementOf } from "./placement.ts";
import { refined, taken } from "./specification/refined.ts";
import type { RulesFor } from "./specification/refined.ts";

const brokerToken = "aws:mq/broker:Broker";

/** Codes: https://docs.aws.amazon.com/amazon-mq/latest/api-reference/brokers.html */
const rules: RulesFor<mq.BrokerArgs> = [
  taken(brokerToken, ({ brokerName }) => brokerName, {
    code: "ConflictException",
    says: ({ inputs }) => `Broker name [${inputs.brokerName ?? ""}] already exists.`,
  }),
  {
    when: ({ inputs, account }) => placementOf(account, inputs.subnetIds).vpcs.length > 1,
    code: "BadRequestException",
    says: "Subnets must belong to the same VPC.",
  },
  {
    // https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/rabbitmq-basic-elements-user.html: further ones are made in the broker.
    when: ({ inputs }) => /^rabbitmq$/i.test(inputs.engineType) && (inputs.users ?? []).length !== 1,
    code: "BadRequestException",
    says: "Specify exactly one user for engine type [RABBITMQ].",
  },
];

/** A message broker. */
const broker = refined<mq.BrokerArgs, mq.BrokerState>(brokerToken, {
  autoname: { property: "brokerName", max: 50 },
  keys: (state) => [state.arn, state.brokerName],
  rules,
  // https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/getting-started-activemq.html
  seconds: { create: 900, update: 600, delete: 300 },
});

/** Queues and topics of open protocols. */
export const brokers: readonly AnyBehaviour[] = [broker];
