import { Account } from "../../../sandbox/account.ts";
import type { Immediate } from "../../../sandbox/answers.ts";
import { repositoryToken } from "../../../sandbox/aws/ecr-images.ts";
import { awsProvider } from "../../../sandbox/aws/provider.ts";
import type {
  CheckFailure,
  Difference,
  Found,
  Properties,
  Provider,
  Session,
  Settled,
  Subject,
} from "../../../sandbox/model.ts";

/** One resource of a package that builds images, beside an account with repositories. */
export class Builder {
  public readonly account: Account;
  readonly #provider: Immediate<Provider>;
  readonly #subject: Subject;

  public constructor(
    provider: Immediate<Provider>,
    token: string,
    name = "app",
    account: Account = new Account(),
  ) {
    this.account = account;
    this.#provider = provider;
    this.#subject = subjectOf(token, name);
  }

  /** Another resource of the package, in the same account. */
  public beside(token: string, name: string): Builder {
    return new Builder(this.#provider, token, name, this.account);
  }

  /** Makes or changes a repository in `eu-west-1`, and says where to push. */
  public repository(name: string, inputs: Properties = {}): string {
    this.aws(repositoryToken, name, { name, ...inputs });
    return `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${name}`;
  }

  /** Makes or changes a thing of AWS, whose id is its name. */
  public aws(token: string, name: string, inputs: Properties): void {
    const subject = subjectOf(token, name);
    const session = this.#session({ region: "eu-west-1" });
    const checked = awsProvider.check(session, subject, undefined, inputs).inputs;
    if (this.account.find(token, name) === undefined) awsProvider.create(session, subject, checked);
    else awsProvider.update(session, subject, name, {}, checked);
  }

  public deleteRepository(name: string): void {
    awsProvider.delete(this.#session({ region: "eu-west-1" }), subjectOf(repositoryToken, name), name);
  }

  /** A question to the account. */
  public ask(token: string, args: Properties): Properties {
    return awsProvider.invoke(this.#session({ region: "eu-west-1" }), token, args);
  }

  /** Digests and tags of what a repository holds. */
  public images(repositoryName: string): unknown {
    return this.ask("aws:ecr/getImages:getImages", { repositoryName }).imageIds;
  }

  /** What Check makes of the inputs. @throws Error for a failure */
  public checked(inputs: Properties): Properties {
    const [failure] = this.failures(inputs);
    if (failure !== undefined) throw new Error(`${failure.property}: ${failure.reason}`);
    return this.#provider.check(this.#session(), this.#subject, undefined, inputs).inputs;
  }

  public failures(inputs: Properties): readonly CheckFailure[] {
    return this.#provider.check(this.#session(), this.#subject, undefined, inputs).failures;
  }

  /** What Check tells the engine to keep secret. */
  public concealed(inputs: Properties): readonly string[] {
    const secrets: string[] = [];
    const session = { ...this.#session(), conceal: (secret: string) => secrets.push(secret) };
    this.#provider.check(session, this.#subject, undefined, inputs);
    return secrets;
  }

  public create(inputs: Properties, preview = false): Settled {
    return this.#provider.create({ ...this.#session(), preview }, this.#subject, this.checked(inputs));
  }

  /** Paths of what differs, those that replace with a `!`. */
  public changes(made: Settled, inputs: Properties): readonly string[] {
    return this.#difference(made, this.checked(inputs)).changes.map(
      ({ path, replaces }) => `${path}${replaces ? "!" : ""}`,
    );
  }

  public update(made: Settled, inputs: Properties, preview = false): Settled {
    const session = { ...this.#session(), preview };
    return this.#provider.update(session, this.#subject, made.id, made.state, this.checked(inputs));
  }

  public read({ id }: Settled): Found {
    return this.#provider.read(this.#session(), this.#subject, id, undefined);
  }

  public remove({ id }: Settled): void {
    this.#provider.delete(this.#session(), this.#subject, id);
  }

  /** A function of the package. */
  public invoke(token: string, args: Properties): Properties {
    return this.#provider.invoke(this.#session(), token, args);
  }

  #difference(made: Settled, news: Properties): Difference {
    return this.#provider.diff(this.#session(), this.#subject, made.state, made.state, news);
  }

  #session(settings: Properties = {}): Session {
    return { account: this.account, settings, preview: false, seed: "0" };
  }
}

function subjectOf(token: string, name: string): Subject {
  return { urn: `urn:pulumi:test::test::${token}::${name}`, token, name };
}
