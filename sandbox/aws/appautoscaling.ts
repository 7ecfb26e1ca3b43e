import type { appautoscaling } from "@pulumi/aws";
import { text } from "../values.ts";
import type { AnyBehaviour, Plain } from "./behaviour.ts";
import { refined } from "./specification/refined.ts";
import type { Request } from "./specification/refined.ts";

const targetToken = "aws:appautoscaling/target:Target";

type Target = Request<Plain<appautoscaling.TargetArgs>>;

/** What Application Auto Scaling looks for in other services, and what it says when it is not there. */
interface Kind {
  readonly token: string;
  readonly says: (resourceId: string) => string;
}

/** By the beginning of a resource id: https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
const kinds: Readonly<Record<string, Kind>> = {
  "ecs/service": {
    token: "aws:ecs/service:Service",
    says: (resourceId) => `ECS service doesn't exist: ${resourceId}`,
  },
  "dynamodb/table": {
    token: "aws:dynamodb/table:Table",
    says: (resourceId) => `DynamoDB table does not exist: ${resourceId}`,
  },
};

function kindOf({ inputs }: Target): Kind | undefined {
  return kinds[`${inputs.serviceNamespace}/${inputs.resourceId.split("/")[0] ?? ""}`];
}

/** Whether there is what is to scale: `table/name`, `table/name/index/other`, or `service/cluster/name`. */
function exists(asked: Target): boolean {
  const { token } = kindOf(asked) ?? {};
  if (token === undefined) return true;
  const [kind, first = "", second] = asked.inputs.resourceId.split("/");
  return asked.account.all(token, asked.region).some(({ state }) => {
    if (kind !== "service") return state.name === first;
    const cluster = text(state.cluster)?.split("/").at(-1) ?? "default";
    return state.name === second && cluster === first;
  });
}

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_RegisterScalableTarget.html */
const target = refined<appautoscaling.TargetArgs, appautoscaling.TargetState>(targetToken, {
  id: ({ inputs }) => `${inputs.serviceNamespace}/${inputs.resourceId}/${inputs.scalableDimension}`,
  rules: [
    {
      when: ({ inputs }) => inputs.minCapacity > inputs.maxCapacity,
      code: "ValidationException",
      says: "Maximum capacity cannot be less than minimum capacity",
    },
    {
      when: (asked) => !exists(asked),
      code: "ValidationException",
      says: (asked) => kindOf(asked)?.says(asked.inputs.resourceId) ?? "",
    },
  ],
  seconds: { create: 2, update: 2, delete: 2 },
});

/** https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html */
const policy = refined<appautoscaling.PolicyArgs, appautoscaling.PolicyState>(
  "aws:appautoscaling/policy:Policy",
  {
    rules: [
      {
        when: ({ inputs, account, region }) =>
          account
            .all(targetToken, region)
            .every(
              ({ state }) =>
                state.resourceId !== inputs.resourceId ||
                state.serviceNamespace !== inputs.serviceNamespace ||
                state.scalableDimension !== inputs.scalableDimension,
            ),
        code: "ObjectNotFoundException",
        says: ({ inputs }) =>
          `No scalable target registered for service namespace: ${inputs.serviceNamespace}, resource ID: ${inputs.resourceId}, scalable dimension: ${inputs.scalableDimension}`,
      },
    ],
    seconds: { create: 2, update: 2, delete: 2 },
  },
);

/** What grows and shrinks by itself, outside EC2. */
export const scaling: readonly AnyBehaviour[] = [target, policy];
