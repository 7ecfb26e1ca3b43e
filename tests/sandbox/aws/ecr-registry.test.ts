import { expect } from "chai";
import type { Properties, Settled } from "../../../sandbox/model.ts";
import { World, allow, refusalOf } from "./world.ts";

/** A registry, and what Docker Hub wants to know. */
class Registry extends World {
  public readonly secret = this.make("aws:secretsmanager/secret:Secret", "hub", {
    name: "ecr-pullthroughcache/hub",
  });

  public cache(inputs: Properties = {}, name = "hub"): Settled {
    return this.make("aws:ecr/pullThroughCacheRule:PullThroughCacheRule", name, {
      ...{ ecrRepositoryPrefix: "hub", upstreamRegistryUrl: "registry-1.docker.io" },
      credentialArn: this.secret.state.arn,
      ...inputs,
    });
  }
}

let world: Registry;

describe("a rule of ECR's pull through cache", () => {
  beforeEach(() => {
    world = new Registry();
  });

  it("goes by the prefix of its repositories", () => {
    expect(world.cache().id).to.equal("hub");
  });

  it("needs no credentials for registries that are open to all", () => {
    const upstreamRegistryUrl = "public.ecr.aws";
    expect(world.cache({ upstreamRegistryUrl, credentialArn: undefined }).id).to.equal("hub");
  });

  it("refuses a prefix that is taken", () => {
    world.cache();
    expect(refusalOf(() => world.cache({}, "again"))).to.equal(
      "PullThroughCacheRuleAlreadyExistsException: A pull through cache rule with these settings already exists for the private registry.",
    );
  });

  it("refuses a registry that ECR does not know", () => {
    expect(refusalOf(() => world.cache({ upstreamRegistryUrl: "harbor.example.com" }))).to.equal(
      "UnsupportedUpstreamRegistryException: The upstream registry URL harbor.example.com is invalid. Specify a valid upstream registry URL and try again",
    );
  });

  it("refuses to read from Docker Hub as nobody", () => {
    expect(refusalOf(() => world.cache({ credentialArn: undefined }))).to.equal(
      "UnsupportedUpstreamRegistryException: The specified upstream registry requires authentication. Specify a valid Secrets Manager ARN",
    );
  });

  it("refuses a secret of another name", () => {
    const other = world.make("aws:secretsmanager/secret:Secret", "other", { name: "hub" });
    expect(refusalOf(() => world.cache({ credentialArn: other.state.arn }))).to.equal(
      "InvalidParameterException: Invalid parameter at 'credentialArn' failed to satisfy constraint: 'must be a secret whose name begins with ecr-pullthroughcache/'",
    );
  });

  it("refuses a secret that does not exist", () => {
    const credentialArn =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:ecr-pullthroughcache/gone-a1b2c3";
    expect(refusalOf(() => world.cache({ credentialArn }))).to.equal(
      "SecretNotFoundException: The ARN of the secret specified in the pull through cache rule was not found. Update the secret ARN with a valid secret ARN and try again.",
    );
  });
});

describe("a setting of ECR's registry", () => {
  const scanning = "aws:ecr/registryScanningConfiguration:RegistryScanningConfiguration";
  const rules = [
    {
      scanFrequency: "CONTINUOUS_SCAN",
      repositoryFilters: [{ filter: "*", filterType: "WILDCARD" }],
    },
  ];
  beforeEach(() => {
    world = new Registry();
  });

  it("goes by the account", () => {
    expect(world.make(scanning, "all", { scanType: "ENHANCED", rules }).id).to.equal("123456789012");
    const destinations = [{ region: "us-east-1", registryId: "123456789012" }];
    const replication = "aws:ecr/replicationConfiguration:ReplicationConfiguration";
    const inputs = { replicationConfiguration: { rules: [{ destinations }] } };
    expect(world.make(replication, "all", inputs).id).to.equal("123456789012");
  });

  it("refuses to scan all the time for nothing", () => {
    expect(refusalOf(() => world.make(scanning, "all", { scanType: "BASIC", rules }))).to.equal(
      "InvalidParameterException: Basic scanning supports the scan frequency SCAN_ON_PUSH only, not CONTINUOUS_SCAN.",
    );
  });

  it("refuses a policy for nobody", () => {
    const policy = allow("ecr:ReplicateImage");
    expect(refusalOf(() => world.make("aws:ecr/registryPolicy:RegistryPolicy", "all", { policy }))).to.equal(
      "InvalidParameterException: Missing required field Principal",
    );
  });
});
