import { expect } from "chai";
import { z } from "zod";

import { define } from "../../../policy-pack/kernel/define.ts";
import { flag } from "../../../policy-pack/kernel/params.ts";
import { environmentsPage } from "../../../tools/docs/environments.ts";
import { policiesPage } from "../../../tools/docs/policies.ts";
import { sandboxPage } from "../../../tools/docs/sandbox.ts";
import { utilityParts } from "../../../tools/docs/utilities.ts";
import { settingsPage } from "../../../tools/docs/settings.ts";
import { settingsOf } from "../../stack-settings.ts";
import { cellsOf } from "./cells.ts";

describe("settingsPage", () => {
  const schema = z.strictObject({
    size: z.int().min(1).max(9).describe("how big"),
    mode: z.enum(["fast", "slow"]).default("slow").describe("fast costs more"),
    note: z.string().optional(),
  });
  const page = settingsPage({
    schemas: { part: schema },
    descriptions: { part: "A part." },
    stacks: {
      dev: { part: { size: 1 } },
      staging: { part: { size: 2 } },
      prod: { part: { size: 2, mode: "fast" } },
    },
  });

  it("puts values, default, stacks and meaning beside each setting", () => {
    expect(cellsOf(page)).to.deep.equal([
      ["Setting", "Values", "Default", "dev / staging / prod", "Meaning"],
      ["`part.size`", "1 to 9", "", "`1` / `2` / `2`", "How big."],
      ["`part.mode`", "`fast`, `slow`", "`slow`", "- / - / `fast`", "`fast` costs more."],
      ["`part.note`", "text", "may be left out", "", ""],
    ]);
  });

  it("leaves out what several names say differently", () => {
    const named = settingsPage({
      schemas: { parts: z.record(z.string(), schema) },
      descriptions: {},
      stacks: {
        dev: { parts: { a: { size: 3 } } },
        staging: { parts: { a: { size: 3 } } },
        prod: { parts: { a: { size: 3 }, b: { size: 4 } } },
      },
    });
    expect(cellsOf(named)[2]).to.deep.equal(["`parts.<name>.size`", "1 to 9", "", "", "How big."]);
  });
});

describe("environmentsPage", () => {
  const rowOf = (path: string, page: string): readonly string[] | undefined =>
    cellsOf(page).find(([, cell]) => cell === `\`${path}\``);

  it("marks what differs, and only that", () => {
    const [dev, prod] = [settingsOf("dev"), settingsOf("prod")];
    const page = environmentsPage({ dev, staging: dev, prod });
    expect(rowOf("network.nat", page)).to.deep.equal([
      "≠",
      "`network.nat`",
      "`single`",
      "`single`",
      "`perZone`",
    ]);
    expect(rowOf("network.networkAcls", page)?.[0]).to.equal("");
  });

  it("counts gateways, and names what is protected, at a glance", () => {
    const [dev, prod] = [settingsOf("dev"), settingsOf("prod")];
    const cells = cellsOf(environmentsPage({ dev, staging: dev, prod }));
    expect(cells).to.deep.include(["NAT gateways", "1", "1", "3, one per zone"]);
    expect(cells).to.deep.include([
      "Protected from deletion",
      "nothing",
      "nothing",
      "network, domain, cluster, database, cache, frontend, observability, services",
    ]);
  });
});

