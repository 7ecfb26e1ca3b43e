import type { Settled } from "../../../sandbox/model.ts";
import { World, trustOf } from "./world.ts";

/** A region with the function `fn`. */
export class FunctionWorld extends World {
  public readonly fn = this.make("aws:lambda/function:Function", "fn", {
    ...{ name: "fn", runtime: "nodejs22.x", handler: "index.handler", s3Bucket: "code", s3Key: "fn.zip" },
    role: this.roleFor("lambda.amazonaws.com").state.arn,
  });

  public roleFor(service: string): Settled {
    const name = service.split(".")[0] ?? "";
    return this.role(name, { name, assumeRolePolicy: trustOf({ Service: service }) });
  }

  /** Lets a service call the function. */
  public letCall(principal: string): void {
    this.make("aws:lambda/permission:Permission", principal, {
      function: "fn",
      action: "lambda:InvokeFunction",
      principal,
    });
  }
}
