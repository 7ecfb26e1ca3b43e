import { createRequire, enableCompileCache } from "node:module";
import { join } from "node:path";

/**
 * What Node does before it runs the program (`nodeargs` in Pulumi.yaml, so whichever language host starts it). Pulumi's
 * runner installs source-map-support, and its SDK takes a stack for every promise: each one is then translated through
 * source maps, a fifth of a large preview. Node strips types in place, so the positions are already those of the source.
 */
type SdkRequire = (id: "source-map-support") => { install: () => void };

const sdkRequire: SdkRequire = createRequire(import.meta.resolve("@pulumi/pulumi/package.json"));
sdkRequire("source-map-support").install = () => undefined;

// Compiling the SDKs is a third of a small preview; where a cache is already chosen (NODE_COMPILE_CACHE) this leaves it.
enableCompileCache(join(import.meta.dirname, "../../node_modules/.cache/node"));
