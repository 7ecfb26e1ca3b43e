import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { awsProvider } from "../../../sandbox/aws/provider.ts";
import { describeAccount, describeRelations, describeService } from "../../../sandbox/commands/inspect.ts";
import { findOne } from "../../../sandbox/inspection.ts";
import { change, takeAway } from "../../../sandbox/meddling.ts";
import type { Properties, Session, Stored } from "../../../sandbox/model.ts";
import { addressOf } from "../../../sandbox/model.ts";
import { leftoversOf, mended } from "../../../sandbox/recovery.ts";
import { parseChange } from "../../../sandbox/workspace.ts";

const vpcToken = "aws:ec2/vpc:Vpc";
const subnetToken = "aws:ec2/subnet:Subnet";

/** An account with a VPC that a subnet lies in. */
function network(): { readonly account: Account; readonly vpc: Stored; readonly subnet: Stored } {
  const account = new Account();
  const session: Session = { account, settings: { region: "eu-west-1" }, preview: false, seed: "" };
  const make = (token: string, name: string, inputs: Properties): Stored => {
    const subject = { urn: `urn:pulumi:dev::shop::${token}::${name}`, token, name };
    const { id } = awsProvider.create(
      session,
      subject,
      awsProvider.check(session, subject, undefined, inputs).inputs,
    );
    return findOne(account, id);
  };
  const vpc = make(vpcToken, "main", { cidrBlock: "10.0.0.0/16" });
  const subnet = make(subnetToken, "private", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
  return { account, vpc, subnet };
}

describe("looking into the account", () => {
  it("counts what there is, by service and type", () => {
    const { account } = network();
    const [head, ...rows] = describeAccount(account).split("\n");
    expect(head).to.match(/^service +type +things$/);
    expect(rows.map((row) => row.split(/ {2,}/))).to.deep.include(["ec2", subnetToken, "1"]);
    expect(rows.at(-1)).to.match(/^\d+ things in the account 123456789012; `account <service>` lists them$/);
  });

  it("lists a service's things with id, type, name, scope and URN", () => {
    const { account, subnet } = network();
    const line = describeService(account, "ec2")
      .split("\n")
      .find((row) => row.startsWith(subnet.id));
    expect(line?.split(/ {2,}/)).to.deep.equal([subnet.id, subnetToken, "private", "eu-west-1", subnet.urn]);
  });

  it("names the services that there are when asked for another", () => {
    const { account } = network();
    expect(() => describeService(account, "rds")).to.throw("the account has nothing of rds: it has ec2");
  });

  it("finds a thing by id, ARN, logical name, type and name, URN and address", () => {
    const { account, subnet } = network();
    const arn = String(subnet.state.arn);
    for (const key of [subnet.id, arn, "private", `${subnetToken} private`, subnet.urn, addressOf(subnet)])
      expect(findOne(account, key), key).to.equal(subnet);
  });

  it("refuses a name that several things have, with the address of each", () => {
    const { account, vpc, subnet } = network();
    account.put({ ...subnet, urn: vpc.urn });
    expect(() => findOne(account, "main")).to.throw(
      `2 things go by main; give the address of one:\n  ${addressOf(vpc)}\n  ${addressOf(subnet)}`,
    );
    expect(() => findOne(account, "nothing")).to.throw("nothing in the account goes by nothing");
  });

  it("tells who refers to a thing, and what it needs", () => {
    const { account, vpc, subnet } = network();
    expect(describeRelations(account, vpc.id)).to.match(
      new RegExp(`^cannot be deleted before it +${subnetToken} +${subnet.id} +private$`, "m"),
    );
    expect(describeRelations(account, subnet.id)).to.match(
      new RegExp(`^it needs +${vpcToken} +${vpc.id} +main$`, "m"),
    );
  });
});

describe("changing the account behind Pulumi's back", () => {
  it("changes inputs and state, so that a refresh finds it", () => {
    const { account, subnet } = network();
    change(account, subnet, [parseChange("mapPublicIpOnLaunch=true")]);
    const { inputs, state } = findOne(account, subnet.id);
    expect([inputs.mapPublicIpOnLaunch, state.mapPublicIpOnLaunch]).to.deep.equal([true, true]);
  });

  it("refuses a property that the type does not have, or that only the service sets", () => {
    const { account, subnet } = network();
    expect(() => {
      change(account, subnet, [parseChange("colour=red")]);
    }).to.throw(`${subnetToken} has no property colour to set: it has assignIpv6AddressOnCreation, `);
    expect(() => {
      change(account, subnet, [parseChange("ownerId=1")]);
    }).to.throw(`${subnetToken} has no property ownerId to set`);
  });

  it("refuses what cannot be changed in place, and what is like that already", () => {
    const { account, subnet } = network();
    expect(() => {
      change(account, subnet, [parseChange("cidrBlock=10.0.1.0/24")]);
    }).to.throw(`${subnetToken}: cidrBlock cannot be changed in place`);
    expect(() => {
      change(account, subnet, [parseChange("cidrBlock=10.0.0.0/24")]);
    }).to.throw(`${subnet.id} is like that already`);
  });

  it("deletes what nothing holds, and the rest only by force", () => {
    const { account, vpc, subnet } = network();
    expect(() => {
      takeAway(account, vpc, false);
    }).to.throw(
      `DependencyViolation: The vpc '${vpc.id}' has dependencies and cannot be deleted: Subnet ${subnet.id}`,
    );
    takeAway(account, vpc, true);
    expect(account.find(vpcToken, vpc.id)).to.equal(undefined);
    takeAway(account, subnet, false);
    expect(account.find(subnetToken, subnet.id)).to.equal(undefined);
  });
});

describe("recovering from a killed run", () => {
  const stateOf = (resources: readonly Properties[], pending: readonly Properties[]): Properties => ({
    version: 3,
    deployment: {
      resources,
      pending_operations: pending.map((resource) => ({ type: "creating", resource })),
    },
  });

  it("adopts the pending creation that the account has, and forgets the one that it has not", () => {
    const { account, vpc, subnet } = network();
    const exported = stateOf(
      [{ urn: vpc.urn, id: vpc.id }],
      [
        { urn: subnet.urn, type: subnetToken, inputs: {} },
        { urn: "urn:pulumi:dev::shop::aws:sqs/queue:Queue::jobs" },
      ],
    );
    const found = leftoversOf(exported, account);
    expect(found).to.deep.equal({
      pending: [
        { urn: subnet.urn, id: subnet.id },
        { urn: "urn:pulumi:dev::shop::aws:sqs/queue:Queue::jobs", id: undefined },
      ],
      orphans: [],
    });
    expect(mended(exported, found)).to.deep.equal(
      stateOf(
        [
          { urn: vpc.urn, id: vpc.id },
          { urn: subnet.urn, type: subnetToken, inputs: {}, id: subnet.id },
        ],
        [],
      ),
    );
  });

  it("finds what was made and is in no state", () => {
    const { account, vpc, subnet } = network();
    const { orphans } = leftoversOf(stateOf([{ urn: vpc.urn, id: vpc.id }], []), account);
    expect(orphans).to.deep.equal([subnet]);
  });

  it("takes the new one for the pending creation of a replacement", () => {
    const { account, vpc, subnet } = network();
    account.put({ ...subnet, id: "subnet-2", keys: [] });
    const exported = stateOf(
      [
        { urn: vpc.urn, id: vpc.id },
        { urn: subnet.urn, id: subnet.id },
      ],
      [{ urn: subnet.urn }],
    );
    expect(leftoversOf(exported, account).pending).to.deep.equal([{ urn: subnet.urn, id: "subnet-2" }]);
  });
});
