import { expect } from "chai";
import { readEvents } from "../../sandbox/events.ts";
import { minutes, readState, summarise } from "../../sandbox/summary.ts";

const urn = (type: string, name: string): string => `urn:pulumi:dev::groundwork::${type}::${name}`;
const vpc = urn("platform:index:Network$aws:ec2/vpc:Vpc", "network");
const cluster = urn("aws:eks/cluster:Cluster", "cluster");

const exported = {
  deployment: {
    resources: [
      {
        urn: urn("pulumi:pulumi:Stack", "groundwork-dev"),
        type: "pulumi:pulumi:Stack",
        outputs: { clusterName: "dev", zones: 2 },
      },
      { urn: urn("platform:index:Network", "network"), type: "platform:index:Network" },
      { urn: vpc, type: "aws:ec2/vpc:Vpc", custom: true, parent: urn("platform:index:Network", "network") },
      { urn: cluster, type: "aws:eks/cluster:Cluster", custom: true, dependencies: [vpc] },
    ],
  },
};

const log = [
  { policyAnalyzeSummaryEvent: { resourceUrn: vpc, passed: ["b"], failed: ["a"] } },
  {
    policyEvent: {
      policyName: "a",
      enforcementLevel: "advisory",
      message: "say why.\nmore",
      resourceUrn: vpc,
    },
  },
  {
    policyEvent: {
      policyName: "a",
      enforcementLevel: "advisory",
      message: "say why.\nmore",
      resourceUrn: vpc,
    },
  },
  { summaryEvent: { policyPacks: { "groundwork|local|/somewhere": "1.0.0" } } },
].map((event) => JSON.stringify(event));

