import type { Properties, Settled } from "../../../../sandbox/model.ts";
import { World, trustOf } from "../world.ts";

export const functionToken = "aws:lambda/function:Function";
/** Where AWS keeps the policies that services use. */
export const aws = "arn:aws:iam::aws:policy/service-role";

/** An account with a role that Lambda may assume. */
export class Functions extends World {
  public readonly worker = this.role("fn", {
    name: "fn",
    assumeRolePolicy: trustOf({ Service: "lambda.amazonaws.com" }),
  });

  public function(inputs: Properties = {}, name = "hello"): Settled {
    return this.make(functionToken, name, { ...this.settings(), ...inputs });
  }

  public settings(): Properties {
    return {
      name: "hello",
      role: this.worker.state.arn,
      runtime: "nodejs22.x",
      handler: "index.handler",
      s3Bucket: "code",
      s3Key: "hello.zip",
    };
  }

  public may(policyArn: string): void {
    this.make("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "may", {
      role: this.worker.id,
      policyArn,
    });
  }

  public queue(inputs: Properties = {}): Settled {
    return this.make("aws:sqs/queue:Queue", "jobs", { name: "jobs", ...inputs });
  }

  public mapping(source: Settled, inputs: Properties = {}, name = "jobs"): Settled {
    return this.make("aws:lambda/eventSourceMapping:EventSourceMapping", name, {
      functionName: "hello",
      eventSourceArn: source.state.arn,
      ...inputs,
    });
  }
}
