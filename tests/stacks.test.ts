import { expect } from "chai";
import { policies } from "../policy-pack/policies.ts";
import { idle } from "./policy-pack/fixtures/idle.ts";
import { graphOf, idlePolicies, violationsOf } from "./policy-pack/support/violations.ts";
import { plainSecrets } from "./support/plain-secrets.ts";
import type { Recorded, Run } from "./support/run.ts";
import { runStack } from "./support/run.ts";

const stacks = ["dev", "staging", "prod"] as const;

/** Type and name of what a run registered, sorted. */
function registered({ resources }: Pick<Run<unknown>, "resources">): readonly string[] {
  return resources.map(({ type, name }) => `${type} ${name}`).sort();
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}

describe("every stack, with its own settings", function () {
  this.timeout(120_000);
  const runs = new Map<string, Run<unknown>>();
  const previews = new Map<string, Run<unknown>>();
  let pack: string | undefined;

  before(async () => {
    pack = process.env.PULUMI_OPTION_POLICY_PACK;
    process.env.PULUMI_OPTION_POLICY_PACK = "policy-pack";
    for (const stack of stacks) {
      runs.set(stack, await runStack(stack));
      previews.set(stack, await runStack(stack, { preview: true }));
    }
  });
  after(() => {
    if (pack === undefined) delete process.env.PULUMI_OPTION_POLICY_PACK;
    else process.env.PULUMI_OPTION_POLICY_PACK = pack;
  });

  /** A finished run. @throws Error when it is asked for before it ran. */
  function found(from: ReadonlyMap<string, Run<unknown>>, stack: string): Run<unknown> {
    const run = from.get(stack);
    if (run === undefined) throw new Error(`${stack} did not run`);
    return run;
  }

  /** What breaks a rule about resources, in all stacks. */
  function breaking(rule: (resource: Recorded) => boolean): readonly string[] {
    return stacks.flatMap((stack) =>
      found(runs, stack)
        .resources.filter((resource) => rule(resource))
        .map(({ type, name }) => `${stack}: ${type} ${name}`),
    );
  }

  for (const stack of stacks) {
    it(`${stack} registers the same resources in a preview as in an update`, () => {
      expect(registered(found(previews, stack))).to.deep.equal(registered(found(runs, stack)));
    });

    it(`${stack} breaks no mandatory policy`, async () => {
      const findings = await violationsOf(graphOf(found(runs, stack)), stack);
      expect(findings.filter(({ level }) => level === "mandatory")).to.deep.equal([]);
    });

    it(`${stack} has no plain secret in any input or output`, () => {
      const { resources, expanded, value } = found(runs, stack);
      const told = [...resources, ...expanded].map(({ inputs, state }) => ({ inputs, state }));
      expect(plainSecrets([told, value])).to.deep.equal([]);
    });
  }

  it("has something to judge for every policy on resources, but for those that wait for a component", () => {
    const all = stacks.flatMap((stack) => graphOf(found(runs, stack)));
    expect(idlePolicies(all)).to.have.members(Object.keys(idle));
    expect(policies.length).to.be.at.least(30);
  });

  it("names by its ARN, or by a star, whatever a role may act on", () => {
    const named = ({ inputs }: Recorded): readonly string[] => {
      const { Statement } = JSON.parse(String(inputs.policy)) as {
        Statement: { Resource: string[] | string }[];
      };
      return Statement.flatMap(({ Resource }) => Resource);
    };
    expect(
      breaking(
        (resource) =>
          resource.type === "aws:iam/rolePolicy:RolePolicy" &&
          named(resource).some((arn) => arn !== "*" && !arn.startsWith("arn:aws:")),
      ),
    ).to.deep.equal([]);
  });

  it("names an explicit provider on every resource of AWS and Kubernetes", () => {
    expect(
      breaking(({ custom, type, provider }) => custom && /^(aws|kubernetes):/.test(type) && provider === ""),
    ).to.deep.equal([]);
  });

  it("gives every resource but the providers and the components of index.ts a parent", () => {
    const top =
      /^(pulumi:providers:aws|platform:index:(Network|Domain|EksCluster|Database|Cache|Frontend|Observability|Services))$/;
    expect(breaking(({ parent, type }) => parent === undefined && !top.test(type))).to.deep.equal([]);
  });

  it("begins every child's name with the name of its component", () => {
    expect(
      breaking(({ parent, name }) => parent !== undefined && !name.startsWith(nameOf(parent))),
    ).to.deep.equal([]);
  });

  it("registers exactly the public outputs of each component", () => {
    for (const stack of stacks) {
      for (const { type, name, registered: given, outputs } of found(runs, stack).components) {
        expect(given, `${stack}: ${type} ${name}`).to.deep.equal(outputs);
      }
    }
  });
});
