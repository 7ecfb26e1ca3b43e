import { expect } from "chai";
import { forgetCluster } from "../../../sandbox/kubernetes/cluster.ts";
import { orphansOf } from "../../../sandbox/kubernetes/orphans.ts";
import type { Properties } from "../../../sandbox/model.ts";
import { at } from "../../../sandbox/values.ts";
import { World, arn, but, claim, deployment, gp3 } from "./world.ts";

const claimType = "core/v1:PersistentVolumeClaim";
const waiting = { ...gp3, volumeBindingMode: "WaitForFirstConsumer" };

function withClass(storageClass: Properties = gp3): World {
  const world = new World().withDriver();
  world.make("storage.k8s.io/v1:StorageClass", storageClass);
  return world;
}

function volumeOf(world: World): Properties {
  return world.account.all("aws:ebs/volume:Volume")[0]?.state ?? {};
}

const stateful = but(but(deployment, "spec/volumeClaimTemplates", [claim]), "spec/replicas", 2);

describe("The EBS driver", () => {
  it("makes a volume for a claim, as the class says", () => {
    const parameters = { type: "gp3", encrypted: "true", iops: "4000", throughput: "250" };
    const world = withClass({ ...gp3, parameters });
    world.make(claimType, claim);
    expect(volumeOf(world)).to.deep.include({
      availabilityZone: "eu-west-1a",
      size: 10,
      type: "gp3",
      encrypted: true,
      iops: 4000,
      throughput: 250,
    });
    expect(orphansOf(world.account)).to.deep.equal([]);
  });

  it("takes it away with the claim, unless the class retains it", () => {
    const left = (reclaimPolicy: string) => {
      const world = withClass({ ...gp3, reclaimPolicy });
      world.make(claimType, claim);
      world.delete(claimType, "default/data");
      return world.makings();
    };
    expect(left("Delete")).to.deep.equal({});
    expect(left("Retain")).to.deep.equal({ Volume: 1 });
  });

  it("makes none without the add-on", () => {
    const world = new World();
    world.make("storage.k8s.io/v1:StorageClass", gp3);
    world.make(claimType, claim);
    expect(world.makings()).to.deep.equal({});
  });

  it("waits for a pod that mounts it, where the class says so", () => {
    const world = withClass(waiting);
    world.make(claimType, claim);
    expect(world.makings()).to.deep.equal({});
    const volumes = [{ name: "data", persistentVolumeClaim: { claimName: "data" } }];
    world.make("apps/v1:Deployment", but(deployment, "spec/template/spec/volumes", volumes));
    expect(world.makings()).to.deep.equal({ Volume: 1 });
    expect(at(world.read(claimType, "default/data")?.state, "status.phase")).to.equal("Bound");
  });

  it("makes one for each replica of a StatefulSet, and keeps them when it goes", () => {
    const world = withClass(waiting);
    world.make("apps/v1:StatefulSet", stateful);
    expect(world.makings()).to.deep.equal({ Volume: 2 });
    world.delete("apps/v1:StatefulSet", "default/web");
    expect(world.makings()).to.deep.equal({ Volume: 2 });
    expect(world.contents()).to.include.members([
      "PersistentVolumeClaim default/data-web-0",
      "PersistentVolumeClaim default/data-web-1",
    ]);
  });

  it("but not where the StatefulSet says otherwise", () => {
    const world = withClass(waiting);
    const policy = { whenDeleted: "Delete" };
    world.make("apps/v1:StatefulSet", but(stateful, "spec/persistentVolumeClaimRetentionPolicy", policy));
    world.delete("apps/v1:StatefulSet", "default/web");
    expect(world.makings()).to.deep.equal({});
  });

  it("grows a volume with its claim", () => {
    const world = withClass();
    world.make(claimType, claim);
    world.update(claimType, "default/data", but(claim, "spec/resources/requests/storage", "20Gi"));
    expect(volumeOf(world).size).to.equal(20);
    expect(world.makings()).to.deep.equal({ Volume: 1 });
  });

  it("leaves a claim pending where AWS does not take its volume", () => {
    const world = withClass({ ...gp3, parameters: { type: "gp9" } });
    expect(() => world.make(claimType, claim)).to.throw(
      "status.phase is Pending: failed to provision volume: InvalidParameterValue: Invalid value 'gp9' for VolumeType.",
    );
  });

  it("leaves volumes behind where the cluster goes before its claims", () => {
    const world = withClass();
    world.make(claimType, claim);
    forgetCluster(world.account, arn);
    expect(orphansOf(world.account).map(({ token }) => token)).to.deep.equal(["aws:ebs/volume:Volume"]);
  });
});
