import { expect } from "chai";
import { ClusterWorld, clusterToken } from "./cluster-world.ts";

const policyToken = "aws:secretsmanager/secretPolicy:SecretPolicy";
const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      ...{ Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" },
      Principal: { AWS: "arn:aws:iam::123456789012:root" },
    },
  ],
});

describe("the secret of a cluster whose password is managed", () => {
  it("is told, is there for others to name, and goes with the cluster", () => {
    const world = new ClusterWorld();
    const cluster = world.cluster();
    expect(cluster.state)
      .to.have.nested.property("masterUserSecrets[0].secretArn")
      .that.matches(
        /^arn:aws:secretsmanager:eu-west-1:123456789012:secret:rds!cluster-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-[0-9a-f]{6}$/,
      );
    expect(cluster.state).to.have.nested.property("masterUserSecrets[0].secretStatus", "active");
    const [told] = [cluster.state.masterUserSecrets].flat();
    const secretArn: unknown =
      typeof told === "object" && told !== null && "secretArn" in told && told.secretArn;
    const policy = (name: string): unknown => world.make(policyToken, name, { secretArn, policy: document });
    expect(() => policy("reading")).not.to.throw();
    world.remove(clusterToken, "orders", cluster);
    expect(() => policy("late")).to.throw();
  });

  it("is none where the program keeps the password", () => {
    const world = new ClusterWorld();
    const { state } = world.cluster({
      manageMasterUserPassword: undefined,
      masterPassword: "a-long-password",
    });
    expect(state.masterUserSecrets).to.deep.equal([]);
  });
});
