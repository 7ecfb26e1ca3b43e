import type { eks } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import type { Stored } from "../../model.ts";
import { at } from "../../values.ts";
import type { AnyBehaviour, Context } from "../behaviour.ts";
import { ABSENT, behaviour } from "../behaviour.ts";
import { entryArn } from "./access-entry-arn.ts";
import { accessEntryToken, clusterToken, refuseTwin, toCluster, toPodRole } from "./references.ts";

const associationToken = "aws:eks/podIdentityAssociation:PodIdentityAssociation";
const policyToken = "aws:eks/accessPolicyAssociation:AccessPolicyAssociation";
const quick = { create: 2, update: 2, delete: 1 } as const;

/** https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html */
const policyNames = /^Amazon(?:EKS|AIOps|SagemakerHyperpod|ECR|Aws)\w*Policy$/;
const policyPrefix = "arn:aws:eks::aws:cluster-access-policy/";

/** https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html */
function refuseWithoutEntries({ inputs, account, region }: Context<{ readonly clusterName: string }>): void {
  const cluster = account.find(clusterToken, inputs.clusterName, region);
  if (at(cluster?.state, "accessConfig.authenticationMode") !== "CONFIG_MAP") return;
  throw new Refusal(
    "InvalidRequestException",
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
  );
}

/** A role's sessions are told apart by their names: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
function userNameOf(principalArn: string): string {
  const [, account = "", role] = /^arn:aws:iam::(\d+):role\/(?:.*\/)?([^/]+)$/.exec(principalArn) ?? [];
  return role === undefined ? principalArn : `arn:aws:sts::${account}:assumed-role/${role}/{{SessionName}}`;
}

/** A role or a user; sessions, groups and whole accounts cannot have an entry: https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html */
const principal = /^arn:aws[\w-]*:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+$/;

function refusePrincipal(principalArn: string): void {
  if (principal.test(principalArn)) return;
  throw new Refusal("InvalidParameterException", "The principalArn parameter format is not valid");
}

/**
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateAccessEntry.html. AWS also refuses principals that do not exist; here those
 * of people and pipelines are outside of the program, so that none is looked for.
 */
const accessEntry = behaviour<eks.AccessEntryArgs, eks.AccessEntryState>(accessEntryToken, {
  references: { clusterName: toCluster },
  id: ({ inputs }) => `${inputs.clusterName}:${inputs.principalArn}`,
  outputs: (context) => {
    const { inputs, created, before } = context;
    return {
      accessEntryArn: entryArn(context, inputs.clusterName, inputs.principalArn),
      createdAt: created,
      kubernetesGroups: [],
      modifiedAt: before === undefined ? created : new Date().toISOString(),
      userName: userNameOf(inputs.principalArn),
    };
  },
  keys: (state) => [state.accessEntryArn],
  refuses: (context, before) => {
    const { inputs, account } = context;
    refuseWithoutEntries(context);
    refusePrincipal(inputs.principalArn);
    refuseTwin(
      account,
      accessEntryToken,
      `${inputs.clusterName}:${inputs.principalArn}`,
      before,
      "The specified access entry resource is already in use on this cluster.",
    );
    const group = inputs.kubernetesGroups?.find((one) => one.startsWith("system:"));
    if (group !== undefined) {
      throw new Refusal(
        "InvalidParameterException",
        `The kubernetes group name ${group} is invalid, it cannot start with system:`,
      );
    }
  },
  settles: ["modifiedAt"],
  seconds: quick,
});

function refusePolicy(policyArn: string): void {
  const name = policyArn.startsWith(policyPrefix) ? policyArn.slice(policyPrefix.length) : "";
  if (policyNames.test(name)) return;
  throw new Refusal("ResourceNotFoundException", `The specified policyArn could not be found: ${policyArn}`);
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_AssociateAccessPolicy.html */
const accessPolicyAssociation = behaviour<eks.AccessPolicyAssociationArgs, eks.AccessPolicyAssociationState>(
  policyToken,
  {
    references: { clusterName: toCluster },
    id: ({ inputs }) => `${inputs.clusterName}#${inputs.principalArn}#${inputs.policyArn}`,
    outputs: ({ created }) => ({ associatedAt: created, modifiedAt: created }),
    keys: () => [],
    refuses: ({ inputs, account, region }) => {
      const { clusterName, principalArn, policyArn, accessScope } = inputs;
      if (account.find(accessEntryToken, `${clusterName}:${principalArn}`, region) === undefined) {
        throw new Refusal(
          "ResourceNotFoundException",
          "The specified principalArn could not be found. You can view your available principals with 'list-access-entries'.",
        );
      }
      refusePolicy(policyArn);
      const namespaced = accessScope.type === "namespace";
      if (namespaced !== (accessScope.namespaces ?? []).length > 0) {
        throw new Refusal(
          "InvalidParameterException",
          namespaced
            ? "You must specify at least one namespace when the access scope type is namespace."
            : "Namespaces can't be specified when the access scope type is cluster.",
        );
      }
    },
    seconds: quick,
  },
);

function twinOf(
  { inputs, account, region }: Context<{ clusterName: string; namespace: string; serviceAccount: string }>,
  before: Stored | undefined,
): Stored | undefined {
  return account
    .all(associationToken, region)
    .find(
      ({ id, state }) =>
        id !== before?.id &&
        state.clusterName === inputs.clusterName &&
        state.namespace === inputs.namespace &&
        state.serviceAccount === inputs.serviceAccount,
    );
}

/** https://docs.aws.amazon.com/eks/latest/APIReference/API_CreatePodIdentityAssociation.html */
const podIdentityAssociation = behaviour<eks.PodIdentityAssociationArgs, eks.PodIdentityAssociationState>(
  associationToken,
  {
    references: { clusterName: toCluster, roleArn: toPodRole },
    id: ({ hex }) => `a-${hex(17)}`,
    outputs: ({ id, accountId, region, inputs, hex }) => ({
      associationArn: `arn:aws:eks:${region}:${accountId}:podidentityassociation/${inputs.clusterName}/${id}`,
      associationId: id,
      externalId: inputs.targetRoleArn === undefined ? ABSENT : hex(32, "externalId"),
    }),
    keys: (state) => [state.associationArn],
    refuses: (context, before) => {
      const twin = twinOf(context, before);
      if (twin === undefined) return;
      throw new Refusal("ResourceInUseException", `Association already exists: ${twin.id}`);
    },
    seconds: quick,
  },
);

/** Who may use a cluster, and what its pods may do in AWS. */
export const clusterAccess: readonly AnyBehaviour[] = [
  accessEntry,
  accessPolicyAssociation,
  podIdentityAssociation,
];
