import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { allow, refusalOf, trustOf, World } from "./world.ts";

const roleToken = "aws:iam/role:Role";
const policyToken = "aws:iam/policy:Policy";
const inlineToken = "aws:iam/rolePolicy:RolePolicy";
const attachmentToken = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
const readOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";

describe("a simulated role", () => {
  let world: World;
  beforeEach(() => {
    world = new World();
  });

  const attach = (role: Settled, policyArn = readOnly, name = "attachment"): Settled =>
    world.make(attachmentToken, name, { role: role.id, policyArn });
  const policy = (inputs: Properties = {}): Settled =>
    world.make(policyToken, "policy", { policy: allow("s3:GetObject"), ...inputs });

  it("goes by its name", () => {
    const { id, state } = world.role("worker", { name: "worker", path: "/teams/" });
    expect(id).to.equal("worker");
    expect(state.arn).to.equal("arn:aws:iam::123456789012:role/teams/worker");
    expect(state.uniqueId).to.match(/^AROA[0-9A-F]{17}$/);
  });

  it("refuses a name that is taken", () => {
    world.role("first", { name: "worker" });
    expect(refusalOf(() => world.role("second", { name: "worker" }))).to.equal(
      "EntityAlreadyExists: Role with name worker already exists.",
    );
  });

  const documents: readonly (readonly [what: string, document: unknown, message: string])[] = [
    ["a document without statements", { Version: "2012-10-17" }, "Syntax errors in policy."],
    [
      "a version that IAM does not know",
      { Version: "2020-01-01", Statement: [] },
      "Syntax errors in policy.",
    ],
    [
      "a trust document without a principal",
      { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole" }] },
      "Missing required field Principal",
    ],
    [
      "a trust document with a resource",
      { Statement: { Effect: "Allow", Principal: "*", Action: "sts:AssumeRole", Resource: "*" } },
      "Has prohibited field Resource",
    ],
    [
      "an action without its service",
      { Statement: { Effect: "Allow", Principal: "*", Action: "AssumeRole" } },
      "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.",
    ],
    [
      "an effect that is neither",
      { Statement: { Effect: "Permit", Principal: "*", Action: "sts:AssumeRole" } },
      "Syntax errors in policy.",
    ],
    [
      "an effect in small letters",
      { Statement: { Effect: "allow", Principal: "*", Action: "sts:AssumeRole" } },
      "The policy failed legacy parsing",
    ],
    [
      "to be trusted with more than to be assumed",
      { Statement: { Effect: "Allow", Principal: "*", Action: "logs:CreateLogGroup" } },
      "AssumeRole policy may only specify STS AssumeRole actions.",
    ],
    [
      "to be trusted by what is no service",
      { Statement: { Effect: "Allow", Principal: { Service: "lambda" }, Action: "sts:AssumeRole" } },
      'Invalid principal in policy: "SERVICE":"lambda"',
    ],
    [
      "to be trusted by what is no account",
      { Statement: { Effect: "Allow", Principal: { AWS: "12345678901" }, Action: "sts:AssumeRole" } },
      'Invalid principal in policy: "AWS":"12345678901"',
    ],
  ];
  for (const [what, document, message] of documents) {
    it(`refuses ${what}`, () => {
      expect(refusalOf(() => world.role("worker", { assumeRolePolicy: JSON.stringify(document) }))).to.equal(
        `MalformedPolicyDocument: ${message}`,
      );
    });
  }

  it("may be trusted by whoever deploys", () => {
    const { arn } = world.ask("aws:index/getCallerIdentity:getCallerIdentity");
    expect(() => world.role("worker", { assumeRolePolicy: trustOf({ AWS: arn }) })).not.to.throw();
  });

  it("refuses a principal of this account that does not exist", () => {
    const arn = "arn:aws:iam::123456789012:role/nobody";
    expect(refusalOf(() => world.role("worker", { assumeRolePolicy: trustOf({ AWS: arn }) }))).to.equal(
      `MalformedPolicyDocument: Invalid principal in policy: "AWS":"${arn}"`,
    );
    world.role("nobody", { name: "nobody" });
    expect(world.role("worker", { assumeRolePolicy: trustOf({ AWS: arn }) }).id).to.match(/^worker-/);
  });

  it("refuses a trust document of more than 2048 characters", () => {
    const services = Array.from({ length: 80 }, (_, index) => `service-number-${index}.amazonaws.com`);
    expect(
      refusalOf(() => world.role("worker", { assumeRolePolicy: trustOf({ Service: services }) })),
    ).to.equal("LimitExceeded: Cannot exceed quota for ACLSizePerRole: 2048");
  });

  it("refuses an eleventh policy", () => {
    const role = world.role();
    for (let index = 0; index < 10; index++) attach(role, `${readOnly}${index}`, `attachment-${index}`);
    expect(refusalOf(() => attach(role))).to.equal(
      "LimitExceeded: Cannot exceed quota for PoliciesPerRole: 10",
    );
  });

  it("refuses a policy, and a role, that does not exist", () => {
    const arn = "arn:aws:iam::123456789012:policy/none";
    expect(refusalOf(() => attach(world.role(), arn))).to.equal(
      `NoSuchEntity: Policy ${arn} does not exist or is not attachable.`,
    );
    expect(
      refusalOf(() => world.make(attachmentToken, "lost", { role: "nobody", policyArn: readOnly })),
    ).to.equal("NoSuchEntity: The role with name nobody cannot be found.");
  });

  it("goes after what hangs on it", () => {
    const role = world.role();
    const attachment = attach(role);
    const inline = world.make(inlineToken, "inline", { role: role.id, policy: allow("s3:GetObject") });
    const profile = world.make("aws:iam/instanceProfile:InstanceProfile", "profile", { role: role.id });
    const remove = (): unknown => world.remove(roleToken, "worker", role);
    expect(refusalOf(remove)).to.equal(
      "DeleteConflict: Cannot delete entity, must remove roles from instance profile first.",
    );
    world.remove("aws:iam/instanceProfile:InstanceProfile", "profile", profile);
    expect(refusalOf(remove)).to.equal(
      "DeleteConflict: Cannot delete entity, must detach all policies first.",
    );
    world.remove(attachmentToken, "attachment", attachment);
    expect(refusalOf(remove)).to.equal("DeleteConflict: Cannot delete entity, must delete policies first.");
    world.remove(inlineToken, "inline", inline);
    expect(remove()).to.equal(2);
  });

  it("drops what hangs on it when told to force", () => {
    const role = world.role("worker", { forceDetachPolicies: true });
    attach(role);
    expect(world.remove(roleToken, "worker", role)).to.equal(2);
  });

  it("counts what a managed policy is attached to", () => {
    const managed = policy();
    expect(managed.state.attachmentCount).to.equal(0);
    attach(world.role(), managed.id);
    const { state } = world.change(policyToken, "policy", managed, {
      name: managed.state.name,
      policy: allow("s3:ListBucket"),
    });
    expect(state.attachmentCount).to.equal(1);
  });

  it("keeps a managed policy that is attached", () => {
    const managed = policy();
    attach(world.role(), managed.id);
    expect(refusalOf(() => world.remove(policyToken, "policy", managed))).to.equal(
      "DeleteConflict: Cannot delete a policy attached to entities.",
    );
  });

  it("refuses a managed policy with a principal, without resources, too long, or of a taken name", () => {
    const document = (statement: object): string =>
      JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "s3:*", ...statement }],
      });
    expect(refusalOf(() => policy({ policy: document({ Principal: "*", Resource: "*" }) }))).to.equal(
      "MalformedPolicyDocument: Policy document should not specify a principal.",
    );
    expect(refusalOf(() => policy({ policy: document({}) }))).to.equal(
      "MalformedPolicyDocument: Policy statement must contain resources.",
    );
    expect(refusalOf(() => policy({ policy: document({ Resource: "Z0123456789ABC" }) }))).to.equal(
      'MalformedPolicyDocument: Resource Z0123456789ABC must be in ARN format or "*".',
    );
    const Resource = Array.from({ length: 200 }, (_, index) => `arn:aws:s3:::bucket-number-${index}/*`);
    expect(refusalOf(() => policy({ policy: document({ Resource }) }))).to.equal(
      "LimitExceeded: Cannot exceed quota for PolicySize: 6144",
    );
    policy({ name: "reader" });
    expect(refusalOf(() => policy({ name: "reader" }))).to.equal(
      "EntityAlreadyExists: A policy called reader already exists. Duplicate names are not allowed.",
    );
  });

  it("refuses inline policies of more than 10240 characters together", () => {
    const role = world.role();
    const Resource = Array.from({ length: 160 }, (_, index) => `arn:aws:s3:::bucket-number-${index}/*`);
    const document = JSON.stringify({ Statement: [{ Effect: "Allow", Action: "s3:*", Resource }] });
    world.make(inlineToken, "first", { role: role.id, policy: document });
    expect(refusalOf(() => world.make(inlineToken, "second", { role: role.id, policy: document }))).to.equal(
      `LimitExceeded: Maximum policy size of 10240 bytes exceeded for role ${role.id}`,
    );
  });
});

