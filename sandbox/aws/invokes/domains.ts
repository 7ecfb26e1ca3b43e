import type { acm, route53 } from "@pulumi/aws";
import { Refusal } from "../../model.ts";
import { hexOf, list } from "../../values.ts";
import { tagsOf, words } from "./asking.ts";
import type { Invoke } from "./model.ts";
import { invoke } from "./model.ts";

/** The newest one that fits: https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html */
const getCertificate = invoke<acm.GetCertificateResult>(({ account, region }, args) => {
  const statuses = list(args.statuses);
  const [found, ...others] = account
    .all("aws:acm/certificate:Certificate", region)
    .filter(({ state }) => state.domainName === args.domain)
    .filter(({ state }) => statuses.length === 0 || statuses.includes(state.status))
    .toReversed();
  if (found === undefined) {
    throw new Refusal("NotFound", `no ACM Certificate matching domain (${words(args.domain)}) found`);
  }
  if (others.length > 0 && args.mostRecent !== true)
    throw new Refusal("TooManyResults", "multiple ACM Certificates matching domain found");
  return {
    arn: words(found.state.arn),
    certificate: "",
    certificateChain: "",
    domain: words(found.state.domainName),
    id: words(found.state.arn),
    region,
    status: words(found.state.status),
    tags: tagsOf(found),
  };
});

/** https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListHostedZonesByName.html */
const getZone = invoke<route53.GetZoneResult>(({ account }, args) => {
  const name = words(args.name).replace(/\.$/, "");
  const [zone, ...others] = account
    .all("aws:route53/zone:Zone")
    .filter(
      ({ id, state }) =>
        id === args.zoneId || (args.zoneId === undefined && words(state.name).replace(/\.$/, "") === name),
    )
    .filter(({ state }) => list(state.vpcs).length > 0 === (args.privateZone === true));
  if (zone === undefined) throw new Refusal("NoSuchHostedZone", "no matching Route 53 Hosted Zone found");
  if (others.length > 0)
    throw new Refusal("TooManyResults", "multiple Route 53 Hosted Zones matched; use zoneId to say which");
  const nameServers = list(zone.state.nameServers).map(words);
  return {
    arn: words(zone.state.arn),
    callerReference: hexOf(zone.id, 32),
    comment: words(zone.state.comment),
    id: zone.id,
    linkedServiceDescription: "",
    linkedServicePrincipal: "",
    name: words(zone.state.name),
    nameServers,
    primaryNameServer: nameServers[0] ?? "",
    resourceRecordSetCount:
      account.all("aws:route53/record:Record").filter(({ state }) => state.zoneId === zone.id).length + 2,
    tags: tagsOf(zone),
    zoneId: zone.id,
  };
});

/** Questions about names on the internet and who vouches for them. */
export const domainInvokes: Readonly<Record<string, Invoke>> = {
  "aws:acm/getCertificate:getCertificate": getCertificate,
  "aws:route53/getZone:getZone": getZone,
};
