import type { ses, sesv2 } from "@pulumi/aws";
import type { AnyBehaviour, Reference } from "./behaviour.ts";
import { refined, taken } from "./specification/refined.ts";

const setToken = "aws:sesv2/configurationSet:ConfigurationSet";
const formerSetToken = "aws:ses/configurationSet:ConfigurationSet";
const identityToken = "aws:sesv2/emailIdentity:EmailIdentity";
const destinationToken = "aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination";

/** Codes of all of them: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateEmailIdentity.html#API_CreateEmailIdentity_Errors */
const toSet: Reference = {
  to: setToken,
  missing: { code: "NotFoundException", message: "Configuration set <{value}> does not exist." },
  holds: false,
};

const quick = { create: 2, update: 2, delete: 2 } as const;

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSet.html */
const configurationSet = refined<sesv2.ConfigurationSetArgs, sesv2.ConfigurationSetState>(setToken, {
  id: ({ inputs }) => inputs.configurationSetName,
  rules: [
    taken(setToken, ({ configurationSetName }) => configurationSetName, {
      code: "AlreadyExistsException",
      says: ({ inputs }) => `Configuration set <${inputs.configurationSetName}> already exists.`,
    }),
  ],
  seconds: quick,
});

/** The same by the API before: https://docs.aws.amazon.com/ses/latest/APIReference/API_CreateConfigurationSet.html */
const formerSet = refined<ses.ConfigurationSetArgs, ses.ConfigurationSetState>(formerSetToken, {
  rules: [
    taken(formerSetToken, ({ name }) => name, {
      code: "ConfigurationSetAlreadyExists",
      says: ({ inputs }) => `Configuration set <${inputs.name ?? ""}> already exists.`,
    }),
  ],
  seconds: quick,
});

/**
 * A sender. Nobody here publishes the records or answers the mail that would verify it, so it stays unverified:
 * https://docs.aws.amazon.com/ses/latest/dg/creating-identities.html
 */
const identity = refined<sesv2.EmailIdentityArgs, sesv2.EmailIdentityState>(identityToken, {
  references: { configurationSetName: toSet },
  id: ({ inputs }) => inputs.emailIdentity,
  outputs: ({ inputs, created, hex }) => ({
    dkimSigningAttributes: {
      currentSigningKeyLength: "RSA_2048_BIT",
      lastKeyGenerationTimestamp: created,
      nextSigningKeyLength: inputs.dkimSigningAttributes?.nextSigningKeyLength ?? "RSA_2048_BIT",
      signingAttributesOrigin:
        inputs.dkimSigningAttributes?.domainSigningSelector === undefined ? "AWS_SES" : "EXTERNAL",
      status: "PENDING",
      tokens: ["first", "second", "third"].map((which) => hex(32, which)),
    },
    identityType: inputs.emailIdentity.includes("@") ? "EMAIL_ADDRESS" : "DOMAIN",
    verificationStatus: "PENDING",
    verifiedForSendingStatus: false,
  }),
  rules: [
    taken(identityToken, ({ emailIdentity }) => emailIdentity, {
      code: "AlreadyExistsException",
      says: ({ inputs }) => `Email identity ${inputs.emailIdentity} already exist.`,
    }),
  ],
  seconds: quick,
});

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_CreateConfigurationSetEventDestination.html. The id is the provider's. */
const destination = refined<
  sesv2.ConfigurationSetEventDestinationArgs,
  sesv2.ConfigurationSetEventDestinationState
>(destinationToken, {
  references: { configurationSetName: toSet },
  id: ({ inputs }) => `${inputs.configurationSetName}|${inputs.eventDestinationName}`,
  keys: () => [],
  rules: [
    taken(
      destinationToken,
      ({ configurationSetName, eventDestinationName }) => `${configurationSetName}|${eventDestinationName}`,
      {
        code: "AlreadyExistsException",
        says: ({ inputs }) => `Event destination <${inputs.eventDestinationName}> already exists.`,
      },
    ),
  ],
  seconds: quick,
});

/** Who sends mail, and what is known of it. */
export const mail: readonly AnyBehaviour[] = [configurationSet, formerSet, identity, destination];
