import { expect } from "chai";
import type { Properties } from "../../../sandbox/model.ts";
import { networkOf } from "./network-of.ts";
import { World } from "./world.ts";

describe("what clients of a Kafka cluster connect to", () => {
  let world: World;
  let place: Properties;
  beforeEach(() => {
    world = new World();
    const { subnetIds, group } = networkOf(world, "abc");
    place = { clientSubnets: subnetIds, securityGroups: [group.id], instanceType: "kafka.m7g.large" };
  });

  const cluster = (inputs: Properties = {}): Properties =>
    world.make("aws:msk/cluster:Cluster", "Events", {
      ...{ clusterName: "Events", kafkaVersion: "3.8.x", numberOfBrokerNodes: 3 },
      brokerNodeGroupInfo: place,
      ...inputs,
    }).state;

  const open = (state: Properties): readonly string[] =>
    Object.keys(state).filter((name) => name.startsWith("bootstrap") && state[name] !== "");

  it("is a broker in each zone, over TLS unless somebody says otherwise", () => {
    const state = cluster();
    expect(open(state)).to.deep.equal(["bootstrapBrokersTls"]);
    expect(state.bootstrapBrokersTls).to.match(
      /^b-1\.events\.([0-9a-f]{6})\.c2\.kafka\.eu-west-1\.amazonaws\.com:9094,b-2\.events\.\1\..*:9094,b-3\.events\.\1\..*:9094$/,
    );
    expect(state.arn).to.match(
      /^arn:aws:kafka:eu-west-1:123456789012:cluster\/Events\/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}-2$/,
    );
    expect(state.clusterUuid).to.equal(String(state.arn).split("/").at(-1));
  });

  it("is another port for each way of signing in, and none for those who do not sign in", () => {
    const state = cluster({ clientAuthentication: { sasl: { iam: true, scram: true } } });
    expect(open(state)).to.deep.equal(["bootstrapBrokersSaslIam", "bootstrapBrokersSaslScram"]);
    expect(state.bootstrapBrokersSaslIam).to.match(/:9098$/);
    expect(state.bootstrapBrokersSaslScram).to.match(/:9096$/);
  });

  it("is plain text only where that is allowed", () => {
    const inTransit = (clientBroker: string): Properties => ({
      encryptionInfo: { encryptionInTransit: { clientBroker } },
    });
    expect(open(cluster(inTransit("PLAINTEXT")))).to.deep.equal(["bootstrapBrokers"]);
  });

  it("is reached from outside where it may be", () => {
    const state = cluster({
      brokerNodeGroupInfo: {
        ...place,
        connectivityInfo: { publicAccess: { type: "SERVICE_PROVIDED_EIPS" } },
      },
      clientAuthentication: { sasl: { iam: true } },
    });
    expect(state.bootstrapBrokersPublicSaslIam).to.match(/^b-1-public\.events\..*:9198$/);
    expect(state.bootstrapBrokersPublicTls).to.equal("");
  });

  it("has no ZooKeeper beside it where the brokers lead themselves", () => {
    expect(cluster().zookeeperConnectString).to.match(/^z-1\.events\..*:2181,z-2\..*,z-3\..*:2181$/);
    world = new World();
    const { subnetIds, group } = networkOf(world, "abc");
    place = { clientSubnets: subnetIds, securityGroups: [group.id], instanceType: "kafka.m7g.large" };
    expect(cluster({ kafkaVersion: "3.9.x.kraft" }).zookeeperConnectString).to.equal("");
  });
});
