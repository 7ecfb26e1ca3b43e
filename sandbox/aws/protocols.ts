/** By the prefixes of their IAM actions: https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html and its like of each service. */
const answeringXml = [
  "autoscaling",
  "cloudfront",
  "cloudwatch",
  "elasticache",
  "elasticloadbalancing",
  "iam",
  "rds",
  "route53",
  "s3",
  "sns",
] as const;

/** The same for each service that answers in XML: these have common error codes that differ from those of the services with JSON. */
export function forServicesWithXml<Value>(value: Value): Readonly<Record<string, Value>> {
  return Object.fromEntries(answeringXml.map((prefix) => [prefix, value]));
}
