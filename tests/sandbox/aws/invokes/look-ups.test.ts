import { expect } from "chai";
import { World, refusalOf } from "../world.ts";

const newest = "aws:ec2/getAmi:getAmi";
const parameter = "aws:ssm/getParameter:getParameter";

describe("questions about machine images", () => {
  const al2023 = {
    owners: ["amazon"],
    mostRecent: true,
    filters: [
      { name: "name", values: ["al2023-ami-2023.*-x86_64"] },
      { name: "virtualization-type", values: ["hvm"] },
    ],
  };

  it("find the newest that fits, by patterns", () => {
    const answer = new World().ask(newest, al2023);
    expect(answer).to.include({
      architecture: "x86_64",
      ownerId: "137112412989",
      rootDeviceName: "/dev/xvda",
    });
    expect(answer.id).to.match(/^ami-0[0-9a-f]{16}$/);
  });

  it("give each region ids of its own", () => {
    const [here, there] = ["eu-west-1", "us-east-1"].map(
      (region) => new World(region).ask(newest, al2023).id,
    );
    expect(here).not.to.equal(there);
  });

  it("agree with the parameter that names the image", () => {
    const world = new World();
    const name = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-6.1-x86_64";
    expect(world.ask(parameter, { name }).value).to.equal(world.ask(newest, al2023).id);
  });

  it("find Canonical's images by their owner", () => {
    const filters = [
      { name: "name", values: ["ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*"] },
    ];
    expect(new World().ask(newest, { owners: ["099720109477"], mostRecent: true, filters }).name).to.match(
      /^ubuntu\/images\/hvm-ssd-gp3\/ubuntu-noble-24\.04-amd64-server-\d{8}$/,
    );
  });

  it("find those of ECS and of Debian, and Ubuntu's older ones", () => {
    const named: readonly (readonly [owner: string, pattern: string])[] = [
      ["591542846629", "amzn2-ami-ecs-hvm-*-x86_64-ebs"],
      ["136693071363", "debian-12-amd64-*"],
      ["137112412989", "amzn2-ami-hvm-2.0.*.0-x86_64-ebs"],
      ["099720109477", "ubuntu/images/hvm-ssd/ubuntu-focal-20.04-amd64-server-*"],
    ];
    for (const [owner, pattern] of named) {
      const filters = [{ name: "name", values: [pattern] }];
      const answer = new World().ask(newest, { owners: [owner], mostRecent: true, filters });
      expect(answer.architecture, pattern).to.equal("x86_64");
    }
  });

  it("read a pattern's flags as Go does, and find no image by a tag", () => {
    const named = { owners: ["amazon"], mostRecent: true, nameRegex: "(?i)^AL2023-ami-2023.*x86_64$" };
    expect(new World().ask("aws:ec2/getAmi:getAmi", named).architecture).to.equal("x86_64");
    const tagged = { owners: ["self"], filters: [{ name: "tag:Team", values: ["shop"] }] };
    expect(new World().ask("aws:ec2/getAmiIds:getAmiIds", tagged).ids).to.deep.equal([]);
  });

  it("refuse several answers unless the newest will do", () => {
    expect(refusalOf(() => new World().ask(newest, { owners: ["amazon"] }))).to.match(
      /^InvalidParameterValue: Your query returned more than one result\./,
    );
  });

  it("refuse when there is none", () => {
    const filters = [{ name: "name", values: ["beos-*"] }];
    expect(refusalOf(() => new World().ask(newest, { filters }))).to.equal(
      "InvalidAMIID.NotFound: Your query returned no results. Please change your search criteria and try again.",
    );
  });

  it("refuse a filter that EC2 does not have", () => {
    const filters = [{ name: "colour", values: ["red"] }];
    expect(refusalOf(() => new World().ask(newest, { filters }))).to.equal(
      "InvalidParameterValue: The filter 'colour' is invalid",
    );
  });
});

