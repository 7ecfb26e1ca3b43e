import { writeFileSync } from "node:fs";

import { scopedActions } from "./scoped-actions.ts";

const file = new URL("../../policy-pack/reading/scoped-actions.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(await scopedActions(), null, 2)}\n`);
