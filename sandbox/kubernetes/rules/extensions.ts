import type { CheckFailure, Properties } from "../../model.ts";
import { list, text } from "../../values.ts";
import { invalid, isKnown, isMissing, oneOf, peek, required } from "../server/validation.ts";

/** Rules of a definition: https://github.com/kubernetes/apiextensions-apiserver/blob/master/pkg/apis/apiextensions/validation/validation.go */
export function definitionFailures(inputs: Properties): readonly CheckFailure[] {
  const versions = list(peek(inputs, "spec.versions"));
  return [
    ...nameFailures(inputs),
    ...oneOf("spec.scope", peek(inputs, "spec.scope"), ["Cluster", "Namespaced"]),
    ...(isKnown(versions) && versions.filter((version) => peek(version, "storage") === true).length !== 1
      ? [
          invalid(
            "spec.versions",
            versions.map((version) => peek(version, "name")),
            "must have exactly one version marked as storage version",
          ),
        ]
      : []),
    ...versions.flatMap((version, index) =>
      isMissing(peek(version, "schema.openAPIV3Schema"))
        ? [required(`spec.versions[${index}].schema.openAPIV3Schema`, "schemas are required")]
        : [],
    ),
  ];
}

/** The name of a definition is made of its plural and its group. */
function nameFailures(inputs: Properties): readonly CheckFailure[] {
  const [name, plural, group] = ["metadata.name", "spec.names.plural", "spec.group"].map((path) =>
    text(peek(inputs, path)),
  );
  if (name === undefined || plural === undefined || group === undefined || name === `${plural}.${group}`)
    return [];
  return [invalid("metadata.name", name, 'must be spec.names.plural+"."+spec.group')];
}

/** Rules of webhooks: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/ */
export function webhookFailures(inputs: Properties): readonly CheckFailure[] {
  return list(inputs.webhooks).flatMap((webhook, index) => {
    const path = `webhooks[${index}]`;
    const [name, url] = [text(peek(webhook, "name")), text(peek(webhook, "clientConfig.url"))];
    const { protocol = "https:" } = url === undefined ? {} : (URL.parse(url) ?? {});
    return [
      ...(name === undefined || name.split(".").length > 2
        ? []
        : [
            invalid(
              `${path}.name`,
              name,
              "should be a domain with at least three segments separated by dots",
            ),
          ]),
      ...(protocol === "https:"
        ? []
        : [
            invalid(
              `${path}.clientConfig.url`,
              protocol.replace(":", ""),
              "'https' is the only allowed URL scheme; desired format: https://host[/path]",
            ),
          ]),
      ...oneOf(`${path}.sideEffects`, peek(webhook, "sideEffects"), ["None", "NoneOnDryRun"]),
    ];
  });
}
