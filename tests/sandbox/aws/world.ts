import { expect } from "chai";
import { Account } from "../../../sandbox/account.ts";
import { awsProvider } from "../../../sandbox/aws/provider.ts";
import { Refusal } from "../../../sandbox/model.ts";
import type { Properties, Session, Settled } from "../../../sandbox/model.ts";

/** A region of a fresh account, in which each helper makes one valid thing with what it needs. */
export class World {
  readonly #session: Session;

  public constructor(region = "eu-west-1") {
    this.#session = { account: new Account(), settings: { region }, preview: false, seed: "0" };
  }

  /** Goes through Check and Create. A mistake in Check fails the test. */
  public make(token: string, name: string, inputs: Properties = {}): Settled {
    const subject = { urn: `urn:pulumi:test::test::${token}::${name}`, token, name };
    const checked = awsProvider.check(this.#session, subject, undefined, inputs);
    expect(checked.failures, token).to.deep.equal([]);
    return awsProvider.create(this.#session, subject, checked.inputs);
  }

  public change(token: string, name: string, made: Settled, inputs: Properties): Settled {
    const subject = { urn: `urn:pulumi:test::test::${token}::${name}`, token, name };
    const checked = awsProvider.check(this.#session, subject, made.state, inputs);
    expect(checked.failures, token).to.deep.equal([]);
    return awsProvider.update(this.#session, subject, made.id, made.state, checked.inputs);
  }

  public remove(token: string, name: string, { id }: Settled): number {
    return awsProvider.delete(
      this.#session,
      { urn: `urn:pulumi:test::test::${token}::${name}`, token, name },
      id,
    );
  }

  public ask(token: string, args: Properties = {}): Properties {
    return awsProvider.invoke(this.#session, token, args);
  }

  /** Ids of all things of a type, oldest first. */
  public idsOf(token: string): readonly string[] {
    return this.#session.account.all(token).map(({ id }) => id);
  }

  public vpc(name = "main", inputs: Properties = {}): Settled {
    return this.make("aws:ec2/vpc:Vpc", name, { cidrBlock: "10.0.0.0/16", ...inputs });
  }

  public subnet(vpc: Settled, inputs: Properties = {}, name = "subnet"): Settled {
    return this.make("aws:ec2/subnet:Subnet", name, { vpcId: vpc.id, cidrBlock: "10.0.0.0/24", ...inputs });
  }

  public internetGateway(vpc: Settled, name = "main"): Settled {
    return this.make("aws:ec2/internetGateway:InternetGateway", name, { vpcId: vpc.id });
  }

  public securityGroup(vpc: Settled, name = "web", inputs: Properties = {}): Settled {
    return this.make("aws:ec2/securityGroup:SecurityGroup", name, { vpcId: vpc.id, ...inputs });
  }

  public role(name = "worker", inputs: Properties = {}): Settled {
    return this.make("aws:iam/role:Role", name, {
      assumeRolePolicy: trustOf({ Service: "ec2.amazonaws.com" }),
      ...inputs,
    });
  }
}

/** A trust document for one principal. */
export function trustOf(principal: unknown): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
  });
}

/** A document that allows one action everywhere. */
export function allow(action: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
  });
}

/** The whole message of what is refused, which begins with the code. */
export function refusalOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
  throw new Error("nothing was refused");
}
