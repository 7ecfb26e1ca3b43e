import { expect } from "chai";
import { behaviours } from "../../../sandbox/aws/index.ts";
import { secondsToCreate, secondsToDelete, secondsToUpdate } from "../../../sandbox/aws/durations.ts";

const of = (token: string) => {
  const behaviour = behaviours.get(token);
  if (behaviour === undefined) throw new Error(`no entry ${token}`);
  return behaviour;
};

const database = of("aws:rds/instance:Instance");
const before = { engineVersion: "17", instanceClass: "db.t4g.medium", backupRetentionPeriod: 7 };

describe("how long it takes on AWS", () => {
  it("to create is longer for what is made after it", () => {
    expect(secondsToCreate(database, before)).to.equal(600);
    expect(secondsToCreate(database, { ...before, multiAz: true })).to.equal(900);
  });

  it("to change is that of what takes longest among what differs", () => {
    const update = (change: object) => secondsToUpdate(database, before, { ...before, ...change });
    expect(update({ backupRetentionPeriod: 14 })).to.equal(120);
    expect(update({ backupRetentionPeriod: 14, instanceClass: "db.t4g.large" })).to.equal(600);
    expect(update({ engineVersion: "18", instanceClass: "db.t4g.large" })).to.equal(900);
  });

  it("to change a part that was left out before, or is left out now, counts likewise", () => {
    expect(secondsToUpdate(database, before, { ...before, multiAz: true })).to.equal(600);
    expect(secondsToUpdate(database, { ...before, multiAz: true }, before)).to.equal(600);
  });

  it("to change tags is a call, however long the rest of the type takes", () => {
    for (const [token, property] of [
      ["aws:cloudfront/distribution:Distribution", "tags"],
      ["aws:rds/instance:Instance", "skipFinalSnapshot"],
      ["aws:s3/bucket:Bucket", "forceDestroy"],
    ] as const) {
      expect(secondsToUpdate(of(token), {}, { [property]: "changed" }), token).to.equal(2);
    }
  });

  it("to delete is the type's own", () => {
    expect(secondsToDelete(database)).to.equal(300);
    expect(secondsToDelete({ ...database, seconds: undefined })).to.equal(2);
  });
});
