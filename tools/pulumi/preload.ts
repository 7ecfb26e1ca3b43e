import { createRequire, enableCompileCache } from "node:module";
import { join } from "node:path";

/**
 * What Node does before it runs the program (`nodeargs` in Pulumi.yaml, so whichever language host starts it). Pulumi's
 * runner installs source-map-support, and its SDK takes a stack for every promise: each one is then translated through
 * source maps, a fifth of a large preview. Node strips types in place, so the positions are already those of the source.
 */
interface SdkRequire {
  (id: "source-map-support"): { install: () => void };
  (id: "./runtime/debuggable.js"): { debuggablePromise: Debuggable };
}
type Debuggable = (promise: Promise<unknown>, context: unknown) => Promise<unknown>;

// Compiling the SDKs is a third of a small preview; where a cache is already chosen (NODE_COMPILE_CACHE) this leaves it.
enableCompileCache(join(import.meta.dirname, "../../node_modules/.cache/node"));

const sdkRequire: SdkRequire = createRequire(import.meta.resolve("@pulumi/pulumi/package.json"));
sdkRequire("source-map-support").install = () => undefined;

// The stacks of promises serve PULUMI_DEBUG_PROMISE_LEAKS alone; those of errors stay. A traced run (TRACEPARENT) must load the
// SDK by itself, after its instrumentation.
if (process.env.PULUMI_DEBUG_PROMISE_LEAKS === undefined && process.env.TRACEPARENT === undefined) {
  const sdk = sdkRequire("./runtime/debuggable.js");
  const original = sdk.debuggablePromise;
  sdk.debuggablePromise = (promise, context) => {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    try {
      return original(promise, context);
    } finally {
      Error.stackTraceLimit = stackTraceLimit;
    }
  };
}
