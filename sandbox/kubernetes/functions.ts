import type { Awaitable } from "../answers.ts";
import { conclude, upon } from "../answers.ts";
import type { Properties } from "../model.ts";
import { Refusal } from "../model.ts";
import { isRecord, text } from "../values.ts";
import type { Connection } from "./api.ts";
import type { Run } from "./manifests/commands.ts";
import { decode } from "./manifests/decode.ts";
import { renderChart } from "./manifests/helm.ts";
import { buildOverlay } from "./manifests/kustomize.ts";
import { placed } from "./manifests/objects.ts";
import { legacyChartRequest } from "./manifests/requests.ts";
import { objectsOf } from "./manifests/sources.ts";

/** Where a function is answered. */
interface Answering {
  /** @throws Refusal where no cluster is behind the provider's settings */
  readonly connect: () => Connection;
  readonly run: Run;
}

type Answer = (answering: Answering, args: Properties) => Awaitable<Properties>;

/** Objects as the SDK makes resources of them: what has no kind is nothing, and lists are left to it. */
function answered(
  { connect }: Answering,
  source: string,
  namespace: string | undefined,
): Awaitable<Properties> {
  const objects = decode(source).filter(({ apiVersion, kind }) => Boolean(apiVersion) && Boolean(kind));
  if (namespace === undefined || namespace === "") return { result: objects };
  return upon(placed(connect().api, objects, namespace), (result) => ({ result }));
}

/** What the SDK's `helm.v3.Chart` asks for. */
function template(answering: Answering, args: Properties): Awaitable<Properties> {
  const { api, namespace } = answering.connect();
  return upon(api.capabilities(), (capabilities) => {
    const request = legacyChartRequest(text(args.jsonOpts) ?? "{}", { capabilities, namespace });
    return answered(answering, renderChart(answering.run, request), request.namespace);
  });
}

/** What the SDK's `kustomize.Directory` asks for. */
function overlay(answering: Answering, args: Properties): Awaitable<Properties> {
  const directory = text(args.directory) ?? "";
  const failed = `kustomize failed for directory "${directory}"`;
  return answered(answering, buildOverlay(answering.run, directory, [], failed), undefined);
}

/** The function that the sandbox's own components ask: no program knows it. */
const objectsToken = "kubernetes:sandbox:objects";

/** A mistake is an answer too, so that the component reports it as its own. */
function objects({ connect, run }: Answering, { type, name, args }: Properties): Awaitable<Properties> {
  const component = { type: text(type) ?? "", name: text(name) ?? "", args: isRecord(args) ? args : {} };
  return conclude<readonly Properties[], Properties>(
    () => objectsOf({ connection: connect(), run }, component),
    (found) => ({ objects: found }),
    (error) => {
      if (error instanceof Refusal) return { mistake: error.message.slice(`${error.code}: `.length) };
      throw error;
    },
  );
}

/** The provider's functions, by token. */
export const functions: ReadonlyMap<string, Answer> = new Map<string, Answer>([
  ["kubernetes:helm:template", template],
  ["kubernetes:kustomize:directory", overlay],
  [
    "kubernetes:yaml:decode",
    (answering, args) => answered(answering, text(args.text) ?? "", text(args.defaultNamespace)),
  ],
  [objectsToken, objects],
]);
