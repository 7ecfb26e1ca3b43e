import type { Immediate } from "../answers.ts";
import type { Properties, Provider, Session, Subject } from "../model.ts";
import { Refusal } from "../model.ts";
import type { Connection } from "./api.ts";
import { functions } from "./functions.ts";
import type { Run } from "./manifests/commands.ts";
import { runHere } from "./manifests/commands.ts";
import * as manifest from "./manifest.ts";
import * as patch from "./patch.ts";
import * as release from "./release.ts";
import { rendered, yamlDirectory } from "./yaml-directory.ts";

/** True for a Helm release. */
function isRelease({ token }: Subject): boolean {
  return token === release.releaseToken;
}

/** What answers for a resource. */
function farSideOf(session: Session, subject: Subject, inputs: Properties) {
  if (isRelease(subject)) return release;
  if (yamlDirectory(session) !== undefined) return rendered;
  return patch.isPatch(subject, inputs) ? patch : manifest;
}

/** True where the cluster is gone, and the provider is told by this setting not to mind. */
function isGone(connectTo: (session: Session) => unknown, session: Session, setting: string): boolean {
  if (String(session.settings[setting]) !== "true") return false;
  try {
    connectTo(session);
    return false;
  } catch (error) {
    if (error instanceof Refusal && error.code === "Unreachable") return true;
    throw error;
  }
}

/**
 * `@pulumi/kubernetes` on whatever clusters `connectTo` leads to. It answers at once where the cluster does.
 * @param connectTo finds the cluster behind a provider's settings, without asking it anything, or throws `Refusal`.
 * @param run runs Helm and kustomize, which render what the provider would render itself. @default those of this machine
 */
export function kubernetesProviderOn(
  connectTo: (session: Session) => Immediate<Connection>,
  run?: Run,
): Immediate<Provider>;
export function kubernetesProviderOn(connectTo: (session: Session) => Connection, run?: Run): Provider;
export function kubernetesProviderOn(
  connectTo: (session: Session) => Connection,
  run: Run = runHere,
): Provider {
  return {
    // A cluster that is not there is found out by whoever asks it.
    configure: () => undefined,
    check: (session, subject, olds, news) =>
      isGone(connectTo, session, "skipUpdateUnreachable")
        ? { inputs: olds ?? news, failures: [] }
        : farSideOf(session, subject, news).check(connectTo(session), session, subject, { olds, news }),
    diff: (session, subject, oldInputs, _oldState, news) => {
      if (isRelease(subject)) return release.diff(oldInputs, news);
      if (patch.isPatch(subject, news)) return patch.diff(oldInputs, news);
      return manifest.diff(session, subject, oldInputs, news);
    },
    create: (session, subject, inputs) =>
      farSideOf(session, subject, inputs).create(connectTo(session), session, subject, inputs),
    read: (session, subject, id, inputs) =>
      farSideOf(session, subject, inputs ?? {}).read(connectTo(session), subject, id, inputs),
    update: (session, subject, id, _oldState, inputs) =>
      farSideOf(session, subject, inputs).update(connectTo(session), session, subject, { id, inputs }),
    delete: (session, subject, id) =>
      isGone(connectTo, session, "deleteUnreachable")
        ? 0
        : farSideOf(session, subject, {}).remove(connectTo(session), session, subject, id),
    invoke: (session, token, args) => {
      const answer = functions.get(token);
      if (answer !== undefined) return answer({ connect: () => connectTo(session), run }, args);
      throw new Refusal("UnsupportedInvoke", `the sandbox does not answer ${token}`);
    },
  };
}
