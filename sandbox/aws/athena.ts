import type { athena } from "@pulumi/aws";
import type { AnyBehaviour } from "./behaviour.ts";
import { refined } from "./specification/refined.ts";

/** Every account has one of this name: https://docs.aws.amazon.com/athena/latest/ug/user-created-workgroups.html */
const workgroup = refined<athena.WorkgroupArgs, athena.WorkgroupState>("aws:athena/workgroup:Workgroup", {
  rules: [
    {
      when: ({ inputs, before }) => before === undefined && inputs.name === "primary",
      code: "InvalidRequestException",
      says: "primary workGroup could not be created",
    },
  ],
});

/** Who asks a lake. */
export const workgroups: readonly AnyBehaviour[] = [workgroup];
