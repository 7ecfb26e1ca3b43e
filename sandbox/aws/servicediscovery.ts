import type { servicediscovery } from "@pulumi/aws";
import type { Stored } from "../model.ts";
import { Refusal } from "../model.ts";
import { at, text } from "../values.ts";
import type { AnyBehaviour, Plain, Reference } from "./behaviour.ts";
import { toVpc } from "./ec2/references.ts";
import { refined } from "./specification/refined.ts";
import type { Request } from "./specification/refined.ts";

const namespaceTokens = {
  http: "aws:servicediscovery/httpNamespace:HttpNamespace",
  private: "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace",
  public: "aws:servicediscovery/publicDnsNamespace:PublicDnsNamespace",
} as const;
const serviceToken = "aws:servicediscovery/service:Service";

const toNamespace: Reference = {
  to: Object.values(namespaceTokens),
  missing: { code: "NamespaceNotFound", message: "Namespace {value} does not exist." },
};

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_DeleteNamespace.html */
function keepsNamespace(_: Stored, holders: readonly Stored[]): void {
  if (!holders.some(({ token }) => token === serviceToken)) return;
  throw new Refusal("ResourceInUse", "Namespace has associated services");
}

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_CreatePrivateDnsNamespace.html: one private zone of a name per VPC. */
const privateNamespace = refined<
  servicediscovery.PrivateDnsNamespaceArgs,
  servicediscovery.PrivateDnsNamespaceState
>(namespaceTokens.private, {
  references: { vpc: toVpc },
  id: ({ hex }) => `ns-${hex(16)}`,
  rules: [
    {
      when: ({ inputs, account, before }) =>
        before === undefined &&
        account
          .all(namespaceTokens.private)
          .some(({ state }) => state.vpc === inputs.vpc && state.name === inputs.name),
      code: "ConflictingDomainExists",
      says: ({ inputs }) =>
        `The VPC ${inputs.vpc} has already been associated with a hosted zone that has the domain name ${inputs.name ?? ""}.`,
    },
  ],
  keeps: keepsNamespace,
  seconds: { create: 45, update: 5, delete: 60 },
});

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateHttpNamespace.html */
const httpNamespace = refined<servicediscovery.HttpNamespaceArgs, servicediscovery.HttpNamespaceState>(
  namespaceTokens.http,
  {
    id: ({ hex }) => `ns-${hex(16)}`,
    rules: [
      {
        when: ({ inputs, account, region, before }) =>
          before === undefined &&
          account.all(namespaceTokens.http, region).some(({ state }) => state.name === inputs.name),
        code: "NamespaceAlreadyExists",
        says: ({ inputs }) => `Namespace with name ${inputs.name ?? ""} already exists.`,
      },
    ],
    keeps: keepsNamespace,
    seconds: { create: 10, update: 5, delete: 10 },
  },
);

type ServiceRequest = Request<Plain<servicediscovery.ServiceArgs>>;

function namespaceOf({ inputs }: ServiceRequest): string {
  return inputs.namespaceId ?? text(at(inputs, "dnsConfig.namespaceId")) ?? "";
}

/** https://docs.aws.amazon.com/cloud-map/latest/api/API_CreateService.html */
const service = refined<servicediscovery.ServiceArgs, servicediscovery.ServiceState>(serviceToken, {
  references: { namespaceId: toNamespace, "dnsConfig.namespaceId": toNamespace },
  id: ({ hex }) => `srv-${hex(16)}`,
  keys: (state) => [state.arn],
  rules: [
    {
      when: (asked) =>
        asked.before === undefined &&
        asked.account
          .all(serviceToken, asked.region)
          .some(
            ({ state }) =>
              state.name === asked.inputs.name &&
              (state.namespaceId ?? at(state, "dnsConfig.namespaceId")) === namespaceOf(asked),
          ),
      code: "ServiceAlreadyExists",
      says: ({ inputs }) => `Service already exists: ${inputs.name ?? ""}`,
    },
  ],
  seconds: { create: 2, update: 5, delete: 2 },
});

/** How services find each other. */
export const discovery: readonly AnyBehaviour[] = [privateNamespace, httpNamespace, service];
