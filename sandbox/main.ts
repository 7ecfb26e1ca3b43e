import { enableCompileCache } from "node:module";
import { join } from "node:path";

// Compiling is half of the start; where a cache is already chosen (NODE_COMPILE_CACHE) this leaves it.
enableCompileCache(join(import.meta.dirname, "../node_modules/.cache/node"));

await import("./program.ts");