describe("questions about networks", () => {
  const getVpc = "aws:ec2/getVpc:getVpc";
  const getSubnets = "aws:ec2/getSubnets:getSubnets";

  it("find the region's default VPC, which is always the same, and its public subnets", () => {
    const world = new World();
    const vpc = world.ask(getVpc, { default: true });
    expect(vpc).to.include({ cidrBlock: "172.31.0.0/16", default: true, enableDnsHostnames: true });
    expect(world.ask(getVpc, { default: true }).id).to.equal(vpc.id);
    const subnets = world.ask(getSubnets, { filters: [{ name: "vpc-id", values: [vpc.id] }] });
    expect(subnets.ids).to.have.length(3);
    const first = world.ask("aws:ec2/getSubnet:getSubnet", {
      vpcId: vpc.id,
      availabilityZone: "eu-west-1a",
      defaultForAz: true,
    });
    expect(first).to.include({
      cidrBlock: "172.31.0.0/20",
      mapPublicIpOnLaunch: true,
      availableIpAddressCount: 4091,
    });
    const group = world.ask("aws:ec2/getSecurityGroup:getSecurityGroup", { vpcId: vpc.id, name: "default" });
    expect(group.description).to.equal("default VPC security group");
  });

  it("find a VPC by the name of a tag", () => {
    const world = new World();
    const { id } = world.vpc("tagged", { tags: { Team: "shop" } });
    world.vpc("plain");
    const filters = [{ name: "tag-key", values: ["Te*"] }];
    expect(world.ask("aws:ec2/getVpcs:getVpcs", { filters }).ids).to.deep.equal([id]);
  });

  it("find a VPC by its tags", () => {
    const world = new World();
    const made = world.vpc("main", { tags: { Name: "main" } });
    world.vpc("other", { cidrBlock: "10.1.0.0/16", tags: { Name: "other" } });
    expect(world.ask(getVpc, { tags: { Name: "main" } }).id).to.equal(made.id);
    expect(world.ask(getVpc, { filters: [{ name: "tag:Name", values: ["ma*"] }] }).id).to.equal(made.id);
  });

  it("refuse when none is meant, or several", () => {
    const world = new World();
    expect(refusalOf(() => world.ask(getVpc, { id: "vpc-gone" }))).to.equal(
      "NotFound: no matching EC2 VPC found",
    );
    world.vpc("one");
    world.vpc("two", { cidrBlock: "10.1.0.0/16" });
    expect(refusalOf(() => world.ask(getVpc, { state: "available" }))).to.equal(
      "TooManyResults: multiple EC2 VPCs matched; use additional constraints to reduce matches to a single EC2 VPC",
    );
  });

  it("refuse a filter that EC2 does not have", () => {
    const world = new World();
    const vpc = world.vpc();
    world.subnet(vpc);
    expect(refusalOf(() => world.ask(getSubnets, { filters: [{ name: "vpc", values: [vpc.id] }] }))).to.equal(
      "InvalidParameterValue: The filter 'vpc' is invalid",
    );
  });
});

describe("questions for one thing by its name", () => {
  it("find a hosted zone, with or without the final dot", () => {
    const world = new World();
    const zone = world.make("aws:route53/zone:Zone", "site", { name: "example.com" });
    for (const name of ["example.com", "example.com."])
      expect(world.ask("aws:route53/getZone:getZone", { name }).zoneId).to.equal(zone.id);
    expect(refusalOf(() => world.ask("aws:route53/getZone:getZone", { name: "example.org" }))).to.equal(
      "NoSuchHostedZone: no matching Route 53 Hosted Zone found",
    );
  });

  it("find a certificate by domain and status", () => {
    const world = new World();
    const made = world.make("aws:acm/certificate:Certificate", "site", {
      domainName: "example.com",
      validationMethod: "DNS",
    });
    const token = "aws:acm/getCertificate:getCertificate";
    expect(world.ask(token, { domain: "example.com" }).arn).to.equal(made.state.arn);
    expect(refusalOf(() => world.ask(token, { domain: "example.com", statuses: ["ISSUED"] }))).to.equal(
      "NotFound: no ACM Certificate matching domain (example.com) found",
    );
  });

  it("find a role with what it is trusted for", () => {
    const world = new World();
    const role = world.role("worker", { name: "worker" });
    expect(world.ask("aws:iam/getRole:getRole", { name: "worker" })).to.include({
      arn: role.state.arn,
      assumeRolePolicy: role.state.assumeRolePolicy,
    });
    expect(refusalOf(() => world.ask("aws:iam/getRole:getRole", { name: "gone" }))).to.equal(
      "NoSuchEntity: The role with name gone cannot be found.",
    );
  });

  it("know the keys that services have in each account", () => {
    const answer = new World().ask("aws:kms/getAlias:getAlias", { name: "alias/aws/ebs" });
    expect(answer.targetKeyArn).to.equal(
      `arn:aws:kms:eu-west-1:123456789012:key/${String(answer.targetKeyId)}`,
    );
    expect(refusalOf(() => new World().ask("aws:kms/getAlias:getAlias", { name: "alias/mine" }))).to.equal(
      "NotFoundException: Alias alias/mine is not found.",
    );
  });

  it("refuse a parameter that does not exist", () => {
    expect(refusalOf(() => new World().ask(parameter, { name: "/app/key" }))).to.equal(
      "ParameterNotFound: couldn't find resource: SSM Parameter (/app/key)",
    );
  });
});
