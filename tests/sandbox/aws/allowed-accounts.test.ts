import grpc from "@grpc/grpc-js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import services from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import proto from "@pulumi/pulumi/proto/provider_pb.js";
import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { awsProvider } from "../../../sandbox/aws/provider.ts";
import { providerService } from "../../../sandbox/service.ts";
import { call, failure } from "../calls.ts";

const [ours, theirs] = ["111111111111", "222222222222"];
const roleIn = (accountId: string) => ({ roleArn: `arn:aws:iam::${accountId}:role/deploy` });

describe("the accounts that an aws.Provider may work in", () => {
  const server = new grpc.Server();
  let account: Account;
  let client: InstanceType<typeof services.ResourceProviderClient>;
  beforeEach(async () => {
    account = new Account();
    server.addService(
      services.ResourceProviderService,
      providerService({ provider: awsProvider, account }, "7.0.0"),
    );
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) => {
        if (error === null) resolve(bound);
        else reject(error);
      });
    });
    client = new services.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  });
  afterEach(() => {
    client.close();
    server.removeService(services.ResourceProviderService);
    account.close();
  });
  after(() => {
    server.forceShutdown();
  });

  /** Settles the settings of one provider of the program, which reach the service as the engine sends them. */
  const configure = (settings: Readonly<Record<string, unknown>>): Promise<unknown> =>
    call((reply) => {
      const written = Object.entries(settings).map(([name, value]) => [name, JSON.stringify(value)] as const);
      const args = struct.Struct.fromJavaScript({ region: "eu-west-1", ...Object.fromEntries(written) });
      client.configure(new proto.ConfigureRequest().setArgs(args), reply);
    });
  const refused = async (settings: Readonly<Record<string, unknown>>): Promise<string> =>
    (await failure(configure(settings))).details;
  const makeSomething = (): void => {
    account.put({
      ...{ scope: "eu-west-1", token: "aws:ec2/vpc:Vpc", id: "vpc-1", urn: "urn:vpc" },
      ...{ inputs: {}, state: {}, keys: [] },
    });
  };

  it("number the account, which the first one names", async () => {
    await configure({ allowedAccountIds: [ours] });
    expect(account.accountId).to.equal(ours);
    await configure({ allowedAccountIds: [theirs, ours] });
    await configure({});
  });

  it("do not include another number that a later one names", async () => {
    await configure({ allowedAccountIds: [ours] });
    expect(await refused({ allowedAccountIds: [theirs] })).to.equal(
      "InvalidProviderConfig: AWS account ID not allowed: 111111111111",
    );
    expect(account.accountId).to.equal(ours);
  });

  it("do not number an account in which a program has made something", async () => {
    await configure({});
    makeSomething();
    expect(await refused({ allowedAccountIds: [ours] })).to.equal(
      "InvalidProviderConfig: AWS account ID not allowed: 123456789012",
    );
    await configure({ allowedAccountIds: ["123456789012"] });
  });

  it("do not include what it forbids", async () => {
    await configure({ forbiddenAccountIds: [ours] });
    expect(await refused({ forbiddenAccountIds: ["123456789012"] })).to.equal(
      "InvalidProviderConfig: AWS account ID not allowed: 123456789012",
    );
  });

  it("are asked of the role that it takes on, the last one of several", async () => {
    await configure({ allowedAccountIds: [ours] });
    await configure({ allowedAccountIds: [theirs], assumeRoles: [roleIn(ours), roleIn(theirs)] });
    await configure({ allowedAccountIds: [theirs], assumeRoleWithWebIdentity: roleIn(theirs) });
    const assumeRoles = [roleIn(theirs)];
    expect(await refused({ allowedAccountIds: [ours], assumeRoles })).to.equal(
      "InvalidProviderConfig: AWS account ID not allowed: 222222222222",
    );
    const both = { assumeRoleWithWebIdentity: roleIn(ours), assumeRoles };
    expect(await refused({ allowedAccountIds: [ours], ...both })).to.equal(
      "InvalidProviderConfig: AWS account ID not allowed: 222222222222",
    );
  });
});
