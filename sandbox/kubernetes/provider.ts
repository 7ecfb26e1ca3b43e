import type { Immediate } from "../answers.ts";
import type { Provider, Session, Subject } from "../model.ts";
import { Refusal } from "../model.ts";
import type { Connection } from "./api.ts";
import { functions } from "./functions.ts";
import * as manifest from "./manifest.ts";
import * as release from "./release.ts";

/** Types that are components inside the real provider: their children would have to be rendered from charts. */
const components: ReadonlySet<string> = new Set([
  "kubernetes:helm.sh/v4:Chart",
  "kubernetes:helm.sh/v3:Chart",
  "kubernetes:kustomize/v2:Directory",
]);

/** True for a Helm release. @throws Refusal for a component of the provider. */
function isRelease({ token, name }: Subject): boolean {
  if (!components.has(token)) return token === release.releaseToken;
  throw new Refusal(
    "UnsupportedType",
    `the sandbox does not render ${token}, which "${name}" is: use kubernetes:helm.sh/v3:Release or the kinds themselves`,
  );
}

/**
 * `@pulumi/kubernetes` on whatever clusters `connectTo` leads to. It answers at once where the cluster does.
 * @param connectTo finds the cluster behind a provider's settings, without asking it anything, or throws `Refusal`.
 */
export function kubernetesProviderOn(
  connectTo: (session: Session) => Immediate<Connection>,
): Immediate<Provider>;
export function kubernetesProviderOn(connectTo: (session: Session) => Connection): Provider;
export function kubernetesProviderOn(connectTo: (session: Session) => Connection): Provider {
  return {
    configure: (session) => void connectTo(session),
    check: (session, subject, olds, news) =>
      (isRelease(subject) ? release : manifest).check(connectTo(session), session, subject, { olds, news }),
    diff: (session, subject, oldInputs, _oldState, news) =>
      isRelease(subject) ? release.diff(oldInputs, news) : manifest.diff(session, subject, oldInputs, news),
    create: (session, subject, inputs) =>
      (isRelease(subject) ? release : manifest).create(connectTo(session), session, subject, inputs),
    read: (session, subject, id, inputs) =>
      isRelease(subject)
        ? release.read(connectTo(session), id)
        : manifest.read(connectTo(session), subject, id, inputs),
    update: (session, subject, id, _oldState, inputs) =>
      (isRelease(subject) ? release : manifest).update(connectTo(session), session, subject, { id, inputs }),
    delete: (session, subject, id) =>
      isRelease(subject)
        ? release.remove(connectTo(session), id)
        : manifest.remove(connectTo(session), subject, id),
    invoke: (_, token, args) => {
      const answer = functions.get(token);
      if (answer !== undefined) return answer(args);
      throw new Refusal("UnsupportedInvoke", `the sandbox does not answer ${token}`);
    },
  };
}
