import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { at, list } from "../../../sandbox/values.ts";
import { World, deployment } from "./world.ts";

const roleArn = "arn:aws:iam::111111111111:role/reader";
const spec = at(deployment, "spec.template.spec");

/** A pod with a ServiceAccount that has these annotations. */
function podWith(annotations: Properties): unknown {
  const world = new World();
  world.make("core/v1:ServiceAccount", { metadata: { name: "reader", annotations } }, "reader");
  const inputs = {
    metadata: { name: "web" },
    spec: { ...(typeof spec === "object" ? spec : {}), serviceAccountName: "reader" },
  };
  return world.make("core/v1:Pod", inputs).state.spec;
}

describe("A pod in a cluster of EKS", () => {
  it("has the role of its ServiceAccount, by a token and variables that name both", () => {
    const pod = podWith({ "eks.amazonaws.com/role-arn": roleArn });
    expect(list(at(pod, "containers.0.env"))).to.deep.equal([
      { name: "AWS_STS_REGIONAL_ENDPOINTS", value: "regional" },
      { name: "AWS_DEFAULT_REGION", value: "eu-west-1" },
      { name: "AWS_REGION", value: "eu-west-1" },
      { name: "AWS_ROLE_ARN", value: roleArn },
      {
        name: "AWS_WEB_IDENTITY_TOKEN_FILE",
        value: "/var/run/secrets/eks.amazonaws.com/serviceaccount/token",
      },
    ]);
    expect(at(pod, "volumes.0.name")).to.equal("aws-iam-token");
    expect(at(pod, "containers.0.volumeMounts.0.name")).to.equal("aws-iam-token");
  });

  it("has none where its ServiceAccount names none", () => {
    expect(at(podWith({}), "containers.0.env")).to.equal(undefined);
  });
});