describe("summary", () => {
  it("says what was done, what stands, what the policies said, and how long AWS would take", () => {
    const text = summarise({
      accountId: "111111111111",
      stack: "dev",
      operations: [
        { urn: vpc, token: "aws:ec2/vpc:Vpc", kind: "create", seconds: 12 },
        { urn: cluster, token: "aws:eks/cluster:Cluster", kind: "create", seconds: 600 },
      ],
      policies: readEvents(log.join("\n")),
      ...readState(exported),
    });
    expect(text.split("\n")).to.deep.equal([
      "Sandbox: the simulated AWS account 111111111111 of the stack dev. AWS was not touched.",
      "",
      "Changes    2 created",
      "Resources  3 in the stack",
      "           aws 2: ec2 1, eks 1",
      "           components 1",
      "Policies   groundwork: 2 policies over 1 resources, 0 mandatory and 1 advisory findings",
      "           [advisory] a: say why.",
      "Outputs    clusterName: dev",
      "           zones: 2",
      "On AWS     this update would take about 10 min 12 s; its critical path:",
      "                    12 s  aws:ec2/vpc:Vpc network",
      "                  10 min  aws:eks/cluster:Cluster cluster",
    ]);
  });

  it("names the types of a package that has no parts", () => {
    const custom = (type: string, name: string): object => ({ urn: urn(type, name), type, custom: true });
    const resources = [
      custom("random:index/randomPet:RandomPet", "one"),
      custom("random:index/randomPet:RandomPet", "two"),
      custom("random:index/randomId:RandomId", "three"),
    ];
    const report = { accountId: "111111111111", stack: "dev", operations: [], policies: readEvents("") };
    const text = summarise({ ...report, ...readState({ deployment: { resources } }) });
    expect(text).to.include("\n           random 3: RandomPet 2, RandomId 1\n");
  });

  it("does not tell a step that takes no time", () => {
    const pet = urn("random:index/randomPet:RandomPet", "pet");
    const resources = [
      { urn: vpc, type: "aws:ec2/vpc:Vpc", custom: true },
      { urn: pet, type: "random:index/randomPet:RandomPet", custom: true, dependencies: [vpc] },
      { urn: cluster, type: "aws:eks/cluster:Cluster", custom: true, dependencies: [pet] },
    ];
    const text = summarise({
      accountId: "111111111111",
      stack: "dev",
      operations: [
        { urn: vpc, token: "aws:ec2/vpc:Vpc", kind: "create", seconds: 12 },
        { urn: pet, token: "random:index/randomPet:RandomPet", kind: "create", seconds: 0 },
        { urn: cluster, token: "aws:eks/cluster:Cluster", kind: "create", seconds: 60 },
      ],
      policies: readEvents(""),
      ...readState({ deployment: { resources } }),
    });
    expect(text).to.include("Changes    3 created");
    expect(text.split("\n").slice(-3)).to.deep.equal([
      "On AWS     this update would take about 1 min 12 s; its critical path:",
      "                    12 s  aws:ec2/vpc:Vpc network",
      "                   1 min  aws:eks/cluster:Cluster cluster",
    ]);
  });

  it("counts what ran on its specification alone, by type, and says nothing where every type has an entry", () => {
    const custom = (type: string, name: string): object => ({ urn: urn(type, name), type, custom: true });
    const resources = [
      custom("pulumi:providers:aws", "aws"),
      custom("aws:ec2/vpc:Vpc", "network"),
      custom("aws:dax/cluster:Cluster", "one"),
      custom("aws:dax/cluster:Cluster", "two"),
      custom("aws:appmesh/mesh:Mesh", "mesh"),
      custom("kubernetes:core/v1:Namespace", "shop"),
      // A component of the SDK, which AWS does not know.
      { ...custom("aws:sns:TopicEventSubscription", "told"), custom: false },
    ];
    const summaryOf = (some: readonly object[]): string =>
      summarise({
        accountId: "1",
        stack: "dev",
        operations: [],
        policies: readEvents(""),
        ...readState({ deployment: { resources: some } }),
      });
    const told = "3 of them on their specification alone: aws:appmesh/mesh:Mesh 1, aws:dax/cluster:Cluster 2";
    expect(summaryOf(resources).split("\n")).to.include(`           ${told}`);
    expect(summaryOf(resources.slice(0, 2))).not.to.contain("specification");
  });

  it("says that nothing changed when nothing did, and that no pack ran when none did", () => {
    const text = summarise({
      accountId: "1",
      stack: "dev",
      operations: [],
      policies: readEvents(""),
      ...readState(exported),
    });
    expect(text).to.contain("Changes    nothing changed");
    expect(text).to.contain("Policies   no policy pack ran");
    expect(text).to.contain("On AWS     nothing to wait for");
  });

  it("says how long the longest deletion takes, after a teardown too", () => {
    const operations = [
      { urn: vpc, token: "t", kind: "delete", seconds: 2 } as const,
      { urn: cluster, token: "t", kind: "delete", seconds: 600 } as const,
    ];
    const gone = { accountId: "1", stack: "dev", policies: readEvents(""), resources: [], outputs: {} };
    expect(
      summarise({ ...gone, operations })
        .split("\n")
        .at(-1),
    ).to.equal(
      "On AWS     2 deletions would take at least 10 min, as long as aws:eks/cluster:Cluster cluster",
    );
  });

  it("names what a teardown has left over, and says nothing where it left nothing", () => {
    const orphans = [{ token: "aws:ebs/volume:Volume", id: "vol-0123456789abcdef0" }];
    const gone = { accountId: "1", stack: "dev", operations: [], policies: readEvents("") };
    const text = summarise({ ...gone, resources: [], outputs: {}, orphans });
    expect(text.split("\n").slice(-2)).to.deep.equal([
      "Left over  1 thing that nobody owns any more",
      "           aws:ebs/volume:Volume vol-0123456789abcdef0",
    ]);
    expect(summarise({ ...gone, resources: [], outputs: {}, orphans: [] })).not.to.contain("Left over");
  });

  it("counts the steps of the critical path that hardly matter", () => {
    const [first, second] = [
      { urn: vpc, token: "t", kind: "create", seconds: 2 } as const,
      { urn: cluster, token: "t", kind: "create", seconds: 600 } as const,
    ];
    const text = summarise({
      accountId: "1",
      stack: "dev",
      operations: [first, second],
      policies: readEvents(""),
      ...readState(exported),
    });
    expect(text.split("\n").slice(-2)).to.deep.equal([
      "                  10 min  aws:eks/cluster:Cluster cluster",
      "                     2 s  1 shorter step between them",
    ]);
  });

  it("writes seconds as people say them", () => {
    expect([4, 60, 61, 3600].map(minutes)).to.deep.equal(["4 s", "1 min", "1 min 1 s", "60 min"]);
  });
});
