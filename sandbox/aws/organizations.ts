import type { organizations } from "@pulumi/aws";
import type { AnyBehaviour } from "./behaviour.ts";
import { refined } from "./specification/refined.ts";

const organizationToken = "aws:organizations/organization:Organization";
const unitToken = "aws:organizations/organizationalUnit:OrganizationalUnit";
const policyToken = "aws:organizations/policy:Policy";

/** Codes and words: https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganization.html#API_CreateOrganization_Errors */
const organization = refined<organizations.OrganizationArgs, organizations.OrganizationState>(
  organizationToken,
  {
    scope: "global",
    rules: [
      {
        when: ({ account, before }) => before === undefined && account.all(organizationToken).length > 0,
        code: "AlreadyInOrganizationException",
        says: "This account is already a member of an organization. An account can belong to only one organization at a time.",
      },
    ],
    seconds: { create: 10, update: 5, delete: 5 },
  },
);

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreateOrganizationalUnit.html#API_CreateOrganizationalUnit_Errors */
const unit = refined<organizations.OrganizationalUnitArgs, organizations.OrganizationalUnitState>(unitToken, {
  scope: "global",
  rules: [
    {
      when: ({ inputs, account, before }) =>
        account
          .all(unitToken)
          .some(
            ({ id, state }) =>
              id !== before?.id && state.parentId === inputs.parentId && state.name === inputs.name,
          ),
      code: "DuplicateOrganizationalUnitException",
      says: "An OU with the same name already exists.",
    },
  ],
  seconds: { create: 2, update: 2, delete: 2 },
});

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_CreatePolicy.html#API_CreatePolicy_Errors */
const policy = refined<organizations.PolicyArgs, organizations.PolicyState>(policyToken, {
  scope: "global",
  rules: [
    {
      when: ({ inputs, account, before }) =>
        account.all(policyToken).some(({ id, state }) => id !== before?.id && state.name === inputs.name),
      code: "DuplicatePolicyException",
      says: "A policy with the same name already exists.",
    },
  ],
  seconds: { create: 1, update: 1, delete: 1 },
});

/** Accounts under one roof. */
export const accounts: readonly AnyBehaviour[] = [organization, unit, policy];