describe("simulated identity providers", () => {
  it("refuse the same issuer twice", () => {
    const world = new World();
    const inputs = {
      url: "https://token.actions.githubusercontent.com",
      clientIdLists: ["sts.amazonaws.com"],
    };
    const token = "aws:iam/openIdConnectProvider:OpenIdConnectProvider";
    expect(world.make(token, "github", inputs).id).to.equal(
      "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
    );
    expect(refusalOf(() => world.make(token, "again", inputs))).to.equal(
      "EntityAlreadyExists: Provider with url https://token.actions.githubusercontent.com already exists.",
    );
  });

  it("refuse a second role of a service that has one", () => {
    const linked = (awsServiceName: string, customSuffix?: string): Settled =>
      new World().make("aws:iam/serviceLinkedRole:ServiceLinkedRole", "own", {
        awsServiceName,
        customSuffix,
      });
    expect(refusalOf(() => linked("ecs.amazonaws.com", "shop"))).to.equal(
      "InvalidInput: Custom suffix is not allowed for ecs.amazonaws.com",
    );
    expect(linked("batch.amazonaws.com").state.name).to.equal("AWSServiceRoleForBatch");
    expect(linked("autoscaling.amazonaws.com", "shop").state.name).to.equal(
      "AWSServiceRoleForAutoScaling_shop",
    );
  });

  it("refuse a service's own role twice", () => {
    const world = new World();
    const token = "aws:iam/serviceLinkedRole:ServiceLinkedRole";
    world.make(token, "spot", { awsServiceName: "spot.amazonaws.com" });
    expect(refusalOf(() => world.make(token, "again", { awsServiceName: "spot.amazonaws.com" }))).to.equal(
      "InvalidInput: Service role name AWSServiceRoleForEC2Spot has been taken in this account, please try a different suffix.",
    );
  });
});
