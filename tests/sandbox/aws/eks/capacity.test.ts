import { expect } from "chai";
import { Account } from "../../../../sandbox/account.ts";
import { runsPod } from "../../../../sandbox/aws/eks/capacity.ts";
import type { Properties } from "../../../../sandbox/model.ts";

function accountWith(type: string, state: Properties): Account {
  const account = new Account();
  const put = (token: string, id: string, has: Properties): void => {
    account.put({
      scope: "eu-west-1",
      token: `aws:eks/${token}`,
      id,
      urn: "",
      inputs: {},
      state: has,
      keys: [],
    });
  };
  put("cluster:Cluster", "main", type === "cluster:Cluster" ? state : {});
  if (type !== "cluster:Cluster") put(type, "one", state);
  return account;
}

const web = { namespace: "web", labels: { app: "shop" } };
const fargate = (...selectors: readonly Properties[]): Account =>
  accountWith("fargateProfile:FargateProfile", { clusterName: "main", selectors });
const automatic = (computeConfig: Properties): Account => accountWith("cluster:Cluster", { computeConfig });

describe("a pod of a simulated cluster", () => {
  it("runs where there is a node", () => {
    const nodes = { clusterName: "main", scalingConfig: { desiredSize: 1 } };
    expect(runsPod(accountWith("nodeGroup:NodeGroup", nodes), "main", web)).to.equal(true);
    expect(runsPod(accountWith("nodeGroup:NodeGroup", nodes), "other", web)).to.equal(false);
  });

  it("runs on Fargate where a profile selects its namespace and its labels", () => {
    expect(runsPod(fargate({ namespace: "web" }), "main", web)).to.equal(true);
    expect(runsPod(fargate({ namespace: "web" }), "other", web)).to.equal(false);
    expect(runsPod(fargate({ namespace: "api" }), "main", web)).to.equal(false);
    expect(runsPod(fargate({ namespace: "web", labels: { app: "shop" } }), "main", web)).to.equal(true);
    expect(runsPod(fargate({ namespace: "web", labels: { app: "blog" } }), "main", web)).to.equal(false);
    expect(runsPod(fargate({ namespace: "api" }, { namespace: "web" }), "main", web)).to.equal(true);
  });

  it("is selected by patterns too", () => {
    for (const namespace of ["*", "w*", "we?"])
      expect(runsPod(fargate({ namespace }), "main", web), namespace).to.equal(true);
    for (const namespace of ["we??", "w.b", "eb*"])
      expect(runsPod(fargate({ namespace }), "main", web), namespace).to.equal(false);
  });

  it("gets a node from Auto Mode's pool for whatever comes, and only the cluster's own parts from that for them", () => {
    const enabled = { enabled: true, nodePools: ["general-purpose", "system"] };
    const critical = { ...web, isCritical: true };
    expect(runsPod(automatic(enabled), "main", web)).to.equal(true);
    expect(runsPod(automatic({ ...enabled, enabled: false }), "main", web)).to.equal(false);
    expect(runsPod(automatic({ ...enabled, nodePools: ["system"] }), "main", web)).to.equal(false);
    expect(runsPod(automatic({ ...enabled, nodePools: ["system"] }), "main", critical)).to.equal(true);
    expect(runsPod(automatic({ ...enabled, nodePools: [] }), "main", critical)).to.equal(false);
  });
});
