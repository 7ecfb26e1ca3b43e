import * as aws from "@pulumi/aws";

import { Domain } from "../../../components/domain/domain.ts";
import { Frontend } from "../../../components/frontend/frontend.ts";
import { run } from "../../support/run.ts";
import type { Run, RunOptions } from "../../support/run.ts";
import { settings } from "./settings.ts";

/** A frontend with one setting changed, under a domain or under CloudFront's own name. */
export function frontend(
  change: Readonly<Record<string, unknown>> = {},
  zone = "example.com",
  options: RunOptions = {},
): Promise<Run<Frontend>> {
  return run(() => {
    const onAws = { providers: [new aws.Provider("aws", { region: "eu-west-1" })] };
    const domain = new Domain("domain", { zone, protect: false }, onAws);
    return new Frontend("frontend", { ...settings(change), domain }, onAws);
  }, options);
}
