import { namespaces } from "./addresses.ts";
import type { ObservabilitySettings } from "./settings.ts";
import { containerStream } from "./values/fluentd.ts";
import { jaegerIndexPrefix } from "./values/jaeger.ts";

/** A program that writes to Elasticsearch, and nothing it does not need to. */
export interface ElasticsearchUser {
  /** Name of the user, of its role, and of what it is. */
  readonly name: string;
  /** Namespace it runs in. */
  readonly namespace: string;
  /** Rights, as in Elasticsearch's `roles.yml` (Elasticsearch guide, "Security privileges"). */
  readonly role: {
    readonly cluster: readonly string[];
    readonly indices: readonly {
      readonly names: readonly string[];
      readonly privileges: readonly string[];
    }[];
  };
}

/** Fluentd makes its stream, template and life cycle itself, and may not read or delete a line. */
const fluentd: ElasticsearchUser = {
  name: "fluentd",
  namespace: namespaces.logCollector,
  role: {
    cluster: ["monitor", "manage_ilm", "manage_index_templates"],
    indices: [
      {
        names: [containerStream],
        privileges: ["auto_configure", "create_index", "create_doc", "view_index_metadata"],
      },
    ],
  },
};

/** Jaeger makes, reads and cleans up its own indices. */
const jaeger: ElasticsearchUser = {
  name: "jaeger",
  namespace: namespaces.tracing,
  role: {
    cluster: ["monitor", "manage_index_templates"],
    indices: [{ names: [`${jaegerIndexPrefix}-*`], privileges: ["all"] }],
  },
};

/** Who writes to Elasticsearch: Fluentd always, Jaeger when it keeps its traces there. */
export function elasticsearchUsers({
  tracing,
}: Pick<ObservabilitySettings, "tracing">): readonly ElasticsearchUser[] {
  return tracing.storage === "elasticsearch" ? [fluentd, jaeger] : [fluentd];
}

/** Name of the Secret with a user's credentials, in its own namespace and in that of Elasticsearch. */
export function userSecretName(user: Pick<ElasticsearchUser, "name">): string {
  return `${user.name}-elasticsearch`;
}

/** Content of `roles.yml` for one user; JSON is YAML. */
export function describeRole({ name, role }: ElasticsearchUser): string {
  return JSON.stringify({ [name]: role });
}
