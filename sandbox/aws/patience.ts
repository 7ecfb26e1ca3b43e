import { conclude } from "../answers.ts";
import type { Settled } from "../model.ts";
import { Refusal } from "../model.ts";
import type { Carrier, Order } from "../operations.ts";

type Delays = readonly (readonly [type: RegExp, message: RegExp])[];

/**
 * Refusals that the provider takes for a delay, by type: rights and registrations reach a service some time after they were given. It
 * asks again for minutes, and so a program works that does not say what must come first. From the sources of each service, such as
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/lambda/function.go and
 * https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/logs/subscription_filter.go
 */
const whileMaking: Delays = [
  [/^aws:apigateway\/account:/, /The role ARN does not have required permissions/],
  [/^aws:cfg\/deliveryChannel:/, /^InsufficientDeliveryPolicyException: /],
  [/^aws:cloudtrail\/trail:/, /Access denied\. Check the (?:trust relationships|permissions) for your role/],
  [/^aws:cloudwatch\/logSubscriptionFilter:/, /Could not execute the lambda function/],
  [/^aws:ecs\/clusterCapacityProviders:/, /^ResourceInUseException: /],
  [/^aws:ecs\/service:/, /does not have an associated load balancer/],
  [/^aws:eks\/addon:/, /^InsufficientNumberOfReplicas: /],
  [/^aws:eks\/(?:cluster|fargateProfile):/, /could not be assumed because/],
  [/^aws:kinesis\/firehoseDeliveryStream:/, /is unable to assume role|is not authorized to/],
  [
    /^aws:lambda\/(?:function|eventSourceMapping):/,
    /execution role does not have permissions|cannot be assumed by Lambda/,
  ],
  [/^aws:pipes\/pipe:/, /role does not have permissions/],
  [/^aws:rds\/(?:clusterInstance|instance):/, /does not include the required permissions/],
  [/^aws:cloudfront\/distribution:/, /^InvalidViewerCertificate: The specified SSL certificate/],
  [/^aws:sfn\/stateMachine:/, /^AccessDeniedException: /],
  [/^aws:scheduler\/schedule:/, /must allow AWS EventBridge Scheduler to assume the role/],
  [/^aws:(?:iam\/role|kms\/key|s3\/bucketPolicy):/, /Invalid principal in policy/],
];

/** The same of what cannot be deleted before something else is gone: https://github.com/hashicorp/terraform-provider-aws/blob/main/internal/service/ec2/vpc_.go */
const whileDeleting: Delays = [
  [/^aws:ec2\/(?:internetGateway|securityGroup|subnet|vpc):/, /^DependencyViolation: /],
  [/^aws:ecs\/cluster:/, /^ClusterContains/],
  [/^aws:ecs\/clusterCapacityProviders:/, /^ResourceInUseException: /],
  [/^aws:elasticache\/subnetGroup:/, /^CacheSubnetGroupInUse: /],
  [/^aws:lb\/targetGroup:/, /^ResourceInUse: /],
];

function isDelayAtAws({ kind, subject }: Order, error: unknown): boolean {
  const delays = kind === "delete" ? whileDeleting : whileMaking;
  const message = error instanceof Refusal ? error.message : "";
  return delays.some(([type, words]) => type.test(subject.token) && words.test(message));
}

/** Milliseconds without any other operation after which nothing more is expected: the provider's own minutes would only be waited out. */
const silence = 2000;

/** Those who will ask again. Packages that share it wait for each other: pods for the nodes that AWS starts. */
export type Waiting = Set<() => void>;

/**
 * Where the provider would ask again, asks again after each other operation that succeeds, until nothing more happens.
 * @param patience what counts as nothing more, in milliseconds.
 * @param isDelay what the provider asks again after. @default what that of AWS does
 * @param waiting who else waits for these operations, and they for whose. @default nobody
 */
export function patiently(
  carry: Carrier,
  patience = silence,
  isDelay = isDelayAtAws,
  waiting: Waiting = new Set(),
): Carrier {
  const succeeded = (settled: Settled): Settled => {
    // After the answer: whoever asks again then sees what it was for.
    setImmediate(() => {
      for (const again of [...waiting]) again();
    });
    return settled;
  };
  return (order, operate) => {
    const wait = (first: unknown): Promise<Settled> => {
      if (!isDelay(order, first)) throw first;
      return new Promise((resolve, reject) => {
        const end = (refusal: unknown): void => {
          waiting.delete(again);
          reject(refusal instanceof Error ? refusal : new Error(String(refusal)));
        };
        let timer = setTimeout(end, patience, first);
        const again = (): void => {
          clearTimeout(timer);
          void conclude(
            () => carry(order, operate),
            (settled) => {
              waiting.delete(again);
              resolve(succeeded(settled));
            },
            (error) => {
              if (isDelay(order, error)) timer = setTimeout(end, patience, error);
              else end(error);
            },
          );
        };
        waiting.add(again);
      });
    };
    try {
      const answer = carry(order, operate);
      return answer instanceof Promise ? answer.then(succeeded, wait) : succeeded(answer);
    } catch (error) {
      return wait(error);
    }
  };
}
