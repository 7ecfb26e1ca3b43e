import type { Awaitable } from "../answers.ts";
import type { CheckFailure, Properties } from "../model.ts";

/** What names one object. */
export interface Address {
  readonly apiVersion: string;
  readonly kind: string;
  /** Unset for what lies in no namespace. */
  readonly namespace: string | undefined;
  readonly name: string;
}

/** A kind, as discovery tells of it: https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api */
export interface Resource {
  /** `""` for the core group. */
  readonly group: string;
  readonly kind: string;
  /** Lower case, such as `deployments`. */
  readonly plural: string;
  readonly namespaced: boolean;
  /** True where controllers write a status. */
  readonly hasStatus: boolean;
  /** False for a custom resource whose definition is not there yet, and for a version that is served no longer. */
  readonly served: boolean;
}

/** Who patches an object, and how. */
export interface PatchOptions {
  /** Tells this patch from others to the same object. */
  readonly owner: string;
  /** The field manager: https://kubernetes.io/docs/reference/using-api/server-side-apply/#managers */
  readonly manager: string;
  /** True where it takes fields from other managers. */
  readonly force: boolean;
}

/** What a cluster can do, as charts ask for it: https://helm.sh/docs/chart_template_guide/builtin_objects/ */
export interface Capabilities {
  /** Such as `v1.35.0-eks-3c9a1b2`. */
  readonly version: string;
  /** What definitions have added to Kubernetes' own: `keda.sh/v1alpha1`, and `keda.sh/v1alpha1/ScaledObject`. */
  readonly apiVersions: readonly string[];
}

/** An object, or a release, as it is now. */
export interface Live {
  /** What its manager asked for. */
  readonly applied: Properties;
  /** All of it, as a GET returns it. */
  readonly object: Properties;
  /** How long it took to become that. */
  readonly seconds: number;
}

/** A release of a chart, and why it failed where it did. */
export interface Release extends Live {
  readonly failure: string | undefined;
}

/** A chart that can be had. */
export interface LocatedChart {
  /** The one that the release asks for, or else the newest. */
  readonly version: string;
}

/** A warning that a controller wrote about an object: https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/ */
export interface Warning {
  readonly reason: string;
  readonly message: string;
}

/** Helm's side of a cluster; a release goes by `namespace/name`. What cannot be done is a `Refusal` in Helm's words. */
export interface Helm {
  /** The chart that a release asks for, or what Helm says when it cannot be had. */
  locate(release: Properties): Awaitable<LocatedChart | { readonly mistake: string }>;
  get(id: string): Awaitable<Release | undefined>;
  install(release: Properties, manager: string): Awaitable<Release>;
  upgrade(id: string, release: Properties, manager: string): Awaitable<Release>;
  /** Returns the seconds that it took. */
  uninstall(id: string): Awaitable<number>;
}

/**
 * A Kubernetes API server, as the provider needs it. The provider knows nothing else of the cluster, so that whatever answers these calls
 * can stand behind it; admission, defaults, quotas, controllers and garbage collection are below. A call is answered when controllers
 * had the time to act: at once by the simulated server, later by one that is asked over a network. What the server does not take is a
 * `Refusal` with the reason of its Status, thrown or rejected.
 */
export interface ClusterApi {
  /** `undefined` for a kind of Kubernetes' own groups that there is not. */
  discover(apiVersion: string, kind: string): Awaitable<Resource | undefined>;
  capabilities(): Awaitable<Capabilities>;
  /** What the server would find wrong with an object by looking at it alone; values unknown as yet are not judged. */
  judge(object: Properties): Awaitable<readonly CheckFailure[]>;
  get(address: Address): Awaitable<Live | undefined>;
  create(object: Properties, manager: string): Awaitable<Live>;
  /**
   * Changes an object that is there.
   * @param onServer true for server-side apply, which takes no field that is not declared: https://kubernetes.io/docs/reference/using-api/server-side-apply/
   */
  apply(object: Properties, manager: string, onServer: boolean): Awaitable<Live>;
  /** Server-side apply of some fields to an object of another maker, or to a new one. */
  patch(object: Properties, patch: PatchOptions): Awaitable<Live>;
  /** Gives up what was patched, which goes where nobody else has it. */
  relinquish(address: Address, owner: string): Awaitable<void>;
  /** Returns the seconds that it took; afterwards finalizers may still keep the object. What is not there is deleted already. */
  delete(address: Address): Awaitable<number>;
  /** Warnings about an object, the latest first. */
  warnings(address: Address): Awaitable<readonly Warning[]>;
  readonly helm: Helm;
}

/** A cluster that a provider is connected to. */
export interface Connection {
  readonly api: ClusterApi;
  /** Where objects go that name no namespace. */
  readonly namespace: string;
}