describe("policiesPage", () => {
  const policy = define({
    name: "volumes-encrypted",
    description: "Volumes are encrypted.",
    severity: "high",
    controls: { fsbp: ["EC2.3"] },
    remediation: "Set encrypted.",
    params: { strict: flag(true, "Whether it is strict.") },
    checks: { "aws:ebs/volume:Volume": [() => false] },
  });
  const page = policiesPage({
    policies: [policy],
    levels: {
      dev: { "volumes-encrypted": { enforcementLevel: "advisory", strict: false } },
      staging: {},
      prod: {},
    },
    concerns: new Map([["volumes-encrypted", "storage"]]),
  });

  it("files a policy under its concern, with its level in each stack", () => {
    expect(page).to.include("\n## Storage\n");
    expect(cellsOf(page)[1]).to.deep.equal([
      "[volumes-encrypted](#volumes-encrypted)",
      "Volumes are encrypted.",
      "high",
      "advisory",
      "mandatory",
      "mandatory",
    ]);
  });

  it("says what it reads, which controls it answers, its settings and the remedy", () => {
    expect(page.split("\n").filter((line) => line.startsWith("- "))).to.deep.equal([
      "- Severity high; advisory in dev, mandatory in staging and prod",
      "- Reads `aws:ebs/volume:Volume`",
      "- Answers EC2.3 (AWS Security Hub controls (FSBP) 1.0.0)",
      "- Setting `strict`, `false` in dev, `true` in staging and prod: Whether it is strict.",
      "- Remedy: Set encrypted.",
    ]);
  });
});

describe("sandboxPage", () => {
  it("says what is known of a type", () => {
    const missing = { code: "NotFound", message: "no {value}" };
    const page = sandboxPage({
      behaviours: [
        {
          token: "aws:ec2/subnet:Subnet",
          id: () => "",
          outputs: () => ({}),
          references: {
            vpcId: { to: ["aws:ec2/vpc:Vpc", "aws:ec2/defaultVpc:DefaultVpc"], missing },
            roleArn: { to: "aws:iam/role:Role", missing, holds: false },
          },
          refuses: () => undefined,
          defaults: {
            privateDnsHostnameTypeOnLaunch: { value: "ip-name", because: "the VPC's block is IPv4" },
          },
          replaces: { tags: { value: false, because: "tags are changed in place" } },
          leaves: () => [],
          seconds: { create: 11, delete: 1 },
          secondsToChange: { mapPublicIpOnLaunch: 3, tags: 1 },
        },
      ],
      countsOf: () => ({ outputs: 4, defaults: 2, replacing: 5 }),
      invokes: ["aws:index/getRegion:getRegion"],
      components: [],
      images: ["docker-build:index:Image"],
      kinds: [],
      customKinds: {},
      charts: {},
      utilities: [],
      installed: [],
    });
    expect(cellsOf(page)).to.deep.equal([
      ["Type", "Outputs", "Defaults", "Replaces", "Refers to", "Refuses", "Also", "Seconds"],
      [
        "`aws.ec2.Subnet`",
        "4",
        '2; `privateDnsHostnameTypeOnLaunch` `"ip-name"`',
        "5; `tags` does not",
        "ec2.Vpc, (iam.Role)",
        "writing",
        "leaves",
        "11 / - to 3 / 1",
      ],
    ]);
    expect(page).to.include("A program may ask `aws.getRegion`.");
    expect(page).to.include("Images come from `docker-build:index:Image`.");
  });
});

describe("utilityParts", () => {
  it("says what is required, what is taken otherwise, what is secret, and whether it can be imported", () => {
    const password = {
      token: "random:index/randomPassword:RandomPassword",
      inputs: { length: { required: true }, upper: { default: true } },
      outputs: { result: "secret", size: "plain" },
      makes: () => ({ id: "none", outputs: {} }),
      imports: (id: string) => ({ id, outputs: {} }),
    } as const;
    const functions = { "tls:index/getPublicKey:getPublicKey": () => ({}) };
    const pages = utilityParts([
      { resources: [password], functions: {} },
      { resources: [], functions },
    ]);
    expect(cellsOf(pages.join("\n\n"))).to.deep.equal([
      ["Type", "Required", "Defaults", "Secret", "Import"],
      ["`random.RandomPassword`", "`length`", "`upper` `true`", "`result`", "by id"],
    ]);
    expect(pages.at(-1)).to.equal(
      "A program may ask `tls.getPublicKey`; certificates are read from their content, not from a URL.",
    );
  });
});
