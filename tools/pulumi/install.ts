import { thisMachine } from "./machine.ts";
import { getCli } from "./ways.ts";

/** `node tools/pulumi/install.ts`: makes `npx pulumi` work here, whatever this machine has and can reach. */
try {
  console.log(await getCli(thisMachine(process.env)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
