import type { mq } from "@pulumi/aws";
import type { AnyBehaviour, Existing, Plain } from "./behaviour.ts";
import { placementOf } from "./placement.ts";
import { refined, taken } from "./specification/refined.ts";
import type { RulesFor } from "./specification/refined.ts";
import { uuidOf } from "./uuid.ts";

const brokerToken = "aws:mq/broker:Broker";

/** From which version on Amazon MQ chooses the patch itself: https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/upgrading-brokers.html */
const engines = [
  { engine: "ActiveMQ", since: [5, 18], valid: ["5.19", "5.18", "5.17.6", "5.16.7"] },
  { engine: "RabbitMQ", since: [3, 13], valid: ["4.2", "3.13"] },
] as const;

/** The engine that is asked for, in AWS's spelling, and its patch; undefined where the program chooses the patch. */
function patchedOf({
  engineType,
  engineVersion,
}: Pick<Plain<mq.BrokerArgs>, "engineType" | "engineVersion">) {
  const engine = engines.find((known) => known.engine.toLowerCase() === engineType.toLowerCase());
  const [major = 0, minor = 0, patch] = engineVersion.split(".").map(Number);
  if (engine === undefined || major < engine.since[0]) return undefined;
  return major === engine.since[0] && minor < engine.since[1] ? undefined : { ...engine, patch };
}

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
  {
    when: ({ inputs }) => patchedOf(inputs)?.patch !== undefined,
    code: "BadRequestException",
    says: ({ inputs }) =>
      `Broker engine version [${inputs.engineVersion}] is invalid for broker engine type [${inputs.engineType.toUpperCase()}]. Valid values: [${(patchedOf(inputs)?.valid ?? []).join(", ")}].`,
  },
  {
    when: ({ inputs }) => patchedOf(inputs) !== undefined && inputs.autoMinorVersionUpgrade !== true,
    code: "BadRequestException",
    says: ({ inputs }) =>
      `Brokers on [${patchedOf(inputs)?.engine ?? ""}] version [${inputs.engineVersion}] must have [autoMinorVersionUpgrade] set to [true].`,
  },
];

/** https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/amazon-mq-creating-configuring-broker.html */
const activeProtocols = ["ssl:61617", "amqp+ssl:5671", "stomp+ssl:61614", "mqtt+ssl:8883", "wss:61619"];

/** Where the broker is reached: a pair that relieve each other are reached one by one, a cluster at one place. */
function instancesOf({ id, inputs, region, hex }: Existing<Plain<mq.BrokerArgs>>) {
  if (/^rabbitmq$/i.test(inputs.engineType)) {
    const host = `${id}.mq.${region}.on.aws`;
    return [{ consoleUrl: `https://${host}`, endpoints: [`amqps://${host}:5671`], ipAddress: "" }];
  }
  const numbers = inputs.deploymentMode === "ACTIVE_STANDBY_MULTI_AZ" ? [1, 2] : [1];
  return numbers.map((number) => {
    const host = `${id}-${number}.mq.${region}.on.aws`;
    return {
      consoleUrl: `https://${host}:8162`,
      endpoints: activeProtocols.map((protocol) => protocol.replace(":", `://${host}:`)),
      ipAddress: `10.0.${number}.${Number.parseInt(hex(2, `address/${number}`), 16)}`,
    };
  });
}

/** A message broker. */
const broker = refined<mq.BrokerArgs, mq.BrokerState>(brokerToken, {
  autoname: { property: "brokerName", max: 50 },
  id: ({ hex }) => `b-${uuidOf(hex(32))}`,
  outputs: (made) => ({
    arn: `arn:aws:mq:${made.region}:${made.accountId}:broker:${made.inputs.brokerName ?? ""}:${made.id}`,
    instances: instancesOf(made),
  }),
  keys: (state) => [state.arn, state.brokerName],
  rules,
  // https://docs.aws.amazon.com/amazon-mq/latest/developer-guide/getting-started-activemq.html
  seconds: { create: 900, update: 600, delete: 300 },
});

/** Queues and topics of open protocols. */
export const brokers: readonly AnyBehaviour[] = [broker];
