import type { Provider, Subject } from "../model.ts";
import { Refusal } from "../model.ts";
import { clusterOf } from "./cluster.ts";
import { releaseToken } from "./installation.ts";
import * as manifest from "./manifest.ts";
import * as release from "./release.ts";

/** Types that are components inside the real provider: their children would have to be rendered from charts and files. */
const components: ReadonlySet<string> = new Set([
  "kubernetes:helm.sh/v4:Chart",
  "kubernetes:helm.sh/v3:Chart",
  "kubernetes:yaml/v2:ConfigFile",
  "kubernetes:yaml/v2:ConfigGroup",
  "kubernetes:kustomize/v2:Directory",
]);

/** True for a Helm release. @throws Refusal for a component of the provider. */
function isRelease({ token, name }: Subject): boolean {
  if (!components.has(token)) return token === releaseToken;
  throw new Refusal(
    "UnsupportedType",
    `the sandbox does not render ${token}, which "${name}" is: use kubernetes:helm.sh/v3:Release or the kinds themselves`,
  );
}

/** A Kubernetes cluster of the simulated account as `@pulumi/kubernetes` sees it. */
export const kubernetesProvider: Provider = {
  configure: (session) => void clusterOf(session),
  check: (session, subject, olds, news) =>
    (isRelease(subject) ? release : manifest).check(session, subject, olds, news),
  diff: (session, subject, oldInputs, _oldState, news) =>
    isRelease(subject) ? release.diff(oldInputs, news) : manifest.diff(session, subject, oldInputs, news),
  create: (session, subject, inputs) =>
    (isRelease(subject) ? release : manifest).create(session, subject, inputs),
  read: (session, subject, id, inputs) =>
    isRelease(subject) ? release.read(session, id) : manifest.read(session, subject, id, inputs),
  update: (session, subject, id, _oldState, inputs) =>
    (isRelease(subject) ? release : manifest).update(session, subject, id, inputs),
  delete: (session, subject, id) =>
    isRelease(subject) ? release.remove(session, id) : manifest.remove(session, subject, id),
  invoke: (_, token) => {
    throw new Refusal("UnsupportedInvoke", `the sandbox does not answer ${token}`);
  },
};
