import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import type { DomainBinding } from "../contracts.ts";
import type { DomainSettings } from "./settings.ts";

/** Settings are all it needs. */
export type DomainArgs = DomainSettings;

/** The only region CloudFront takes certificates from (Amazon CloudFront developer guide, "Requirements for using certificates"). */
const edgeRegion = "us-east-1";

/**
 * A public DNS zone with validated certificates for its name and every direct subdomain, in the platform's region and at the
 * edge. Only Amazon may issue certificates below it. With zone `none` there is nothing, and no output but the empty list of name servers.
 */
export class Domain extends pulumi.ComponentResource implements DomainBinding {
  public readonly zoneName: string | undefined;
  public readonly zoneId: pulumi.Output<string> | undefined;
  public readonly certificateArn: pulumi.Output<string> | undefined;
  public readonly edgeCertificateArn: pulumi.Output<string> | undefined;
  /** What the parent domain must delegate to; empty without a zone. */
  public readonly nameServers: pulumi.Output<string[]> = pulumi.output([]);

  public constructor(name: string, args: DomainArgs, opts?: pulumi.ComponentResourceOptions) {
    super("platform:index:Domain", name, args, opts);
    const child = { parent: this };

    if (args.zone !== "none") {
      const zone = new aws.route53.Zone(
        name,
        { name: args.zone, comment: "The platform's own names", forceDestroy: false },
        { ...child, protect: args.protect },
      );
      new aws.route53.Record(
        `${name}-issuers`,
        { zoneId: zone.zoneId, name: args.zone, type: "CAA", ttl: 3600, records: ['0 issue "amazon.com"'] },
        child,
      );
      const certificate = requestCertificate(`${name}-certificate`, args.zone, child);
      const edge = requestCertificate(`${name}-edge-certificate`, args.zone, {
        ...child,
        region: edgeRegion,
      });
      const proof = proveOwnership(`${name}-proof`, zone, certificate, child);

      this.zoneName = args.zone;
      this.zoneId = zone.zoneId;
      this.nameServers = zone.nameServers;
      this.certificateArn = awaitCertificate(`${name}-certificate`, certificate, proof, child);
      this.edgeCertificateArn = awaitCertificate(`${name}-edge-certificate`, edge, proof, {
        ...child,
        region: edgeRegion,
      });
    }

    const { zoneName, zoneId, certificateArn, edgeCertificateArn, nameServers } = this;
    this.registerOutputs({ zoneName, zoneId, certificateArn, edgeCertificateArn, nameServers });
  }
}

interface Placement extends pulumi.CustomResourceOptions {
  /** @default the provider's region */
  readonly region?: string;
}

function requestCertificate(name: string, zone: string, { region, ...opts }: Placement): aws.acm.Certificate {
  return new aws.acm.Certificate(
    name,
    {
      domainName: zone,
      subjectAlternativeNames: [`*.${zone}`],
      validationMethod: "DNS",
      region,
    },
    opts,
  );
}

/**
 * One record proves all of it: a wildcard asks for the same record as its own domain, in every region
 * (AWS Certificate Manager user guide, "DNS validation").
 */
function proveOwnership(
  name: string,
  zone: aws.route53.Zone,
  certificate: aws.acm.Certificate,
  opts: pulumi.CustomResourceOptions,
): aws.route53.Record {
  const asked = certificate.domainValidationOptions.apply(([first]) => {
    if (first === undefined) throw new Error("the certificate asks for no DNS record to prove ownership by");
    return first;
  });
  return new aws.route53.Record(
    name,
    {
      zoneId: zone.zoneId,
      name: asked.resourceRecordName,
      type: asked.resourceRecordType,
      records: [asked.resourceRecordValue],
      ttl: 300,
    },
    opts,
  );
}

function awaitCertificate(
  name: string,
  certificate: aws.acm.Certificate,
  proof: aws.route53.Record,
  { region, ...opts }: Placement,
): pulumi.Output<string> {
  return new aws.acm.CertificateValidation(
    name,
    {
      certificateArn: certificate.arn,
      validationRecordFqdns: [proof.fqdn],
      region,
    },
    opts,
  ).certificateArn;
}
